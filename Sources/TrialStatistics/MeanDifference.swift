/// The difference of two means, with the interval of Student's t.
///
/// The interval and the p-values take the values as independent and normal. They are for
/// description beside the randomization test, whose p-value needs neither.
public struct MeanDifference: Hashable, Sendable {
  /// How the standard error is made.
  public enum Variance: String, Hashable, Sendable, CaseIterable {
    /// One variance for both arms, n − 2 degrees of freedom (Student).
    case pooled
    /// A variance for each arm, degrees of freedom by Welch and Satterthwaite.
    case welch
  }

  /// Active minus reference.
  public let estimate: Double
  /// The standard error.
  public let standardError: Double
  /// The degrees of freedom of t.
  public let degrees: Double
  private let distribution: StudentDistribution

  /// The difference of two independent samples.
  ///
  /// - Throws: `SampleError`: an arm with fewer than two values, a value that is not finite, or no
  ///   variation in either arm.
  public init(active: [Double], reference: [Double], variance: Variance = .welch)
    throws(SampleError)
  {
    let active = try Sample(active, "active arm", atLeast: 2)
    let reference = try Sample(reference, "reference arm", atLeast: 2)
    let m = Double(active.count)
    let n = Double(reference.count)
    let first = active.variance / m
    let second = reference.variance / n
    let square: Double
    let degrees: Double
    switch variance {
    case .pooled:
      degrees = m + n - 2
      square =
        ((m - 1) * active.variance + (n - 1) * reference.variance) / degrees * (1 / m + 1 / n)
    case .welch:
      square = first + second
      let share = first / square
      degrees = 1 / (share * share / (m - 1) + (1 - share) * (1 - share) / (n - 1))
    }
    try self.init(active.mean - reference.mean, square, degrees, "both arms")
  }

  /// The mean of paired differences, active minus reference, with n − 1 degrees of freedom.
  ///
  /// - Throws: `SampleError`: lists of different lengths, fewer than two pairs, a value that is not
  ///   finite, or differences that are all equal.
  public init(pairsActive active: [Double], reference: [Double]) throws(SampleError) {
    let differences = try Sample(pairs: active, reference)
    let n = Double(differences.count)
    try self.init(differences.mean, differences.variance / n, n - 1, "differences")
  }

  private init(_ estimate: Double, _ square: Double, _ degrees: Double, _ name: String)
    throws(SampleError)
  {
    guard square > 0, let distribution = try? StudentDistribution(degrees: degrees) else {
      throw .noVariation(sample: name)
    }
    self.estimate = estimate
    standardError = square.squareRoot()
    self.degrees = degrees
    self.distribution = distribution
  }

  /// The estimate over its standard error.
  public var t: Double { estimate / standardError }
  /// The probability of a t at least as large.
  public var pGreater: Double { distribution.probability(above: t) }
  /// The probability of a t at least as small.
  public var pLess: Double { distribution.probability(below: t) }
  /// The probability of a t at least as far from 0.
  public var pTwoSided: Double { 2 * distribution.probability(above: t.magnitude) }

  /// The two-sided interval.
  public func interval(level: Double = 0.95) throws(SampleError) -> (lower: Double, upper: Double) {
    try SampleError.check(level: level)
    let width = distribution.quantile(above: (1 - level) / 2) * standardError
    return (estimate - width, estimate + width)
  }
}

extension Sample {
  /// The differences of pairs, exact in decimals.
  init(pairs active: [Double], _ reference: [Double]) throws(SampleError) {
    let (units, scale) = try ExactSample.differences(active: active, reference: reference)
    try self.init(units.map { scale.value($0) }, "pairs", atLeast: 2)
  }
}
