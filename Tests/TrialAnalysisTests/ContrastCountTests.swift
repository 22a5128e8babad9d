import BigInt
import Testing
import TrialDesign

@testable import TrialAnalysis

/// Assignments without a contrast, counted by the automaton and one by one.
struct ContrastCountTests {
  static let schemes: [RandomizationScheme] = [
    .complete(CompleteRandomization(slots: 6, active: 3)),
    .complete(CompleteRandomization(slots: 7, active: 2)),
    .pairs(RandomizedPairs(count: 3)),
    .blocks(PermutedBlocks(sizes: [3, 4], active: [1, 2])),
    .coin(BoundedCoin(slots: 6, fewest: 2)),
    .alternation(RestrictedAlternation(slots: 8, active: 4, longestRun: 2)),
  ]

  @Test(arguments: schemes)
  func automatonAgreesWithEnumeration(scheme: RandomizationScheme) throws {
    let automaton = try scheme.automaton()
    let all = Array(automaton.assignments())
    for pattern in 0..<(1 << scheme.slotCount) {
      let observed = Set((0..<scheme.slotCount).filter { pattern >> $0 & 1 == 1 })
      for blocks in [[0..<scheme.slotCount], scheme.blocks] {
        let plain = all.count { assignment in
          blocks.allSatisfy { block in
            Set(block.filter(observed.contains).map { assignment.arms[$0] }).count < 2
          }
        }
        #expect(
          automaton.countWithoutContrast(observed: observed, blocks: blocks) == BigUInt(plain))
      }
    }
  }

  /// The undefined share of the statistics is the same count.
  @Test func undefinedAssignmentsReachTheSummary() throws {
    let design = """
      arms: [placebo, active]
      scheme:
        complete: {slots: 6, active: 3}
      analysis:
        statistic: mean-difference
        whitening: none
        level: 0.5

      """
    let csv =
      "slot,arm,mood\n1,placebo,5\n2,active,6\n3,active,\n4,placebo,3\n5,active,\n6,placebo,\n"
    let summary = try SummaryReader(csv: csv, design: design)
    #expect(summary.text("referenceSet.count") == "20")
    #expect(summary.text("referenceSet.undefined") == "2")
  }
}
