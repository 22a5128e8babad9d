import TrialDesign

@testable import TrialAnalysis

/// Results made by hand, for what is said about them.
enum MadeAnswer {
  /// A test with the given estimate and interval, two-sided p = 0.04.
  static func test(
    _ estimate: Double, _ lower: Double?, _ upper: Double?,
    sides: AnalysisPlan.Sides = .doubled, isMidP: Bool = false,
    p: Double = 0.04
  ) -> EffectTest {
    let bounds = EffectTest.Bounds(level: 0.95, lower: lower, upper: upper)
    return EffectTest(
      method: .exact, estimate: estimate, statistic: nil, infinity: nil,
      hodgesLehmann: estimate,
      p: EffectTest.PValues(
        greater: 0.02, less: 0.99, doubled: 0.04, absolute: 0.04, midGreater: 0.01),
      interval: bounds, intervalAbsolute: bounds, intervalDraws: nil, intervalIsHull: false,
      planned: EffectTest.Planned(sides: sides, isMidP: isMidP, p: p, interval: bounds),
      referenceSet: EffectTest.ReferenceCount(count: "70", undefined: "0"), distribution: [],
      roundingUnit: nil, observed: estimate, hasOwnUnit: false)
  }

  /// A contrast of an arm with the reference "placebo".
  static func contrast(
    _ test: EffectTest?, arm: Int = 1, name: String = "active", difference: Double? = 1,
    adjusted: AdjustedP? = nil
  ) -> Contrast {
    Contrast(
      arm: arm, name: name, reference: "placebo", meanDifference: difference, test: test,
      adjusted: adjusted, bayes: nil, effectSizes: [], carryOver: nil, note: nil)
  }

  /// Moods with the given contrasts.
  static func outcome(
    _ contrasts: [Contrast], unit: String? = "points", global: GlobalTest? = nil
  ) -> OutcomeResult {
    OutcomeResult(
      name: "mood", prompt: "Mood?", unit: unit, set: "as scheduled",
      arms: [ArmSummary(arm: "placebo", values: [1])]
        + contrasts.map { ArmSummary(arm: $0.name, values: [1 + ($0.meanDifference ?? 0)]) },
      contrasts: contrasts, global: global)
  }
}
