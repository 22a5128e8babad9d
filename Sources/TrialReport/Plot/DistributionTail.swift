import TrialAnalysis
import TrialDesign

/// The part of the randomization distribution that the planned p-value is the share of.
struct DistributionTail {
  private let side: AnalysisPlan.Sides
  private let observed: Double
  private let slack: Double
  /// The share of the schedules in it.
  let share: Double
  /// As in "x % of the schedules give one at least as large".
  let words: String
  /// What the p-value makes of the share, with a space before it; empty where it is the share itself.
  let meaning: String

  init(_ test: EffectTest) {
    observed = test.observed
    slack = 1e-9 * max(test.observed.magnitude, test.distribution.last?.upper.magnitude ?? 0)
    let planned = test.planned
    let half =
      (planned.isMidP ? " The plan counts those that are exactly as large half." : "")
      + (planned.isAnytimeValid
        ? " The p-value of the answer is another one: it allows for the looks, and this share does not."
        : "")
    switch planned.sides {
    case .absolute:
      (side, share) = (.absolute, test.p.absolute)
      words = "at least as far from zero"
      meaning = half
    case .greater:
      (side, share) = (.greater, test.p.greater)
      words = "at least as high"
      meaning = half
    case .less:
      (side, share) = (.less, test.p.less)
      words = "at least as low"
      meaning = half
    case .doubled:
      let isHigh = test.p.greater <= test.p.less
      (side, share) = isHigh ? (.greater, test.p.greater) : (.less, test.p.less)
      words = isHigh ? "at least as high" : "at least as low"
      meaning = " The two-sided p-value is twice their share, at most 1." + half
    }
  }

  /// Whether a bar lies in it.
  func holds(_ bar: EffectTest.Bar) -> Bool {
    switch side {
    case .absolute, .doubled: bar.extreme
    case .greater: bar.lower >= observed - slack
    case .less: bar.upper <= observed + slack
    }
  }
}
