/// A decimal number kept exactly as it was entered: an integer and a count of decimals.
///
/// Ratings are compared exactly by the analysis, so they are never held as floating point. The text
/// form has an optional minus sign, digits, and at most nine decimals; `6.50` and `6.5` are equal.
public struct DecimalNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The number times ten to the power of `decimals`.
  public let units: Int
  /// Digits after the point, without trailing zeros; 0 to 9.
  public let decimals: Int

  /// The number `units / 10^decimals`, reduced.
  ///
  /// - Precondition: `decimals` is 0 to 9.
  public init(units: Int, decimals: Int = 0) {
    var units = units
    var decimals = decimals
    while decimals > 0, units % 10 == 0 {
      units /= 10
      decimals -= 1
    }
    self.units = units
    self.decimals = decimals
  }

  /// Parses plain decimal text: at most nine digits before and nine after the point.
  ///
  /// - Returns: `nil` for anything else, exponents, infinities and signs other than minus included.
  public init?(_ text: some StringProtocol) {
    var digits = Array(text.utf8)
    let negative = digits.first == UInt8(ascii: "-")
    if negative { digits.removeFirst() }
    let parts = digits.split(
      separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, (1...9).contains(whole.count) else { return nil }
    let fraction = parts.count == 2 ? parts[1] : []
    guard parts.count == 1 || (1...9).contains(fraction.count) else { return nil }
    var units = 0
    for byte in whole + fraction {
      guard (0x30...0x39).contains(byte) else { return nil }
      units = units * 10 + Int(byte - 0x30)
    }
    self.init(units: negative ? -units : units, decimals: fraction.count)
  }

  /// The nearest floating-point number.
  public var value: Double {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    return Double(units) / scale
  }

  /// The shortest decimal text.
  public var description: String {
    guard decimals > 0 else { return String(units) }
    let digits = padded(abs(units), decimals + 1)
    let cut = digits.index(digits.endIndex, offsetBy: -decimals)
    return (units < 0 ? "-" : "") + digits[..<cut] + "." + digits[cut...]
  }

  /// `units` for a larger or equal number of decimals.
  ///
  /// - Precondition: `decimals <= scale <= 9`.
  public func scaled(to scale: Int) -> Int {
    var result = units
    for _ in decimals..<max(decimals, scale) { result *= 10 }
    return result
  }

  /// Numerical order.
  public static func < (left: DecimalNumber, right: DecimalNumber) -> Bool {
    let scale = max(left.decimals, right.decimals)
    return left.scaled(to: scale) < right.scaled(to: scale)
  }
}

extension DecimalNumber: Codable {
  /// Reads the text form.
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let number = DecimalNumber(text) else {
      throw FormatError("number", found: "\"\(text)\"", expected: "a decimal number as text")
    }
    self = number
  }

  /// Writes the text form: committed objects hold no floating point.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
