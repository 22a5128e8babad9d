import RealModule

/// Functions of probability that the elementary ones do not give.
enum SpecialFunctions {
  /// The logarithm of the gamma function for x > 0: Stirling's series from 12 on, by recurrence
  /// below; relative error under 10⁻¹⁴ except close to the zeros at 1 and 2, absolute there.
  static func logGamma(_ x: Double) -> Double {
    var x = x
    var product = 1.0
    while x < 12 {
      product *= x
      x += 1
    }
    let inverse = 1 / x
    let square = inverse * inverse
    let terms = [
      1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360_360, 1.0 / 156,
    ]
    var series = 0.0
    for term in terms.reversed() { series = series * square + term }
    return (x - 0.5) * Double.log(x) - x + 0.5 * Double.log(2 * Double.pi) + series * inverse
      - Double.log(product)
  }

  /// The regularised incomplete beta function I_x(a, b) and its complement, from the two distances
  /// of `x` to the ends of the unit interval; by continued fraction (Lentz), absolute error under
  /// 10⁻¹³ for a, b up to some thousands.
  static func incompleteBeta(
    _ a: Double, _ b: Double, x: Double, oneMinus y: Double
  ) -> (lower: Double, upper: Double) {
    incompleteBeta(a, b, x: x, oneMinus: y, logBeta: logBeta(a, b))
  }

  /// The same with the logarithm of the beta function at hand.
  static func incompleteBeta(
    _ a: Double, _ b: Double, x: Double, oneMinus y: Double, logBeta: Double
  ) -> (lower: Double, upper: Double) {
    if x <= 0 { return (0, 1) }
    if y <= 0 { return (1, 0) }
    let front = Double.exp(a * Double.log(x) + b * Double.log(y) - logBeta)
    if x < (a + 1) / (a + b + 2) {
      let lower = front * fraction(a, b, x) / a
      return (lower, 1 - lower)
    }
    let upper = front * fraction(b, a, y) / b
    return (1 - upper, upper)
  }

  /// The logarithm of the beta function.
  static func logBeta(_ a: Double, _ b: Double) -> Double {
    logGamma(a) + logGamma(b) - logGamma(a + b)
  }

  private static func fraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
    let tiny = 1e-300
    func guarded(_ value: Double) -> Double { value.magnitude < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / guarded(1 - (a + b) * x / (a + 1))
    var result = d
    for step in 1...10_000 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / guarded(1 + even * d)
      c = guarded(1 + even / c)
      result *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / guarded(1 + odd * d)
      c = guarded(1 + odd / c)
      result *= d * c
      if (d * c - 1).magnitude < 1e-16 { break }
    }
    return result
  }

  /// The standard normal quantile, by bisection on the error function to the last digits.
  static func normalQuantile(_ probability: Double) -> Double {
    guard probability > 0 else { return -.infinity }
    guard probability < 1 else { return .infinity }
    if probability > 0.5 { return -normalQuantile(1 - probability) }
    var low = -40.0
    var high = 0.0
    for _ in 0..<80 {
      let middle = (low + high) / 2
      if Double.erfc(-middle / (2.0).squareRoot()) / 2 < probability {
        low = middle
      } else {
        high = middle
      }
    }
    return (low + high) / 2
  }
}
