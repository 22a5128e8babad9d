public import BlindRecord

/// The analysis that is fixed before the first dose: one outcome, one statistic, one level.
///
/// The reference set is not part of it: that is the scheme's.
public struct AnalysisPlan: Hashable, Sendable {
  /// What is compared between the arms.
  public enum Statistic: String, Hashable, Sendable, CaseIterable {
    /// Mean of the other arm minus mean of the reference.
    case meanDifference = "mean-difference"
    /// The effect of a linear model with one level per block of the scheme.
    case blockAdjusted = "block-adjusted"
  }

  /// What is done to the outcome's autocorrelation before comparing.
  public enum Whitening: Hashable, Sendable {
    /// Nothing.
    case none
    /// y(t) minus phi times y(t-1), phi estimated without the arms.
    case estimated
    /// The same with a phi that the plan states, between -1 and 1.
    case fixed(Double)
  }

  /// How two sides become one p-value.
  public enum Sides: String, Hashable, Sendable, CaseIterable {
    /// Twice the smaller one-sided p, at most 1; agrees with the equal-tailed interval.
    case doubled
  }

  /// The primary outcome: the name of a numeric item; empty in a design that names none.
  public let outcome: String
  /// What is compared.
  public let statistic: Statistic
  /// What is done to the autocorrelation.
  public let whitening: Whitening
  /// The level of the interval, such as 0.95; the test's is one minus it.
  public let level: Double
  /// The smallest difference that would matter, in the outcome's unit; more than 0.
  public let relevance: DecimalNumber?
  /// How two sides become one.
  public let sides: Sides

  /// Makes a plan.
  public init(
    outcome: String, statistic: Statistic, whitening: Whitening, level: Double,
    relevance: DecimalNumber? = nil, sides: Sides = .doubled
  ) {
    self.outcome = outcome
    self.statistic = statistic
    self.whitening = whitening
    self.level = level
    self.relevance = relevance
    self.sides = sides
  }
}
