import RealModule

/// The F distribution: the ratio of two independent mean squares.
public struct FDistribution: ContinuousDistribution {
  /// The degrees of freedom of the numerator and of the denominator.
  public let numerator, denominator: Double
  private let beta: BetaDistribution

  /// - Throws: `DistributionError` unless both degrees are between 0.002 and 2·10⁸.
  public init(numerator: Double, denominator: Double) throws(DistributionError) {
    try DistributionError.check(numerator / 2, "degrees of freedom of the numerator")
    try DistributionError.check(denominator / 2, "degrees of freedom of the denominator")
    self.numerator = numerator
    self.denominator = denominator
    beta = try BetaDistribution(numerator / 2, denominator / 2)
  }

  /// The density at a point; 0 at 0 and below, even where it grows without bound towards 0.
  public func density(_ x: Double) -> Double {
    guard !x.isNaN else { return .nan }
    guard x > 0, let tails = tails(x) else { return 0 }
    return Double.exp(tails.logSlope) / x
  }

  /// The probability of a value up to `x`.
  public func probability(below x: Double) -> Double {
    guard !x.isNaN else { return .nan }
    guard x > 0 else { return 0 }
    return tails(x).map { Double.exp($0.logLower) } ?? 1
  }

  /// The probability of a value above `x`.
  public func probability(above x: Double) -> Double {
    guard !x.isNaN else { return .nan }
    guard x > 0 else { return 1 }
    return tails(x).map { Double.exp($0.logUpper) } ?? 0
  }

  /// The point below which the probability is `probability`.
  public func quantile(below probability: Double) -> Double {
    denominator / numerator * Double.exp(beta.logit(below: probability))
  }

  /// The point above which the probability is `probability`.
  public func quantile(above probability: Double) -> Double {
    let logit = BetaDistribution.swapped(beta.a, beta.b, below: probability)
    return denominator / numerator * Double.exp(-logit)
  }

  private func tails(_ x: Double) -> BetaTails? {
    guard x.isFinite else { return nil }
    let logit = Double.log(x) + Double.log(numerator / denominator)
    let odds = numerator / denominator * x
    return odds.isNormal && odds > 1e-290
      ? BetaTails(beta.a, beta.b, odds: odds, margin: beta.a * (1 - x))
      : BetaTails(beta.a, beta.b, logit: logit)
  }
}
