/// How numbers stand in sentences, tables and figures; the full value is in the JSON.
package enum ShownNumber {
  /// A number rounded to so many significant digits, without an exponent, with a true minus sign.
  ///
  /// Whole parts are never rounded away: 12345.6 is 12346 with three digits.
  package static func text(_ value: Double, digits: Int = 3) -> String {
    guard value.isFinite else { return value.isNaN ? "–" : value < 0 ? "−∞" : "∞" }
    var decimals = digits - 1
    var size = value.magnitude
    while size >= 10 {
      size /= 10
      decimals -= 1
    }
    while size < 1, size > 0, decimals < 12 {
      size *= 10
      decimals += 1
    }
    return fixed(value, decimals: max(0, decimals), trim: true)
  }

  /// A number with so many digits after the point.
  package static func fixed(_ value: Double, decimals: Int, trim: Bool = false) -> String {
    guard value.isFinite, value.magnitude < 1e15 else { return "\(value)" }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (value.magnitude * scale).rounded()
    guard scaled < 9e18 else { return "\(value)" }
    let units = UInt64(scaled)
    var digits = String(units)
    digits = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
    var whole = String(digits.dropLast(decimals))
    var fraction = String(digits.suffix(decimals))
    while trim, fraction.last == "0" { fraction.removeLast() }
    if !fraction.isEmpty { whole += "." + fraction }
    return (value < 0 && units > 0 ? "−" : "") + whole
  }

  /// A p-value: two significant digits, never 0, and 1 only where it is 1.
  package static func p(_ value: Double) -> String {
    if value < 1e-6 { return "less than 0.000001" }
    guard value > 0.99, value < 1 else { return text(value, digits: 2) }
    let shown = fixed(value, decimals: 4, trim: true)
    return shown == "1" ? "more than 0.9999" : shown
  }

  /// A share as percent.
  package static func percent(_ share: Double) -> String { text(share * 100, digits: 3) + " %" }

  /// A probability as percent, never rounded to certainty.
  package static func chance(_ value: Double) -> String {
    if value > 0.999 { return "more than 99.9 %" }
    return value < 0.001 ? "less than 0.1 %" : percent(value)
  }

  /// A count such as 126410606437752 with thin spaces between groups of three; one with more than 24 digits
  /// as "about 3.17 · 10⁶⁸", which a line can hold.
  package static func count(_ digits: String) -> String {
    guard digits.utf8.count > 4 else { return digits }
    if digits.utf8.count > 24, let leading = Double(digits.prefix(15)) {
      let raised = String(digits.utf8.count - 1).map { digit -> Character in
        digit.wholeNumberValue.map { Array("⁰¹²³⁴⁵⁶⁷⁸⁹")[$0] } ?? digit
      }
      return "about \(text(leading / 1e14)) · 10\(String(raised))"
    }
    var shown = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.utf8.count - place) % 3 == 0 { shown += "\u{202F}" }
      shown.append(digit)
    }
    return shown
  }
}
