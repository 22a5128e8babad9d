/// How a reference distribution was computed.
public enum Method: Hashable, Sendable {
  /// Every assignment of the reference set was counted.
  case exact
  /// Assignments were drawn from the scheme; the standard error is that of the doubled p-value.
  case monteCarlo(draws: Int, standardError: Double)
}

/// An interval of effects that the test does not reject; `nil` is an unbounded side.
public struct Interval: Hashable, Sendable {
  /// The level, for instance 0.95.
  public let level: Double
  /// The lower limit, or `nil` where no effect is too small to be rejected.
  public let lower: Double?
  /// The upper limit, or `nil` where no effect is too large to be rejected.
  public let upper: Double?

  /// An interval of the given level.
  public init(level: Double, lower: Double?, upper: Double?) {
    self.level = level
    self.lower = lower
    self.upper = upper
  }
}

/// What a randomization test says.
public struct RandomizationResult: Sendable {
  /// Exact, or Monte-Carlo with its error.
  public let method: Method
  /// The effect that the statistic estimates, in units of the outcome: the difference itself, the
  /// numerator of a t, or for ranks the Hodges-Lehmann value.
  public let estimate: Double
  /// The Hodges-Lehmann estimate: the middle of the effects at which both one-sided p-values are
  /// equal; `nil` if no assignment can tell one effect from another.
  public internal(set) var hodgesLehmann: Double?
  /// The share of assignments with a statistic at least as large as the observed one.
  public let pGreater: Double
  /// The share of assignments with a statistic at most as large as the observed one.
  public let pLess: Double
  /// Twice the smaller one-sided p-value, at most 1; agrees with `interval`.
  public let pDoubled: Double
  /// The share of assignments with a statistic at least as far from 0; agrees with
  /// `intervalAbsolute`.
  public let pAbsolute: Double
  /// `pGreater` less half the share of ties.
  public let midGreater: Double
  /// The share of assignments without a statistic (an arm unobserved): extreme on every side.
  public internal(set) var undefinedShare: Double
  /// The number of assignments without a statistic, where the count is exact.
  public internal(set) var undefinedCount: UInt128?
  /// The equal-tailed interval.
  public internal(set) var interval: Interval
  /// The interval by inversion of the test of the absolute statistic.
  public internal(set) var intervalAbsolute: Interval
  /// The randomization distribution of the statistic at effect 0, ascending, for the figure.
  ///
  /// Where there are more than 2,000 different values they are gathered in 500 equal classes, each
  /// at its mean. Assignments without a statistic are left out.
  public internal(set) var distribution: [(value: Double, probability: Double)]
  /// The autocorrelation that was used for whitening.
  public let autocorrelation: Double?
  /// The test statistic where it is not the estimate itself: t, or a sum of ranks.
  var ownStatistic: Double? = nil
  /// From how many draws the intervals and the Hodges-Lehmann value are, where only the p-values could be
  /// counted; `nil` where `method` speaks for all of them.
  public internal(set) var intervalDraws: Int?
  /// Whether the effects that are not rejected leave gaps between the limits of an interval: the
  /// limits are then the least and the largest of them.
  public internal(set) var intervalIsHull = false
  /// What the outcomes were rounded to a multiple of, where they have too many digits to be compared
  /// exactly; ties are then those of the rounded values.
  public internal(set) var roundingUnit: Double?
  /// Whether the values of `distribution` are those of adjusted outcomes, which are hardly ever equal,
  /// or middles of classes, so that single ones mean nothing.
  public internal(set) var distributionIsClassed = false

  /// The observed value of what `distribution` is the distribution of: the estimate, t, or the
  /// centred sum of ranks.
  public var statistic: Double { ownStatistic ?? estimate }
}
