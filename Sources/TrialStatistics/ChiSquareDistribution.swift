import RealModule

/// The chi-square distribution: twice a gamma variable with half the degrees of freedom.
public struct ChiSquareDistribution: ContinuousDistribution {
  /// The degrees of freedom, not necessarily whole.
  public let degrees: Double

  /// - Throws: `DistributionError` unless the degrees are between 0.001 and 10⁸.
  public init(degrees: Double) throws(DistributionError) {
    try DistributionError.check(degrees, "degrees of freedom")
    self.degrees = degrees
  }

  /// The density at a point; 0 at 0 and below, even where it grows without bound towards 0.
  public func density(_ x: Double) -> Double {
    guard !x.isNaN else { return .nan }
    guard x > 0, x.isFinite else { return 0 }
    return Double.exp(GammaSlope(degrees / 2).logarithm(at: x / 2)) / x
  }

  /// The probability of a value up to `x`.
  public func probability(below x: Double) -> Double {
    guard !x.isNaN else { return .nan }
    guard x > 0 else { return 0 }
    return x.isFinite ? Double.exp(tails(x).logLower) : 1
  }

  /// The probability of a value above `x`.
  public func probability(above x: Double) -> Double {
    guard !x.isNaN else { return .nan }
    guard x > 0 else { return 1 }
    return x.isFinite ? Double.exp(tails(x).logUpper) : 0
  }

  /// The point below which the probability is `probability`.
  public func quantile(below probability: Double) -> Double {
    guard probability >= 0, probability <= 1 else { return .nan }
    if probability > 0.5 { return quantile(above: 1 - probability) }
    return probability > 0 ? solve(Double.log(probability), rising: true) : 0
  }

  /// The point above which the probability is `probability`.
  public func quantile(above probability: Double) -> Double {
    guard probability >= 0, probability <= 1 else { return .nan }
    if probability > 0.5 { return quantile(below: 1 - probability) }
    return probability > 0 ? solve(Double.log(probability), rising: false) : .infinity
  }

  private func solve(_ target: Double, rising: Bool) -> Double {
    let half = degrees / 2
    let logarithm = TailSolver.solve(target, rising: rising, start: Double.log(half)) { point in
      let tails = GammaTails(half, logarithm: point)
      return (rising ? tails.logLower : tails.logUpper, tails.logSlope)
    }
    return 2 * Double.exp(logarithm)
  }

  private func tails(_ x: Double) -> GammaTails {
    GammaTails(degrees / 2, x: x / 2)
  }
}
