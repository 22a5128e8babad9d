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

  /// The closed form of the reach is the number that the automaton counts, for every assignment.
  @Test func theFewestForAContrastAreThoseOfEveryAssignment() throws {
    var compared = 0
    for naive in NaiveScheme.every where naive.arms > 2 {
      let automaton = try naive.scheme.automaton()
      let counts = automaton.assignments().prefix(60).map { given in
        (1..<naive.arms).map { automaton.conditionalCount(of: given, arms: (0, $0)) }.min()
      }
      guard let fewest = naive.scheme.fewestForContrast else {
        switch naive.scheme {
        case .complete, .periods: Issue.record("no number for \(naive.scheme)")
        case .blocks(let blocks): #expect(blocks.isShuffled)
        default: break
        }
        continue
      }
      #expect(counts.allSatisfy { $0 == fewest }, "\(naive.scheme)")
      compared += 1
    }
    #expect(compared >= 8)
    #expect(RandomizationScheme.pairs(RandomizedPairs(count: 8)).fewestForContrast == nil)
  }

  @Test func theLongestRunIsThatOfTheNaiveTwin() throws {
    for naive in NaiveScheme.every where naive.slots <= 8 {
      let longest = naive.members.map { z in
        z.indices.map { start in z[start...].prefix { $0 == z[start] }.count }.max() ?? 0
      }.max()
      #expect(try naive.scheme.automaton().longestRun == longest, "\(naive.scheme)")
    }
  }

  /// No two states of a slot have the same future: the automaton is the smallest there is.
  @Test func noTwoStatesOfASlotAreTheSame() throws {
    for naive in NaiveScheme.every {
      let automaton = try naive.scheme.automaton()
      for layer in automaton.layers { #expect(Set(layer).count == layer.count) }
    }
  }

  /// 56 slots in a hidden order: the number of sequences by an independent program, states few.
  @Test func aLongHiddenOrderStaysSmall() throws {
    let halves = [2, 3, 4, 2, 3, 4, 2, 3, 5]
    let scheme = RandomizationScheme.blocks(
      PermutedBlocks(counts: halves.map { [$0, $0] }, isShuffled: true))
    let automaton = try scheme.automaton()
    #expect(automaton.layers.reduce(0) { $0 + $1.count } == 16730)
    #expect(String(describing: automaton.count) == "245381978488832")
  }

  /// Equal blocks have one order, whatever is said.
  @Test func equalBlocksAreNotShuffled() {
    let same = PermutedBlocks(counts: [[1, 1], [1, 1]], isShuffled: true)
    #expect(same == PermutedBlocks(counts: [[1, 1], [1, 1]]))
    #expect(RandomizationScheme.blocks(same).blocks == [0..<2, 2..<4])
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
