import RealModule

/// Both tails of a beta variable at one point, as logarithms, so that none is lost to underflow.
struct BetaTails {
  /// The logarithm of the probability below the point, I_x(a, b), and of that above it.
  let logLower, logUpper: Double
  /// The logarithm of xᵃ(1 − x)ᵇ / B(a, b), the slope of I_x over the logit of x.
  let logSlope: Double

  /// The tails where the logit of x is `logit`.
  init(_ a: Double, _ b: Double, logit: Double) {
    let odds = Double.exp(-logit.magnitude)
    let near = 1 / (1 + odds)
    let far = odds / (1 + odds)
    let logNear = -Double.log(onePlus: odds)
    let logFar = logNear - logit.magnitude
    self.init(
      a, b,
      at: logit > 0
        ? Point(x: near, y: far, logX: logNear, logY: logFar)
        : Point(x: far, y: near, logX: logFar, logY: logNear),
      difference: logit > 0 ? a * far - b * near : a * near - b * far)
  }

  /// The tails where x / (1 − x) is `odds`, more than 0 and finite.
  ///
  /// - Parameters:
  ///   - margin: a − b · odds, where it is known more exactly than from `odds`.
  ///   - stirling: `stirling(a, b)`, where it is known already.
  init(_ a: Double, _ b: Double, odds: Double, margin: Double, stirling: Double? = nil) {
    let log = Double.log(onePlus: odds)
    let x = odds <= 1 ? odds / (1 + odds) : 1 / (1 + 1 / odds)
    self.init(
      a, b, at: Point(x: x, y: 1 / (1 + odds), logX: Double.log(odds) - log, logY: -log),
      difference: margin / (1 + odds), stirling: stirling)
  }

  /// The part of ln (1 / B(a, b)) that Stirling's formula leaves.
  static func stirling(_ a: Double, _ b: Double) -> Double {
    StirlingTerms.error(a + b) - StirlingTerms.error(a) - StirlingTerms.error(b)
  }

  /// The tails at x, strictly between 0 and 1.
  init(_ a: Double, _ b: Double, x: Double) {
    // a − (a + b) x in one rounding: with large parameters it is what decides, and it is small.
    let n = a + b
    let lost = a > b ? b - (n - a) : a - (n - b)
    let difference =
      x <= 0.5
      ? a.addingProduct(-n, x) - lost * x : (-b).addingProduct(n, 1 - x) + lost * (1 - x)
    self.init(
      a, b,
      at: Point(x: x, y: 1 - x, logX: Double.log(x), logY: Double.log(onePlus: -x)),
      difference: difference)
  }

  /// A point of the unit interval by its distances to both ends.
  private struct Point {
    let x, y, logX, logY: Double
  }

  /// - Parameter difference: a y − b x.
  private init(
    _ a: Double, _ b: Double, at point: Point, difference: Double, stirling: Double? = nil
  ) {
    let n = a + b
    // The slope is exp(exponent) times factor: what is small in the one is not lost in the other.
    let exponent: Double
    let factor: Double
    if max(a, b) <= 1 {
      // 1 / B(a, b) is ab / (a + b) times gamma functions near 1, whose logarithms are small.
      let gamma = Double.logGamma(1 + n) - Double.logGamma(1 + a) - Double.logGamma(1 + b)
      exponent = a * point.logX + b * point.logY + gamma
      factor = a / n * b
    } else {
      let logN = Double.log(n)
      let below = StirlingTerms.deviance(
        a, n * point.x, difference: difference, logarithm: logN + point.logX)
      let above = StirlingTerms.deviance(
        b, n * point.y, difference: -difference, logarithm: logN + point.logY)
      exponent = (stirling ?? BetaTails.stirling(a, b)) - below - above
      factor = (a / n * b / (2 * Double.pi)).squareRoot()
    }
    logSlope = exponent + Double.log(factor)
    if difference >= 0 {
      let lower =
        exponent + Double.log(factor / BetaTails.fraction(a, b, point.x, point.y, difference))
      logLower = min(0, lower)
      logUpper = BetaTails.complement(lower)
    } else {
      let upper =
        exponent + Double.log(factor / BetaTails.fraction(b, a, point.y, point.x, -difference))
      logUpper = min(0, upper)
      logLower = BetaTails.complement(upper)
    }
  }

  /// The continued fraction for x at most a / (a + b), by Lentz's method: the slope over it is the
  /// probability below.
  ///
  /// - Parameter difference: a y − b x.
  ///
  /// Source: A. DiDonato and A. Morris, ACM Transactions on Mathematical Software 18 (1992) 360, as
  /// used by Boost and R.
  static func fraction(
    _ a: Double, _ b: Double, _ x: Double, _ y: Double, _ difference: Double
  ) -> Double {
    var value = a * (difference + 1) / (a + 1)
    var c = value
    var d = 0.0
    for step in 1...200_000 {
      let m = Double(step)
      let odd = a + 2 * m - 1
      let numerator = (a + m - 1) / odd * ((a + b + m - 1) / odd) * m * (b - m) * x * x
      let denominator =
        m + m * (b - m) * x / odd + (a + m) * (difference + 1 + m * (1 + y)) / (odd + 2)
      d = 1 / guarded(denominator + numerator * d)
      c = guarded(denominator + numerator / c)
      let factor = c * d
      value *= factor
      if (factor - 1).magnitude < 2e-16 { break }
    }
    return value
  }

  private static func guarded(_ value: Double) -> Double {
    value.magnitude < 1e-290 ? 1e-290 : value
  }

  /// ln(1 − p) from ln p.
  static func complement(_ logarithm: Double) -> Double {
    logarithm >= 0 ? -.infinity : Double.log(-Double.expMinusOne(logarithm))
  }
}
