/// The outcomes of a trial, slot by slot, as integers over a power of ten.
///
/// Ratings are decimals. Held as integers they are compared exactly, so that assignments with the
/// same statistic as the observed one are ties and not accidents of rounding.
public struct ExactOutcome: Hashable, Sendable {
  /// The value times ten to the power of `decimals`; `nil` where it is missing.
  public let units: [Int64?]
  /// Digits after the point.
  public let decimals: Int
  /// What one unit is worth; a power of ten.
  let unit: Double
  /// What the values were rounded to a multiple of, where they have too many digits to be held
  /// exactly; `nil` for all others.
  public let roundingUnit: Double?

  /// Outcomes that are integers over `10^decimals`.
  public init(units: [Int64?], decimals: Int) {
    self.units = units
    self.decimals = decimals
    unit = ExactOutcome.powerOfTen(-decimals)
    roundingUnit = nil
  }

  /// Reads each value as its shortest decimal text, which is what was typed.
  ///
  /// Values that need more than 18 digits together are rounded to 12 decimal digits of the largest
  /// magnitude, and ties are those of the rounded values: the one place where exactness has a
  /// tolerance, stated as `roundingUnit`. Being decimal, it leaves short numbers as they were.
  ///
  /// - Throws: `StatisticsError.notFinite` for an infinity or a value that is not a number.
  public init(values: [Double?]) throws(StatisticsError) {
    var parts: [(digits: Int64, exponent: Int)?] = []
    for (slot, value) in values.enumerated() {
      guard let value else {
        parts.append(nil)
        continue
      }
      guard value.isFinite else { throw .notFinite(slot: slot + 1) }
      parts.append(ExactOutcome.decimal(value))
    }
    let lowest = parts.reduce(0) { min($0, $1?.exponent ?? 0) }
    let scaled = parts.map { part in
      part.map { ExactOutcome.scaled($0.digits, by: $0.exponent - lowest) }
    }
    if lowest >= -18, !scaled.contains(where: { $0.map { $0 == nil } ?? false }) {
      self.init(units: scaled.map { $0 ?? nil }, decimals: -lowest)
    } else {
      let largest = values.reduce(0) { max($0, ($1 ?? 0).magnitude) }
      var exponent = 0
      while largest / ExactOutcome.size(exponent) > 1e12 { exponent += 1 }
      while largest / ExactOutcome.size(exponent) <= 1e11, ExactOutcome.size(exponent - 1) > 0 {
        exponent -= 1
      }
      let unit = ExactOutcome.size(exponent)
      self.init(
        units: values.map { value in value.map { Int64(($0 / unit).rounded()) } }, unit: unit)
    }
  }

  /// The same outcomes, with so many missing ones behind them.
  func missing(_ more: Int) -> ExactOutcome {
    guard more > 0 else { return self }
    let units = units + [Int64?](repeating: nil, count: more)
    return roundingUnit == nil
      ? ExactOutcome(units: units, decimals: decimals) : ExactOutcome(units: units, unit: unit)
  }

  private init(units: [Int64?], unit: Double) {
    self.units = units
    decimals = 0
    self.unit = unit
    roundingUnit = unit
  }

  /// The same outcomes with three decimal digits less, rounded: short ratings stay as they are.
  func coarser() -> ExactOutcome {
    let worth = decimals > 0 ? ExactOutcome.powerOfTen(3 - decimals) : unit * 1_000
    return ExactOutcome(
      units: units.map { value in
        value.map { given in
          let (whole, rest) = given.quotientAndRemainder(dividingBy: 1_000)
          return whole + (rest >= 500 ? 1 : rest <= -500 ? -1 : 0)
        }
      }, unit: worth)
  }

  /// The values as floating point.
  var values: [Double?] {
    let divisor = ExactOutcome.powerOfTen(decimals)
    return units.map { value in
      value.map { decimals > 0 ? Double($0) / divisor : Double($0) * unit }
    }
  }

  /// Ten to the power of `exponent`, down to the smallest numbers that there are.
  private static func size(_ exponent: Int) -> Double {
    exponent < -300 ? powerOfTen(-300) * powerOfTen(exponent + 300) : powerOfTen(exponent)
  }

  /// Ten to the power of `exponent`.
  static func powerOfTen(_ exponent: Int) -> Double {
    // Up to 10²² every power is a double, and its reciprocal the nearest one.
    guard exponent.magnitude <= 22 else {
      return Double("1e\(exponent)") ?? (exponent < 0 ? 0 : .infinity)
    }
    var power = 1.0
    for _ in 0..<exponent.magnitude { power *= 10 }
    return exponent < 0 ? 1 / power : power
  }

  /// The digits of the shortest text of a finite number, and the power of ten of the last one.
  private static func decimal(_ value: Double) -> (digits: Int64, exponent: Int) {
    let text = Array(value.magnitude.description.utf8)
    let parts = text.split(separator: UInt8(ascii: "e"))
    var exponent = 0
    if parts.count == 2, let shift = Int(String(decoding: parts[1], as: UTF8.self)) {
      exponent = shift
    }
    var digits: Int64 = 0
    var fraction = false
    for byte in parts[0] {
      if byte == UInt8(ascii: ".") {
        fraction = true
      } else {
        digits = digits &* 10 &+ Int64(byte &- 0x30)
        if fraction { exponent -= 1 }
      }
    }
    while digits != 0, digits % 10 == 0 {
      digits /= 10
      exponent += 1
    }
    return (value < 0 ? -digits : digits, digits == 0 ? 0 : exponent)
  }

  private static func scaled(_ digits: Int64, by power: Int) -> Int64? {
    var result = digits
    for _ in 0..<power {
      guard result.magnitude < 100_000_000_000_000_000 else { return nil }
      result *= 10
    }
    return result
  }
}
