import RealModule

/// The beta distribution on the unit interval.
public struct BetaDistribution: ContinuousDistribution {
  /// The exponents plus one of x and of 1 − x in the density.
  public let a, b: Double

  /// - Throws: `DistributionError` unless both parameters are between 0.001 and 10⁸.
  public init(_ a: Double, _ b: Double) throws(DistributionError) {
    try DistributionError.check(a, "first parameter")
    try DistributionError.check(b, "second parameter")
    self.a = a
    self.b = b
  }

  /// The density at a point; infinite at an end whose parameter is under 1.
  public func density(_ x: Double) -> Double {
    guard !x.isNaN else { return .nan }
    guard x >= 0, x <= 1 else { return 0 }
    if x == 0 || x == 1 {
      let near = x == 0 ? a : b
      if near == 1 { return x == 0 ? b : a }
      return near < 1 ? .infinity : 0
    }
    return Double.exp(BetaTails(a, b, x: x).logSlope) / x / (1 - x)
  }

  /// The probability of a value up to `x`: the regularised incomplete beta function.
  public func probability(below x: Double) -> Double {
    guard !x.isNaN else { return .nan }
    if x <= 0 { return 0 }
    return x >= 1 ? 1 : Double.exp(BetaTails(a, b, x: x).logLower)
  }

  /// The probability of a value above `x`.
  public func probability(above x: Double) -> Double {
    guard !x.isNaN else { return .nan }
    if x <= 0 { return 1 }
    return x >= 1 ? 0 : Double.exp(BetaTails(a, b, x: x).logUpper)
  }

  /// The point below which the probability is `probability`.
  public func quantile(below probability: Double) -> Double {
    BetaDistribution.share(logit(below: probability))
  }

  /// The point above which the probability is `probability`.
  public func quantile(above probability: Double) -> Double {
    BetaDistribution.share(-BetaDistribution.swapped(a, b, below: probability))
  }

  /// The logit of the quantile, NaN for what is no probability.
  func logit(below probability: Double) -> Double {
    guard probability >= 0, probability <= 1 else { return .nan }
    if probability == 0 { return -.infinity }
    if probability == 1 { return .infinity }
    let rising = probability <= 0.5
    let target = rising ? Double.log(probability) : Double.log(onePlus: -probability)
    return TailSolver.solve(target, rising: rising, start: Double.log(a / b)) { logit in
      let tails = BetaTails(a, b, logit: logit)
      return (rising ? tails.logLower : tails.logUpper, tails.logSlope)
    }
  }

  private init(unchecked a: Double, _ b: Double) {
    self.a = a
    self.b = b
  }

  /// The logit of the quantile of the mirrored distribution.
  static func swapped(_ a: Double, _ b: Double, below probability: Double) -> Double {
    BetaDistribution(unchecked: b, a).logit(below: probability)
  }

  private static func share(_ logit: Double) -> Double {
    logit < 0 ? Double.exp(logit) / (1 + Double.exp(logit)) : 1 / (1 + Double.exp(-logit))
  }
}
