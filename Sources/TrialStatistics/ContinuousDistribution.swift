/// A continuous distribution on the real line.
///
/// Accuracy of all of this module's: relative error under 10⁻¹² in both tails, the density and the
/// quantiles, for every parameter that is accepted (0.001 to 10⁸) and probabilities down to 10⁻³⁰⁰;
/// held by `Tests/Vectors/distributions.json`, made by mpmath. Tails are computed each for itself,
/// never as one minus the other where that would lose digits.
///
/// What is not a number, and a probability outside 0 to 1, gives NaN.
public protocol ContinuousDistribution: Hashable, Sendable {
  /// The density at a point.
  func density(_ x: Double) -> Double
  /// The probability of a value up to `x`.
  func probability(below x: Double) -> Double
  /// The probability of a value above `x`.
  func probability(above x: Double) -> Double
  /// The point below which the probability is `probability`.
  func quantile(below probability: Double) -> Double
  /// The point above which the probability is `probability`; for small ones more exact than the
  /// quantile below one minus it.
  func quantile(above probability: Double) -> Double
}
