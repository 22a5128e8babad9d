import Testing
import TrialDesign

@testable import TrialAnalysis

/// Which effect sizes stand in the report, by hand.
struct EffectSizeLineTests {
  private func lines(_ csv: String, scheme: String, level: String = "0.95") throws
    -> [EffectSizeLine]
  {
    let design = """
      arms: [placebo, active]
      scheme:
        \(scheme)
      analysis:
        statistic: mean-difference
        whitening: none
        level: \(level)

      """
    let result = try TrialResult(
      DeclaredRecord(
        csv: Array(csv.utf8), csvName: "r.csv",
        design: OpenDesign(bytes: Array(design.utf8), file: "d.yaml"), outcome: nil))
    return try #require(result.primary.contrasts.first).effectSizes
  }

  private func value(_ lines: [EffectSizeLine], _ part: String) throws -> Double? {
    try #require(lines.first { $0.name.contains(part) }).value
  }

  /// Active 6, 8; placebo 3, 5: d = 3 / √2; with two degrees of freedom the correction is
  /// Γ(1) / Γ(1/2) = 1 / √π.
  @Test func pairs() throws {
    let csv = "slot,arm,mood\n1,placebo,3\n2,active,6\n3,active,8\n4,placebo,5\n"
    let lines = try lines(csv, scheme: "pairs: {count: 2}")
    let g = try #require(try value(lines, "Hedges's g"))
    #expect(abs(g - 3 / 2.0.squareRoot() / Double.pi.squareRoot()) < 1e-12)
    #expect(try value(lines, "NAP") == 1, "every active rating is the larger one")
    #expect(try value(lines, "difference of the means") == 3)
    #expect(!lines.contains { $0.name.contains("within pairs") }, "all pairs differ by 3")
  }

  @Test func differencesWithinPairs() throws {
    let csv =
      "slot,arm,mood\n1,placebo,3\n2,active,6\n3,active,8\n4,placebo,3\n5,active,\n6,placebo,9\n"
      + "7,active,5\n8,placebo,1\n"
    let lines = try lines(csv, scheme: "pairs: {count: 4}")
    // Differences 3, 5 and 4 of the complete pairs: mean 4, SD 1, two degrees of freedom.
    let paired = try #require(try value(lines, "within pairs"))
    #expect(abs(paired - 4 / Double.pi.squareRoot()) < 1e-12)
  }

  @Test func oneChangeOfPhaseHasTauU() throws {
    let csv =
      "slot,arm,mood\n1,placebo,1\n2,placebo,2\n3,placebo,3\n4,active,4\n5,active,5\n6,active,6\n"
    let lines = try lines(csv, scheme: "phases: {kind: AB, slots: 6, shortest: 2}")
    let tau = lines.filter { $0.name.hasPrefix("Tau") }
    #expect(tau.map(\.value) == [1, 6.0 / 9, 0], "9 pairs up; 3 of the baseline rise; a line")
    #expect(tau[1].lower == nil)
  }
}
