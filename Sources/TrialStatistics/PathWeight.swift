/// A number of assignments: how the recursion counts.
///
/// `Double` counts exactly up to 2⁵³, `UInt128` up to 2¹²⁶; beyond, `Double` counts with a relative
/// error of about n·2⁻⁵³ because all terms are positive.
protocol PathWeight: Comparable, AdditiveArithmetic, Sendable {
  init(_ count: Int)
  /// The nearest floating-point number.
  var approximation: Double { get }
  /// The count as an integer, where it is exact.
  var whole: UInt128? { get }
  func times(_ factor: Int) -> Self
  /// Adds; numbers on the way that cannot be counted may be wrong, those that can are right.
  ///
  /// Integers are added without their highest bits, so what comes out below 2¹²⁸ is right whatever was
  /// lost before.
  static func &+= (left: inout Self, right: Self)
  /// The number of pairs; it is known to be a number that can be counted.
  func times(_ other: Self) -> Self
  /// The count in larger units, for sets beyond 2⁵¹² assignments, which only `Double` counts.
  func scaled(by step: Double) -> Self
  /// The largest weight that is at most `total * numerator / denominator`.
  static func share(_ numerator: Int, _ denominator: Int, of total: Self) -> Self
  /// A weight below half of `total`, such that a whole weight above it is at least that half.
  static func belowHalf(of total: Self) -> Self
}

extension Double: PathWeight {
  var approximation: Double { self }

  var whole: UInt128? { self <= 0x1p53 ? UInt128(self) : nil }

  func times(_ factor: Int) -> Double { self * Double(factor) }

  static func &+= (left: inout Double, right: Double) { left += right }

  func times(_ other: Double) -> Double { self * other }

  func scaled(by step: Double) -> Double { self * step }

  static func share(_ numerator: Int, _ denominator: Int, of total: Double) -> Double {
    guard total < 0x1p53 else { return total * Double(numerator) / Double(denominator) }
    return UInt128.share(numerator, denominator, of: UInt128(total)).approximation
  }

  static func belowHalf(of total: Double) -> Double {
    total < 0x1p53 ? total / 2 - 0.25 : total / 2 * (1 - 0x1p-40)
  }
}

extension UInt128: PathWeight {
  /// Rounded once: all bits below the highest 64 are one bit that is set if any of them is.
  var approximation: Double {
    let high = UInt64(truncatingIfNeeded: self >> 64)
    let low = UInt64(truncatingIfNeeded: self)
    guard high > 0 else { return Double(low) }
    let shift = 64 - high.leadingZeroBitCount
    let top = UInt64(truncatingIfNeeded: self >> UInt128(shift))
    let isRest = shift == 64 ? low != 0 : low << UInt64(64 - shift) != 0
    return Double(top | (isRest ? 1 : 0)) * Double(sign: .plus, exponent: shift, significand: 1)
  }

  var whole: UInt128? { self }

  func times(_ factor: Int) -> UInt128 { self * UInt128(factor) }

  func times(_ other: UInt128) -> UInt128 { self &* other }

  func scaled(by step: Double) -> UInt128 { self }

  static func share(_ numerator: Int, _ denominator: Int, of total: UInt128) -> UInt128 {
    let product = total.multipliedFullWidth(by: UInt128(numerator))
    return UInt128(denominator).dividingFullWidth(product).quotient
  }

  static func belowHalf(of total: UInt128) -> UInt128 { total == 0 ? 0 : (total + 1) / 2 - 1 }
}
