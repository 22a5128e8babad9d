import RealModule

/// The normal distribution with mean 0 and standard deviation 1.
public struct NormalDistribution: ContinuousDistribution {
  /// The standard normal distribution.
  public init() {}

  /// The density at a point.
  public func density(_ x: Double) -> Double {
    Double.exp(-x * x / 2) / (2 * Double.pi).squareRoot()
  }

  /// The probability of a value up to `x`.
  public func probability(below x: Double) -> Double { probability(above: -x) }

  /// The probability of a value above `x`.
  public func probability(above x: Double) -> Double {
    guard x > 0, x < 40 else { return Double.erfc(x / (2.0).squareRoot()) / 2 }
    // √2 does not fit in 53 bits: far out, what the rounding of x / √2 loses is put right.
    let scaled = x / (2.0).squareRoot()
    let rest =
      x.addingProduct(-scaled, (2.0).squareRoot()) / (2.0).squareRoot() + scaled * 6.835808658e-17
    return Double.erfc(scaled) / 2 * Double.exp(-2 * scaled * rest)
  }

  /// The point below which the probability is `probability`.
  public func quantile(below probability: Double) -> Double {
    guard probability >= 0, probability <= 1 else { return .nan }
    if probability < 0.25 { return -outer(probability) }
    return probability > 0.75 ? outer(1 - probability) : central(probability - 0.5)
  }

  /// The point above which the probability is `probability`.
  public func quantile(above probability: Double) -> Double { -quantile(below: probability) }

  /// The point above which the probability is `tail`, under one quarter.
  private func outer(_ tail: Double) -> Double {
    guard tail > 0 else { return .infinity }
    let logarithm = Double.log(tail)
    // Far out the tail is close to φ(z) / z.
    var z = max(0.6, (-2 * logarithm - Double.log(max(1, -12 * logarithm))).squareRoot())
    for _ in 0..<60 {
      let here = probability(above: z)
      let step = (Double.log(here) - logarithm) * here / density(z)
      z += step
      if step.magnitude <= 2e-16 * z { break }
    }
    return z
  }

  /// The point between which and 0 the probability is `area`, up to one quarter in magnitude.
  private func central(_ area: Double) -> Double {
    guard area != 0 else { return 0 }
    var z = area * (2 * Double.pi).squareRoot()
    for _ in 0..<60 {
      let step = (area - Double.erf(z / (2.0).squareRoot()) / 2) / density(z)
      z += step
      if step.magnitude <= 2e-16 * z.magnitude { break }
    }
    return z
  }
}
