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
        : Point(x: far, y: near, logX: logFar, logY: logNear))
  }

  /// The tails where x / (1 − x) is `odds`, more than 0 and finite.
  init(_ a: Double, _ b: Double, odds: Double) {
    let log = Double.log(onePlus: odds)
    let x = odds <= 1 ? odds / (1 + odds) : 1 / (1 + 1 / odds)
    self.init(
      a, b, at: Point(x: x, y: 1 / (1 + odds), logX: Double.log(odds) - log, logY: -log))
  }

  /// The tails at x, strictly between 0 and 1.
  init(_ a: Double, _ b: Double, x: Double) {
    self.init(
      a, b,
      at: Point(x: x, y: 1 - x, logX: Double.log(x), logY: Double.log(onePlus: -x)))
  }

  /// A point of the unit interval by its distances to both ends.
  private struct Point {
    let x, y, logX, logY: Double
    var mirrored: Point { Point(x: y, y: x, logX: logY, logY: logX) }
  }

  private init(_ a: Double, _ b: Double, at point: Point) {
    let n = a + b
    let difference = a * point.y - b * point.x
    let logN = Double.log(n)
    let below = StirlingTerms.deviance(
      a, n * point.x, difference: difference, logarithm: logN + point.logX)
    let above = StirlingTerms.deviance(
      b, n * point.y, difference: -difference, logarithm: logN + point.logY)
    let stirling = StirlingTerms.error(n) - StirlingTerms.error(a) - StirlingTerms.error(b)
    let slope =
      0.5 * Double.log(a / n * b / (2 * Double.pi)) + stirling - below - above
    logSlope = slope
    if difference >= 0 {
      let lower = slope - Double.log(BetaTails.fraction(a, b, point, difference))
      logLower = min(0, lower)
      logUpper = BetaTails.complement(lower)
    } else {
      let upper = slope - Double.log(BetaTails.fraction(b, a, point.mirrored, -difference))
      logUpper = min(0, upper)
      logLower = BetaTails.complement(upper)
    }
  }

  /// The continued fraction for x at most a / (a + b), by Lentz's method.
  ///
  /// Source: A. DiDonato and A. Morris, ACM Transactions on Mathematical Software 18 (1992) 360, as
  /// used by Boost and R.
  private static func fraction(_ a: Double, _ b: Double, _ point: Point, _ difference: Double)
    -> Double
  {
    let x = point.x
    var value = a * (difference + 1) / (a + 1)
    var c = value
    var d = 0.0
    for step in 1...200_000 {
      let m = Double(step)
      let odd = a + 2 * m - 1
      let numerator = (a + m - 1) / odd * ((a + b + m - 1) / odd) * m * (b - m) * x * x
      let denominator =
        m + m * (b - m) * x / odd + (a + m) * (difference + 1 + m * (1 + point.y)) / (odd + 2)
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
