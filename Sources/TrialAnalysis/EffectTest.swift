public import TrialDesign

/// What the randomization test of one arm against the reference says.
public struct EffectTest: Hashable, Sendable {
  /// How the p-values were found.
  public enum Method: Hashable, Sendable {
    /// Over every assignment of the reference set.
    case exact
    /// Over so many draws from it; the standard error of the doubled p-value.
    case monteCarlo(draws: Int, standardError: Double)
  }

  /// Shares of the reference set; "greater" is about the arm minus the reference arm.
  public struct PValues: Hashable, Sendable, Codable {
    /// One-sided, for a larger difference.
    public let greater: Double
    /// One-sided, for a smaller difference.
    public let less: Double
    /// Twice the smaller side, at most 1: the two-sided value that agrees with the interval.
    public let doubled: Double
    /// Two-sided by the absolute difference.
    public let absolute: Double
    /// The one-sided value with ties counted half.
    public let midGreater: Double
  }

  /// The size of the reference set.
  public struct ReferenceCount: Hashable, Sendable, Codable {
    /// Assignments that the scheme could have given, as decimal digits.
    public let count: String
    /// Of these, assignments without a statistic because an arm would be unobserved.
    public let undefined: String
  }

  /// Bounds of an effect; `nil` where there is none.
  public struct Bounds: Hashable, Sendable {
    /// The nominal coverage, such as 0.95.
    public let level: Double
    /// The lower bound.
    public let lower: Double?
    /// The upper bound.
    public let upper: Double?
  }

  /// The one p-value and the one interval that the plan fixed.
  public struct Planned: Hashable, Sendable {
    /// How two sides become one, or which side alone is tested.
    public let sides: AnalysisPlan.Sides
    /// Whether ties count half in the p-value; the interval is that of the whole p-value.
    public let isMidP: Bool
    /// Whether p and interval hold whenever one stops: those of a trial that was looked at.
    public internal(set) var isAnytimeValid = false
    /// The p-value.
    public let p: Double
    /// The interval that belongs to the sides; of a one-sided test one bound is missing.
    public let interval: Bounds

    /// Whether the interval begins or ends right at zero and the test rejects zero itself.
    ///
    /// Where many ratings are tied, p at an effect of zero is smaller than p right beside it: the effects
    /// that are not rejected begin just above zero (or end just below), and zero is not one of them.
    public var isOpenAtZero: Bool {
      // A mid-p belongs to no interval, and one for any time is not computed by effects.
      guard !isMidP, !isAnytimeValid, p <= 1 - interval.level + 1e-12 else { return false }
      let (lower, upper) = (interval.lower ?? -.infinity, interval.upper ?? .infinity)
      let edge = 1e-12 * [lower, upper].filter(\.isFinite).reduce(0) { max($0, $1.magnitude) }
      return lower < upper && (lower.magnitude <= edge || upper.magnitude <= edge)
    }

    /// Whether zero is none of the effects that the test leaves.
    public var excludesZero: Bool {
      (interval.lower ?? -.infinity) > 0 || (interval.upper ?? .infinity) < 0 || isOpenAtZero
    }
  }

  /// One bar of the randomization distribution.
  public struct Bar: Hashable, Sendable, Codable {
    /// Where it begins.
    public let lower: Double
    /// Where it ends; the same for a single value.
    public let upper: Double
    /// Its share of the reference set.
    public let probability: Double
    /// Whether it holds differences at least as large as the observed one, in either direction.
    public let extreme: Bool
  }

  /// How the p-values were found.
  public let method: Method
  /// The observed effect in the outcome's unit, arm minus reference.
  public let estimate: Double
  /// The observed statistic where it has another unit: a t value or a sum of ranks; `nil` also
  /// where it is infinite.
  public let statistic: Double?
  /// Where infinite statistics stand in the distribution, on both sides of 0.
  ///
  /// `nil` where there are none. A studentised difference is infinite where nothing varies beside it.
  public let infinity: Double?
  /// The Hodges-Lehmann value.
  public let hodgesLehmann: Double?
  /// The p-values.
  public let p: PValues
  /// The equal-tailed interval.
  public let interval: Bounds
  /// The interval of the absolute test.
  public let intervalAbsolute: Bounds
  /// From how many draws the intervals and the Hodges-Lehmann value are, where `method` is exact for the
  /// p-values alone.
  public let intervalDraws: Int?
  /// Whether the effects that are not rejected leave gaps within the intervals.
  public let intervalIsHull: Bool
  /// What of these the plan reports.
  public internal(set) var planned: Planned
  /// The size of the reference set.
  public let referenceSet: ReferenceCount
  /// The distribution of the statistic if the arms made no difference, in at most about 90 bars.
  public let distribution: [Bar]
  /// The autocorrelation that was taken out of the ratings; `nil` where none was.
  public internal(set) var autocorrelation: Double?

  /// What the outcomes were rounded to a multiple of, where they have too many digits for exact ties.
  public let roundingUnit: Double?
  /// Where the observed line stands among the bars: the statistic, or the effect where that is it.
  public let observed: Double
  /// Whether the bars are those of a statistic that is not the effect.
  public let hasOwnUnit: Bool

  /// Whether the observed statistic is infinite.
  public var isInfinite: Bool { hasOwnUnit && statistic == nil }

  /// Whether the p-value of the plan is the least that so many draws can give: the true one may be smaller.
  public var isLeastOfDraws: Bool {
    guard case .monteCarlo(let draws, _) = method, !planned.isAnytimeValid else { return false }
    let least = (planned.sides == .doubled ? 2 : 1) / Double(draws + 1)
    return planned.p <= least * (1 + 1e-9)
  }
}
