/// A table as CSV: UTF-8, one header, lines ended by a line feed, cells quoted where they must be.
///
/// Written after RFC 4180 but for the line feed. A cell that begins like a formula of a spreadsheet is
/// left as it is: the file is data, and its numbers must stay numbers.
package struct CSVText {
  /// What was written so far.
  package private(set) var text: String

  /// A table with its header.
  package init(_ header: [String]) {
    text = CSVText.line(header)
  }

  /// Adds one row.
  package mutating func add(_ cells: [String]) { text += CSVText.line(cells) }

  private static func line(_ cells: [String]) -> String {
    cells.map(quoted).joined(separator: ",") + "\n"
  }

  private static func quoted(_ cell: String) -> String {
    let mustBe = cell.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
    guard mustBe else { return cell }
    // By scalars: a quotation mark with a combining mark behind it is one character, and still a quote.
    var quoted = "\""
    for scalar in cell.unicodeScalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }

  /// A number with every digit; empty for none.
  package static func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }

  /// 1 or 0.
  package static func flag(_ value: Bool) -> String { value ? "1" : "0" }
}
