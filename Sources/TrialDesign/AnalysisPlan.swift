public import BlindRecord

/// The analysis that is fixed before the first dose: outcomes, statistic, adjustments, level.
///
/// The reference set is not part of it: that is the scheme's. With more than two arms every other arm
/// is compared with the reference by the same plan.
public struct AnalysisPlan: Hashable, Sendable {
  /// What is compared between the arms.
  public enum Statistic: String, Hashable, Sendable, CaseIterable {
    /// Mean of the other arm minus mean of the reference.
    case meanDifference = "mean-difference"
    /// The effect of a linear model with one level per block of the scheme.
    case blockAdjusted = "block-adjusted"
    /// The difference in means over its estimated standard error (Welch), or over blocks with one.
    case studentised
    /// The sum of the ranks within the blocks of the scheme.
    case rankSum = "rank-sum"
    /// The signed ranks of the differences within pairs; for schemes made of pairs.
    case signedRank = "signed-rank"
  }

  /// The most pairs that signed ranks are counted for: sums and interval take a time that grows with
  /// the fourth power of their number.
  package static let mostSignedPairs = 1_000

  /// What is done to the outcome's autocorrelation before comparing.
  public enum Whitening: Hashable, Sendable {
    /// Nothing.
    case none
    /// y(t) minus phi times y(t-1), phi estimated without the arms.
    case estimated
    /// The same with a phi that the plan states, between -1 and 1.
    case fixed(Double)
  }

  /// A function of time or of earlier outcomes that is taken out before the arms are compared.
  ///
  /// None of them sees the arms, so the test stays exact.
  public enum Adjustment: String, Hashable, Sendable, CaseIterable {
    /// A straight line over the days.
    case trend
    /// A level for each day of the week.
    case weekday
    /// The outcome of the slot before.
    case previous
  }

  /// How two sides become one p-value, or which side alone is tested.
  public enum Sides: String, Hashable, Sendable, CaseIterable {
    /// Twice the smaller one-sided p, at most 1; agrees with the equal-tailed interval.
    case doubled
    /// The share of assignments at least as far from 0; agrees with the interval of that test.
    case absolute
    /// One-sided, for a larger outcome under the other arm; the interval has no upper bound.
    case greater
    /// One-sided, for a smaller outcome under the other arm; the interval has no lower bound.
    case less

    /// Whether one side alone is tested.
    public var isOneSided: Bool { self == .greater || self == .less }
  }

  /// How an effect that outlasts its slot is looked for.
  public struct CarryOver: Hashable, Sendable {
    /// Whether the arm of the slot before is fitted and tested beside the slot's own.
    public let lag: Bool
    /// The sensitivity table leaves out the first 0, 1, … up to so many slots after a change of arm.
    public let dropUpTo: Int

    /// Makes the part of the plan.
    public init(lag: Bool, dropUpTo: Int) {
      self.lag = lag
      self.dropUpTo = dropUpTo
    }
  }

  /// What is believed before the data, in the Bayesian part.
  public struct Priors: Hashable, Sendable {
    /// The prior density of the autocorrelation on (-1, 1).
    public enum Autocorrelation: String, Hashable, Sendable, CaseIterable {
      /// The same everywhere.
      case uniform
      /// Proportional to 1 / sqrt(1 - phi²).
      case reference
    }

    /// The standard deviation of a normal prior around 0 for the effect, in the outcome's unit; `nil`
    /// for a flat one.
    public let effectSD: DecimalNumber?
    /// The prior of the autocorrelation.
    public let autocorrelation: Autocorrelation

    /// Makes the priors; flat and uniform where nothing is said.
    public init(effectSD: DecimalNumber? = nil, autocorrelation: Autocorrelation = .uniform) {
      self.effectSD = effectSD
      self.autocorrelation = autocorrelation
    }
  }

  /// A look at the evidence after every block, by the key's holder, and the rule for stopping.
  ///
  /// The process is one that may be looked at any time: an answer by it is right at the plan's level
  /// whenever one stops. Only the blocks of the scheme can be looked at, since they are drawn
  /// independently of each other.
  public struct Monitoring: Hashable, Sendable {
    /// The guess of the noise's standard deviation, in the outcome's unit, that scales the tilts; a
    /// wrong one costs days and never validity.
    public let sd: DecimalNumber
    /// The first look is after so many blocks.
    public let from: Int

    /// Makes the rule.
    public init(sd: DecimalNumber, from: Int = 1) {
      self.sd = sd
      self.from = from
    }
  }

  /// The primary outcome: the name of a numeric item; empty in a design that names none.
  public let outcome: String
  /// Further outcomes that are tested together with the primary one, over the same assignments.
  public let alsoTested: [String]
  /// What is compared.
  public let statistic: Statistic
  /// What is taken out first, in the order of the cases, each once.
  public let adjustments: [Adjustment]
  /// What is done to the autocorrelation.
  public let whitening: Whitening
  /// The level of the interval, such as 0.95; the test's is one minus it.
  public let level: Double
  /// The smallest difference that would matter, in the outcome's unit; more than 0.
  public let relevance: DecimalNumber?
  /// How two sides become one.
  public let sides: Sides
  /// Whether half of the ties are left out of the p-value that is reported.
  public let midP: Bool
  /// How carry-over is looked for; `nil` where it is not.
  public let carryOver: CarryOver?
  /// The priors of the Bayesian part.
  public let priors: Priors
  /// The rule for stopping early; `nil` where the trial runs to its end.
  public let monitoring: Monitoring?

  /// Makes a plan.
  public init(
    outcome: String, alsoTested: [String] = [], statistic: Statistic,
    adjustments: [Adjustment] = [], whitening: Whitening, level: Double,
    relevance: DecimalNumber? = nil, sides: Sides = .doubled, midP: Bool = false,
    carryOver: CarryOver? = nil, priors: Priors = Priors(), monitoring: Monitoring? = nil
  ) {
    self.outcome = outcome
    self.alsoTested = alsoTested
    self.statistic = statistic
    self.adjustments = adjustments
    self.whitening = whitening
    self.level = level
    self.relevance = relevance
    self.sides = sides
    self.midP = midP
    self.carryOver = carryOver
    self.priors = priors
    self.monitoring = monitoring
  }

  /// Whether anything is taken out of the outcomes before the arms are compared.
  public var isAdjusted: Bool { whitening != .none || !adjustments.isEmpty }
}
