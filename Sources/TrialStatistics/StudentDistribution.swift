import RealModule

/// Student's t distribution.
///
/// T² / (ν + T²) is a beta variable with ½ and ν / 2 (DLMF 8.17; Abramowitz and Stegun 26.7.1), from
/// which the tails and the quantiles are taken.
public struct StudentDistribution: ContinuousDistribution {
  /// The degrees of freedom, not necessarily whole.
  public let degrees: Double
  /// The logarithm of the density at 0.
  private let logConstant: Double
  /// What Stirling's formula leaves of the beta function of ½ and ν / 2.
  private let stirling: Double

  /// - Throws: `DistributionError` unless the degrees are between 0.001 and 10⁸.
  public init(degrees: Double) throws(DistributionError) {
    try DistributionError.check(degrees, "degrees of freedom")
    self.init(unchecked: degrees)
  }

  /// - Precondition: the degrees are between 0.001 and 10⁸.
  init(unchecked degrees: Double) {
    self.degrees = degrees
    let half = degrees / 2
    let ratio = StirlingTerms.error(half + 0.5) - StirlingTerms.error(half)
    stirling = ratio - StirlingTerms.error(0.5)
    // Γ(h + ½) / Γ(h) is √h exp(h ln(1 + 1/2h) − ½ + the difference of Stirling's errors).
    logConstant =
      half * Double.log(onePlus: 0.5 / half) - 0.5 + ratio - 0.5 * Double.log(2 * .pi)
  }

  /// The density at a point.
  public func density(_ x: Double) -> Double {
    guard !x.isNaN else { return .nan }
    guard x.isFinite else { return 0 }
    return Double.exp(logDensity(x))
  }

  /// The logarithm of the density at a finite point.
  func logDensity(_ x: Double) -> Double {
    let ratio = x / degrees.squareRoot()
    return logConstant - (degrees / 2 + 0.5) * StudentDistribution.logOnePlusSquare(ratio)
  }

  /// The probability above a finite `x` and the density there, for the price of one.
  func tailAndDensity(_ x: Double) -> (above: Double, density: Double) {
    let square = x * x
    let density = density(x)
    let slope = density * x.magnitude / 2
    guard square > 1e-200, square < 1e200, slope > 1e-280, !x.isNaN else {
      return (probability(above: x), density)
    }
    // Half the slope of the beta variable's probability over its logit.
    let half = degrees / 2
    let far = degrees / (degrees + square)
    let near = square / (degrees + square)
    let difference = 0.5 * (1.0).addingProduct(-x, x) * far
    let tail =
      difference >= 0
      ? 0.5 - slope / BetaTails.fraction(0.5, half, near, far, difference)
      : slope / BetaTails.fraction(half, 0.5, far, near, -difference)
    return (x > 0 ? tail : 1 - tail, density)
  }

  /// The probability of a value up to `x`.
  public func probability(below x: Double) -> Double { probability(above: -x) }

  /// The probability of a value above `x`.
  public func probability(above x: Double) -> Double {
    guard !x.isNaN else { return .nan }
    guard x.isFinite else { return x > 0 ? 0 : 1 }
    guard x != 0 else { return 0.5 }
    let tail = Double.exp(tails(x.magnitude).logUpper) / 2
    return x > 0 ? tail : 1 - tail
  }

  /// The point below which the probability is `probability`.
  public func quantile(below probability: Double) -> Double {
    guard probability >= 0, probability <= 1 else { return .nan }
    if probability < 0.25 { return -outer(probability) }
    if probability > 0.75 { return outer(1 - probability) }
    let area = probability - 0.5
    guard area != 0 else { return 0 }
    let point = solve(Double.log(2 * area.magnitude), rising: true)
    return area > 0 ? point : -point
  }

  /// The point above which the probability is `probability`.
  public func quantile(above probability: Double) -> Double { -quantile(below: probability) }

  private func outer(_ tail: Double) -> Double {
    tail > 0 ? solve(Double.log(tail) + Double.log(2), rising: false) : .infinity
  }

  /// The magnitude with the given logarithm of the probability inside (rising) or outside of it.
  private func solve(_ target: Double, rising: Bool) -> Double {
    let half = degrees / 2
    let logit = TailSolver.solve(target, rising: rising, start: -Double.log(degrees)) { logit in
      let tails = BetaTails(0.5, half, logit: logit)
      return (rising ? tails.logLower : tails.logUpper, tails.logSlope)
    }
    return degrees.squareRoot() * Double.exp(logit / 2)
  }

  /// The probability within ±x and outside of it, for x > 0.
  private func tails(_ x: Double) -> BetaTails {
    let odds = x / degrees * x
    guard odds.isFinite, odds > 1e-290 else {
      return BetaTails(0.5, degrees / 2, logit: 2 * Double.log(x) - Double.log(degrees))
    }
    // ½ − ν / 2 · odds is (1 − x²) / 2.
    let margin = 0.5 * (1.0).addingProduct(-x, x)
    return BetaTails(0.5, degrees / 2, odds: odds, margin: margin, stirling: stirling)
  }

  private static func logOnePlusSquare(_ ratio: Double) -> Double {
    ratio.magnitude < 1e150
      ? Double.log(onePlus: ratio * ratio) : 2 * Double.log(ratio.magnitude)
  }
}
