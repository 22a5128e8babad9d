/// The real roots of a polynomial of low degree.
enum RealRoots {
  /// All real roots of Σ cᵢ xⁱ, ascending; double roots may be missed or come twice.
  ///
  /// Roots of magnitude up to 1 are those of the polynomial on [−1, 1], the others the inverse ones of
  /// the reversed polynomial, so no leading coefficient has to be told from 0.
  static func all(_ coefficients: [Double]) -> [Double] {
    guard coefficients.contains(where: { $0 != 0 }) else { return [] }
    let inner = inside(coefficients)
    let outer = inside(coefficients.reversed()).filter { $0.magnitude < 1 && $0 != 0 }
    return (inner + outer.map { 1 / $0 }).sorted()
  }

  /// The roots on [−1, 1]: between two turning points there is at most one, found by bisection and
  /// Newton's steps.
  static func inside(_ coefficients: [Double]) -> [Double] {
    var derivatives = [coefficients]
    while derivatives[derivatives.count - 1].count > 2 {
      let last = derivatives[derivatives.count - 1]
      derivatives.append((1..<last.count).map { Double($0) * last[$0] })
    }
    var roots: [Double] = []
    for place in derivatives.indices.reversed() {
      let polynomial = derivatives[place]
      var found: [Double] = []
      var left = -1.0
      var atLeft = value(polynomial, left)
      for right in roots + [1] {
        let atRight = value(polynomial, right)
        if atLeft == 0 {
          if found.last != left { found.append(left) }
        } else if atRight != 0, (atLeft < 0) != (atRight < 0) {
          found.append(root(polynomial, left, right, atLeft))
        }
        (left, atLeft) = (right, atRight)
      }
      if atLeft == 0, found.last != left { found.append(left) }
      roots = found
    }
    return roots
  }

  private static func value(_ polynomial: [Double], _ x: Double) -> Double {
    polynomial.reversed().reduce(0) { $0 * x + $1 }
  }

  /// The root between two points with values of different sign.
  private static func root(
    _ polynomial: [Double], _ left: Double, _ right: Double, _ atLeft: Double
  ) -> Double {
    var (low, high) = (left, right)
    var x = (low + high) / 2
    for _ in 0..<200 {
      var (value, slope) = (0.0, 0.0)
      for coefficient in polynomial.reversed() {
        slope = slope * x + value
        value = value * x + coefficient
      }
      if value == 0 { return x }
      if (value < 0) == (atLeft < 0) { low = x } else { high = x }
      var next = x - value / slope
      if !(next > low && next < high) { next = (low + high) / 2 }
      if (next - x).magnitude <= x.magnitude * 0x1p-52 || high - low <= 0x1p-60 { return next }
      x = next
    }
    return x
  }
}
