/// The distribution of one number after the data.
protocol PosteriorCurve: Sendable {
  var mean: Double { get }
  /// The standard deviation; infinite where there is none.
  var sd: Double { get }
  /// The density at a value.
  func density(_ value: Double) -> Double
  /// The probability below a value, and above it, each for itself.
  func probability(below value: Double) -> Double
  func probability(above value: Double) -> Double
  /// The value with the given probability below it.
  func quantile(_ probability: Double) -> Double
}
