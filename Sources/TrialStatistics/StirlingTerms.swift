import RealModule

/// The two terms from which the densities of the beta and gamma family are put together without
/// cancellation.
///
/// Source: C. Loader, *Fast and accurate computation of binomial probabilities* (2000).
enum StirlingTerms {
  /// The error of Stirling's formula, ln Γ(x) − ((x − ½) ln x − x + ½ ln 2π), for x > 0; absolute
  /// error under 10⁻¹⁵.
  ///
  /// Below 12 by the recurrence δ(x) = δ(x + 1) + (x + ½) ln(1 + 1/x) − 1, all terms positive.
  static func error(_ x: Double) -> Double {
    var x = x
    var sum = 0.0
    while x < 12 {
      sum += (x + 0.5) * Double.log(onePlus: 1 / x) - 1
      x += 1
    }
    let inverse = 1 / x
    let square = inverse * inverse
    var series = 0.0
    for term in StirlingTerms.series.reversed() { series = series * square + term }
    return sum + series * inverse
  }

  private static let series = [
    1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360_360, 1.0 / 156,
  ]

  /// The deviance a ln(a / m) + m − a for a, m > 0, never negative.
  ///
  /// - Parameters:
  ///   - difference: a − m, from a form without cancellation.
  ///   - logarithm: ln m, which may be known where `m` is too small to be held.
  static func deviance(_ a: Double, _ m: Double, difference: Double, logarithm: Double) -> Double {
    guard difference.magnitude < 0.5 * (a + m) else {
      let ratio = m.isNormal ? Double.log(a / m) : Double.log(a) - logarithm
      return a * ratio - difference
    }
    let v = difference / (a + m)
    let square = v * v
    var sum = difference * v
    var power = 2 * a * v
    for step in 1...100 {
      power *= square
      let next = sum + power / Double(2 * step + 1)
      if next == sum { break }
      sum = next
    }
    return sum
  }
}
