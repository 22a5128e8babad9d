/// A number of ways through a set, of any size: `significand` · 2^`exponent`.
///
/// Ten years of pairs have 2¹⁸²⁵ assignments, more than a `Double` can hold. The exponent is 0 until the
/// significand passes 2⁵¹², so that all smaller numbers are plain ones; then it grows by 512 at a time,
/// which rounds nothing.
struct WayCount {
  private(set) var significand: Double
  private(set) var exponent = 0

  private static let step = 512
  private static let limit = 0x1p512

  init(_ value: Double) { significand = value }

  /// The number, infinite from 2¹⁰²⁴ on.
  var value: Double { exponent == 0 ? significand : over(0) }

  /// The binary logarithm, rounded down; of no ways that of one.
  var magnitude: Int { significand > 0 ? exponent + Int(significand.exponent) : 0 }

  /// How many times 2^`power` it is.
  func over(_ power: Int) -> Double {
    exponent == power
      ? significand
      : significand * Double(sign: .plus, exponent: exponent - power, significand: 1)
  }

  static func += (left: inout WayCount, right: WayCount) {
    let exponent = max(left.exponent, right.exponent)
    left.significand = left.over(exponent) + right.over(exponent)
    left.exponent = exponent
    if left.significand > limit {
      left.significand /= limit
      left.exponent += step
    }
  }
}
