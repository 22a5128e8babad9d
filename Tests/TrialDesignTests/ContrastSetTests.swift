import Testing
import TrialDesign
import TrialTestSupport

/// The sets over which a contrast of two arms is tested.
@Suite struct ContrastSetTests {
  /// The obvious twin: all members that agree wherever the given one has a third arm.
  @Test func conditionalCountsAreThoseOfTheNaiveTwin() throws {
    for naive in NaiveScheme.every where naive.slots <= 7 {
      let automaton = try naive.scheme.automaton()
      let members = naive.members
      for given in members.prefix(40) {
        for pair in [(0, 1), (1, 0), (0, naive.arms - 1), (naive.arms - 1, 1)]
        where pair.0 != pair.1 {
          let both = [pair.0, pair.1]
          let expected = members.count { z in
            zip(z, given).allSatisfy { one, other in
              both.contains(other) ? both.contains(one) : one == other
            }
          }
          let found = automaton.conditionalCount(of: Assignment(arms: given), arms: pair)
          #expect(String(describing: found) == "\(expected)", "\(naive.scheme), \(given), \(pair)")
        }
      }
    }
  }

  @Test func withTwoArmsItIsTheWholeSet() throws {
    for naive in NaiveScheme.every where naive.arms == 2 {
      let automaton = try naive.scheme.automaton()
      let any = automaton.last
      #expect(automaton.conditionalCount(of: any, arms: (0, 1)) == automaton.count)
    }
  }

  @Test func whatIsNotInTheSetHasNone() throws {
    let pairs = try RandomizationScheme.pairs(RandomizedPairs(count: 3)).automaton()
    for arms in [[0, 0, 1, 1, 0, 1], [0, 1]] {
      let count = pairs.conditionalCount(of: Assignment(arms: arms), arms: (0, 1))
      #expect(String(describing: count) == "0")
    }
  }

  @Test func anArmIsLeftOutWhereSomeMemberLacksIt() throws {
    for naive in NaiveScheme.every where naive.slots <= 7 {
      let automaton = try naive.scheme.automaton()
      for arm in 0..<naive.arms {
        let expected = naive.members.contains { !$0.contains(arm) }
        #expect(automaton.leavesOut(arm) == expected, "\(naive.scheme), arm \(arm)")
      }
    }
  }

  @Test func blocksInAHiddenOrderAreOneBlock() {
    let blocks = [[1, 1], [2, 2]]
    let shuffled = RandomizationScheme.blocks(PermutedBlocks(counts: blocks, isShuffled: true))
    #expect(shuffled.blocks == [0..<6])
    #expect(RandomizationScheme.blocks(PermutedBlocks(counts: blocks)).blocks == [0..<2, 2..<6])
  }

  /// 28 slots: 69.1 % for a hidden mix of 2, 4, 6 and 8, against 70.8 % for blocks of four.
  @Test func aHiddenOrderIsHarderToGuess() throws {
    let sizes = [2, 4, 6, 8, 8]
    let counts = sizes.map { [$0 / 2, $0 / 2] }
    let known = try RandomizationScheme.blocks(PermutedBlocks(counts: counts)).automaton()
    let hidden = try RandomizationScheme.blocks(
      PermutedBlocks(counts: counts, isShuffled: true)
    ).automaton()
    #expect(hidden.count > known.count)
    #expect(hidden.expectedCorrectGuesses < known.expectedCorrectGuesses)
  }
}
