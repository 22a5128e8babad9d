import Foundation
import Testing
import TrialDesign
import TrialTestSupport

@Suite struct SlotAutomatonTests {
  @Test func everySmallSetIsThatOfTheNaiveTwin() throws {
    #expect(NaiveScheme.every.count > 100)
    for naive in NaiveScheme.every {
      let automaton = try naive.scheme.automaton()
      let members = naive.members
      #expect(naive.scheme.slotCount == naive.slots)
      #expect(naive.scheme.armCount == naive.arms)
      #expect(automaton.assignments().map(\.arms) == members, "\(naive.scheme)")
      #expect(automaton.countText == String(members.count), "\(naive.scheme)")
      for (rank, arms) in members.enumerated() {
        #expect(automaton.rankText(of: Assignment(arms: arms)) == String(rank))
      }
      #expect(automaton.ranks.map { automaton.assignment(rank: $0).arms } == members)
    }
  }

  @Test func membershipNamesTheFirstImpossibleSlot() throws {
    for naive in NaiveScheme.every where naive.slots <= 7 {
      let automaton = try naive.scheme.automaton()
      let members = naive.members
      for arms in naive.all(naive.slots) {
        let longest = members.map { zip($0, arms).prefix { $0 == $1 }.count }.max() ?? 0
        let expected = longest == naive.slots ? nil : longest
        #expect(automaton.contains(Assignment(arms: arms)) == expected)
        let weight = expected == nil ? 1 / Double(members.count) : 0
        #expect(automaton.weight(of: Assignment(arms: arms)) == weight)
      }
      #expect(automaton.contains(Assignment(arms: [])) == 0)
      let long = Assignment(arms: (members.first ?? []) + [0])
      #expect(automaton.contains(long) == naive.slots)
      #expect(automaton.contains(Assignment(arms: [7])) == 0)
      #expect(automaton.rankText(of: long) == nil)
    }
  }

  @Test func layersNeverLeadToADeadEnd() throws {
    for naive in NaiveScheme.every {
      let automaton = try naive.scheme.automaton()
      #expect(automaton.layers.first?.count == 1)
      for (slot, layer) in automaton.layers.enumerated() {
        let following = slot + 1 < automaton.layers.count ? automaton.layers[slot + 1].count : 1
        for row in layer {
          #expect(row.contains { $0 >= 0 })
          #expect(row.allSatisfy { $0 >= -1 && $0 < following })
        }
      }
    }
  }

  @Test func knowledgeAfterACodeBreakIsThatOfTheNaiveTwin() throws {
    for naive in NaiveScheme.every where naive.slots <= 7 {
      let automaton = try naive.scheme.automaton()
      let members = naive.members
      for fixed in [[:], [0: 1], [0: 0, naive.slots - 1: 1], [naive.slots / 2: 1, 0: 1]] {
        let left = members.filter { z in fixed.allSatisfy { z[$0.key] == $0.value } }
        #expect(String(describing: automaton.count(fixing: fixed)) == String(left.count))
        let posterior = automaton.posterior(fixing: fixed)
        for slot in 0..<naive.slots {
          for arm in 0..<naive.arms {
            let ways = left.count { $0[slot] == arm }
            let expected = left.isEmpty ? 0 : Double(ways) / Double(left.count)
            #expect(posterior[slot][arm] == expected, "\(naive.scheme) \(fixed)")
          }
        }
      }
      #expect(automaton.posterior(fixing: [99: 0]).joined().allSatisfy { $0 == 0 })
    }
  }

  @Test func guessabilityIsThatOfTheNaiveTwin() throws {
    for naive in NaiveScheme.every {
      let members = naive.members
      var right = 0
      for slot in 0..<naive.slots {
        let groups = Dictionary(grouping: members) { Array($0.prefix(slot)) }
        right += groups.values.map { group in
          (0..<naive.arms).map { arm in group.count { $0[slot] == arm } }.max() ?? 0
        }.reduce(0, +)
      }
      let automaton = try naive.scheme.automaton()
      #expect(
        abs(automaton.expectedCorrectGuesses - Double(right) / Double(members.count)) < 1e-12)
    }
  }

  /// Shares for 28 slots, and the closed form b + (4^b / C(2b, b) - 1) / 2 of a block of 2b.
  @Test func publishedGuessability() throws {
    for (half, share) in [(1, 0.750), (2, 0.708), (7, 0.635), (14, 0.602)] {
      let blocks = Array(repeating: [half, half], count: 14 / half)
      let scheme = RandomizationScheme.blocks(PermutedBlocks(counts: blocks))
      let right = try scheme.automaton().expectedCorrectGuesses
      #expect(abs(right / 28 - share) < 0.0005)
      var ratio = 1.0
      for k in 1...half { ratio *= 4 * Double(k * k) / Double((2 * k) * (2 * k - 1)) }
      let formula = Double(half) + (ratio - 1) / 2
      #expect(abs(right - formula * Double(14 / half)) < 1e-9)
    }
    let eights = RandomizationScheme.blocks(PermutedBlocks(counts: [[4, 4]]))
    #expect(abs(try eights.automaton().expectedCorrectGuesses / 8 - 0.666) < 0.001)
  }

  @Test func aPairGivesAwayItsPartnerAndABlockShiftsItsMates() throws {
    let pairs = try RandomizationScheme.pairs(RandomizedPairs(count: 3)).automaton()
    #expect(pairs.posterior(fixing: [2: 1])[3] == [1, 0])
    #expect(pairs.posterior(fixing: [2: 1])[0] == [0.5, 0.5])
    let four = try RandomizationScheme.blocks(PermutedBlocks(sizes: [4], active: [2])).automaton()
    #expect(four.posterior(fixing: [0: 1])[3] == [2.0 / 3, 1.0 / 3])
  }

  @Test func hugeSetsStayExact() throws {
    let year = try RandomizationScheme.complete(CompleteRandomization(slots: 400, active: 200))
      .automaton()
    #expect(year.countText.count == 120)
    #expect(abs(year.posterior(fixing: [0: 1])[399][1] - 199.0 / 399) < 1e-12)
    let last = year.last
    #expect(last.arms == Array(repeating: 1, count: 200) + Array(repeating: 0, count: 200))
    #expect(year.weight(of: last) > 0)
  }
}
