import RealModule

/// Both tails of a gamma variable with rate 1 at one point, as logarithms.
struct GammaTails {
  /// The logarithm of the probability below the point, P(a, x), and of that above it, Q(a, x).
  let logLower, logUpper: Double
  /// The logarithm of xᵃ e⁻ˣ / Γ(a), the slope of P over the logarithm of x.
  let logSlope: Double

  /// The tails at x = exp(`logarithm`); by the series below a + 1 and by Legendre's continued
  /// fraction (Lentz) above it (DLMF 8.7.1 and the even part of 8.9.2).
  init(_ a: Double, logarithm: Double) {
    self.init(a, x: Double.exp(logarithm), logarithm: logarithm)
  }

  /// The tails at x, more than 0.
  init(_ a: Double, x: Double) {
    self.init(a, x: x, logarithm: Double.log(x))
  }

  private init(_ a: Double, x: Double, logarithm: Double) {
    let slope = GammaSlope(a).logarithm(at: x, logarithm: logarithm)
    logSlope = slope
    if x < a + 1 {
      let lower = slope + Double.log(GammaTails.series(a, x))
      logLower = min(0, lower)
      logUpper = BetaTails.complement(lower)
    } else {
      let upper = slope + Double.log(GammaTails.fraction(a, x))
      logUpper = min(0, upper)
      logLower = BetaTails.complement(upper)
    }
  }

  private static func series(_ a: Double, _ x: Double) -> Double {
    var term = 1 / a
    var sum = term
    for step in 1...1_000_000 {
      term *= x / (a + Double(step))
      sum += term
      if term < sum * 1e-17 { break }
    }
    return sum
  }

  private static func fraction(_ a: Double, _ x: Double) -> Double {
    guard x.isFinite else { return 0 }
    var b = x + 1 - a
    var c = 1e290
    var d = 1 / b
    var value = d
    for step in 1...1_000_000 {
      let m = Double(step)
      let numerator = m * (a - m)
      b += 2
      d = 1 / guarded(b + numerator * d)
      c = guarded(b + numerator / c)
      let factor = c * d
      value *= factor
      if (factor - 1).magnitude < 2e-16 { break }
    }
    return value
  }

  private static func guarded(_ value: Double) -> Double {
    value.magnitude < 1e-290 ? 1e-290 : value
  }
}
