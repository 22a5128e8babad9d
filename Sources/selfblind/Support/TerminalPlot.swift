import TrialAnalysis

/// Power against days in characters: one letter for each kind of design.
struct TerminalPlot {
  private static let (width, height) = (60, 11)
  private let comparison: DesignComparison

  init(_ comparison: DesignComparison) { self.comparison = comparison }

  /// The letter of a line.
  static func letter(_ place: Int) -> Character {
    Character(UnicodeScalar(UInt8(ascii: "a") + UInt8(place % 26)))
  }

  /// The lines of the picture, the legend not among them.
  var lines: [String] {
    let days = comparison.lines.flatMap(\.points).map(\.days)
    guard let longest = days.max() else { return [] }
    let (width, height) = (TerminalPlot.width, TerminalPlot.height)
    var rows = Array(
      repeating: Array(repeating: Character(" "), count: width + 1), count: height)
    func row(_ power: Double) -> Int { height - 1 - Int((power * Double(height - 1)).rounded()) }
    for column in stride(from: 0, through: width, by: 2) {
      rows[row(comparison.target.power)][column] = "-"
    }
    for (place, line) in comparison.lines.enumerated() {
      for point in line.points {
        guard let power = point.power.value else { continue }
        let column = point.days * width / max(1, longest)
        let here = rows[row(power)][column]
        rows[row(power)][column] = here == " " || here == "-" ? TerminalPlot.letter(place) : "*"
      }
    }
    let drawn = rows.enumerated().map { number, row -> String in
      let percent = "\(100 - number * 100 / (height - 1)) %"
      return String(repeating: " ", count: 6 - percent.count) + percent + " |"
        + String(row).trimmingSuffix(while: { $0 == " " })
    }
    let axis = "       +" + String(repeating: "-", count: width)
    let label = "        0" + String(repeating: " ", count: width - 10) + "\(longest) days"
    return ["power"] + drawn + [axis, label]
  }
}

extension String {
  /// The text without its last characters as long as they are of a kind.
  fileprivate func trimmingSuffix(while isOf: (Character) -> Bool) -> String {
    var rest = self[...]
    while let last = rest.last, isOf(last) { rest.removeLast() }
    return String(rest)
  }
}
