import Foundation
import Testing
import TrialDesign

@testable import TrialAnalysis
@testable import TrialReport

/// The difference at other rates of right guesses reaches the report, or the reason why not.
struct GuessCurveResultTests {
  /// Twenty-four slots in pairs; ratings 6 and 8 by arm and guess, five and more in each stratum.
  private func result(few: Bool = false) throws -> TrialResult {
    var lines = ["slot,arm,mood,guess"]
    for slot in 1...24 {
      let isActive = slot % 2 == 0
      let saysActive = few ? isActive || slot == 1 : slot % 4 < 2
      let value = 4 + (isActive ? 1 : 0) + (saysActive ? 2 : 0)
      lines.append(
        "\(slot),\(isActive ? "active" : "placebo"),\(value),\(saysActive ? "0.8" : "0.1")")
    }
    return try TrialResult(
      DeclaredRecord(
        csv: Array((lines.joined(separator: "\n") + "\n").utf8), csvName: "ratings.csv",
        design: OpenDesign(
          arms: [Arm(name: "placebo"), Arm(name: "active")],
          scheme: .pairs(RandomizedPairs(count: 12)),
          plan: AnalysisPlan(
            outcome: "", statistic: .meanDifference, whitening: .none, level: 0.95)),
        outcome: nil))
  }

  /// Strata of six with means 7, 5, 4 and 6: raw 1; within the same guess 1; at a rate of one half
  /// each side is the middle of its strata, 6 − 5.
  @Test func theCurveByHand() throws {
    let curve = try #require(try result().guesses?.curves.first)
    let values = try #require(curve.values)
    #expect(curve.arm == "active")
    #expect(curve.refusal == nil)
    #expect(values.observedRate == 0.5)
    #expect(abs(values.observedDifference - 1) < 1e-12)
    #expect(abs(values.withinGuess - 1) < 1e-12)
    #expect(abs(values.blindDifference - 1) < 1e-12)
    #expect(values.points.count == 21)
    #expect(abs((values.points.last?.difference ?? 0) - 3) < 1e-12, "all right: 7 − 4")
    #expect(abs((values.points.first?.difference ?? 0) + 1) < 1e-12, "all wrong: 5 − 6")
    let text = try Report(result()).markdown
    #expect(text.contains("> \(GuessCurveResult.caveat)"))
    #expect(text.contains("*Figure: The effect of active at other rates of right guesses.*"))
  }

  @Test func aSmallStratumIsRefusedWithItsReason() throws {
    let curve = try #require(try result(few: true).guesses?.curves.first)
    #expect(curve.values == nil)
    #expect(
      curve.refusal
        == "only 0 rated active slots were guessed to be placebo, and the curve would rest on "
        + "them; it needs at least 5")
    let text = try Report(result(few: true)).markdown
    #expect(
      text.contains("> How the difference would look at another rate of right guesses is not "))
    #expect(!text.contains(GuessCurveResult.caveat), "no caveat without its number")
  }
}
