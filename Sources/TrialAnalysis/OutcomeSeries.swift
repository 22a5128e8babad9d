/// One outcome, one value or none for each slot, exactly as it was written.
public struct OutcomeSeries: Hashable, Sendable {
  /// The outcome's name: an item of the protocol, or a column of the file.
  public let name: String
  /// The nearest floating-point numbers; `nil` is missing.
  public let values: [Double?]
  /// The same times ten to the power of `decimals`, where that fits in 62 bits; where only their
  /// differences do, each less the smallest of them, which no statistic sees.
  let units: [Int64?]?
  /// Digits after the point.
  let decimals: Int
  /// Whether what is common to all values was taken off the units.
  let isShifted: Bool

  /// Makes a series from decimal texts that were found to be numbers.
  init(name: String, cells: [ExactDecimal?]) {
    self.name = name
    values = cells.map { $0?.value }
    let scale = cells.compactMap { $0?.decimals }.max() ?? 0
    decimals = scale
    var wide: [Int128?] = []
    for cell in cells {
      guard let cell else {
        wide.append(nil)
        continue
      }
      guard let scaled = cell.scaled(to: scale) else {
        units = nil
        isShifted = false
        return
      }
      wide.append(scaled)
    }
    let given = wide.compactMap { $0 }
    let (least, most) = (given.min() ?? 0, given.max() ?? 0)
    let room: Int128 = 1 << 62
    let offset = least > -room && most < room ? 0 : least
    units = most - offset < room ? wide.map { $0.map { Int64($0 - offset) } } : nil
    isShifted = offset != 0
  }

  /// The values without what is common to all of them, for everything that only differences count in.
  ///
  /// Of numbers with more digits than floating point holds, only the differences are left that way.
  var differences: [Double?] {
    guard let units else { return values }
    let least = units.compactMap { $0 }.min() ?? 0
    // Short numbers are better read as they were written.
    guard units.contains(where: { ($0?.magnitude ?? 0) > 1 << 53 }) || isShifted else {
      return values
    }
    let scale = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
    return units.map { $0.map { Double($0 - least) / scale } }
  }

  /// The same series without the values of some slots (0-based).
  func without(_ slots: Set<Int>) -> OutcomeSeries {
    OutcomeSeries(
      name: name, values: values.enumerated().map { slots.contains($0.offset) ? nil : $0.element },
      units: units?.enumerated().map { slots.contains($0.offset) ? nil : $0.element },
      decimals: decimals, isShifted: isShifted)
  }

  private init(
    name: String, values: [Double?], units: [Int64?]?, decimals: Int, isShifted: Bool
  ) {
    self.name = name
    self.values = values
    self.units = units
    self.decimals = decimals
    self.isShifted = isShifted
  }
}

/// A decimal number as written in a file: digits, an optional point, an optional exponent.
struct ExactDecimal: Hashable {
  /// The number times ten to the power of `decimals`; `nil` beyond 36 digits.
  let units: Int128?
  /// Digits after the point; 0 or more.
  let decimals: Int
  /// The nearest floating-point number.
  let value: Double

  /// The sizes that are taken, zero aside: of these, sums of squares are finite and not zero.
  static let sizes = 1e-50...1e50

  /// Parses `-12.5`, `3`, `.5`, `1e-3`; `nil` for anything else, infinities, NaN and sizes outside of
  /// ``sizes`` included.
  init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    let negative = rest.first == UInt8(ascii: "-")
    if negative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    var exponent = 0
    if let mark = rest.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) {
      guard let power = Int(String(decoding: rest[(mark + 1)...], as: UTF8.self)),
        (-300...300).contains(power)
      else { return nil }
      exponent = power
      rest = rest[..<mark]
    }
    let parts = rest.split(
      separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = parts.count == 2 ? parts[1] : []
    var digits = Array(parts[0]) + Array(fraction)
    guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }),
      let value = Double(text), value == 0 || Self.sizes.contains(value.magnitude)
    else { return nil }
    var decimals = fraction.count - exponent
    while decimals > 0, digits.count > 1, digits.last == 0x30 {
      digits.removeLast()
      decimals -= 1
    }
    if decimals < 0 {
      digits += Array(repeating: 0x30, count: min(-decimals, 320))
      decimals = 0
    }
    let sign = negative ? "-" : ""
    // Two digits fewer than 128 bits hold, so that differences fit as well.
    units = digits.count > 36 ? nil : Int128(sign + String(decoding: digits, as: UTF8.self))
    self.decimals = decimals
    self.value = value == 0 ? 0 : value
  }

  /// A whole number of units of ten to the power of minus `decimals`.
  init(units: Int, decimals: Int, value: Double) {
    self.units = Int128(units)
    self.decimals = decimals
    self.value = value
  }

  /// The units for at least as many decimals; `nil` beyond 36 digits.
  func scaled(to scale: Int) -> Int128? {
    guard var units, scale - decimals <= 36 else { return nil }
    let most: UInt128 = 1_000_000_000_000_000_000 * 1_000_000_000_000_000_000
    for _ in decimals..<max(decimals, scale) {
      guard units.magnitude < most / 10 else { return nil }
      units *= 10
    }
    return units.magnitude < most ? units : nil
  }
}
