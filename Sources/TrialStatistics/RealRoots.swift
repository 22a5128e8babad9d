/// The real roots of a polynomial of degree up to four.
enum RealRoots {
  /// A few numbers without an allocation.
  private struct Few {
    var values = SIMD8<Double>()
    var count = 0

    mutating func append(_ value: Double) {
      values[count] = value
      count += 1
    }
  }

  /// All real roots of Σ cᵢ xⁱ, ascending; double roots may be missed or come twice.
  ///
  /// Roots of magnitude up to 1 are those of the polynomial on [−1, 1], the others the inverse ones of
  /// the reversed polynomial, so no leading coefficient has to be told from 0. Both reach a little over
  /// 1, so that a root at 1 is not lost to rounding.
  static func all(_ coefficients: [Double]) -> [Double] {
    var (own, reversed) = (Few(), Few())
    for coefficient in coefficients { own.append(coefficient) }
    for coefficient in coefficients.reversed() { reversed.append(coefficient) }
    guard coefficients.contains(where: { $0 != 0 }) else { return [] }
    let (inner, outer) = (inside(own), inside(reversed))
    var roots: [Double] = []
    roots.reserveCapacity(6)
    for index in 0..<inner.count { roots.append(inner.values[index]) }
    for index in 0..<outer.count {
      let inverse = outer.values[index]
      if inverse.magnitude < 1 - 1e-6, inverse != 0 { roots.append(1 / inverse) }
    }
    roots.sort()
    return roots
  }

  /// The roots from about −1 to 1: between two turning points there is at most one, found by bisection
  /// and Newton's steps.
  private static func inside(_ coefficients: Few) -> Few {
    var roots = Few()
    for order in (0..<max(1, coefficients.count - 1)).reversed() {
      let polynomial = derivative(coefficients, order)
      var found = Few()
      func add(_ root: Double) {
        if found.count == 0 || found.values[found.count - 1] != root, found.count < 8 {
          found.append(root)
        }
      }
      var left = -edge
      var atLeft = value(polynomial, left)
      for index in 0...roots.count {
        let right = index < roots.count ? roots.values[index] : edge
        let atRight = value(polynomial, right)
        if atLeft == 0 {
          add(left)
        } else if atRight != 0, (atLeft < 0) != (atRight < 0) {
          add(root(polynomial, left, right, atLeft))
        }
        (left, atLeft) = (right, atRight)
      }
      if atLeft == 0 { add(left) }
      roots = found
    }
    return roots
  }

  /// The derivative of an order.
  private static func derivative(_ coefficients: Few, _ order: Int) -> Few {
    var result = Few()
    for power in order..<max(order + 1, coefficients.count) {
      var factor = 1.0
      for step in 0..<order { factor *= Double(power - step) }
      result.append(power < coefficients.count ? factor * coefficients.values[power] : 0)
    }
    return result
  }

  private static let edge = 1 + 2e-6

  private static func value(_ polynomial: Few, _ x: Double) -> Double {
    var value = 0.0
    for power in (0..<polynomial.count).reversed() { value = value * x + polynomial.values[power] }
    return value
  }

  /// The root between two points with values of different sign.
  private static func root(
    _ polynomial: Few, _ left: Double, _ right: Double, _ atLeft: Double
  ) -> Double {
    var (low, high) = (left, right)
    var x = (low + high) / 2
    for _ in 0..<200 {
      var (value, slope) = (0.0, 0.0)
      for power in (0..<polynomial.count).reversed() {
        slope = slope * x + value
        value = value * x + polynomial.values[power]
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
