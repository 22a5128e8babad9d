import TrialKits

/// A QR code on the terminal, for a phone's camera.
enum TerminalQR {
  /// Two rows of squares in each line.
  ///
  /// - Returns: `nil` for a text that no code can hold.
  static func text(_ content: String) -> String? {
    guard let matrix = try? QRMatrix(content) else { return nil }
    let edge = 2
    func isDark(_ row: Int, _ column: Int) -> Bool {
      guard (0..<matrix.width).contains(row), (0..<matrix.width).contains(column) else {
        return false
      }
      return matrix[row, column]
    }
    // Black on white whatever the terminal's colours are.
    let lines = stride(from: -edge, to: matrix.width + edge, by: 2).map { row in
      let squares = (-edge..<matrix.width + edge).map { column in
        switch (isDark(row, column), isDark(row + 1, column)) {
        case (true, true): "█"
        case (true, false): "▀"
        case (false, true): "▄"
        case (false, false): " "
        }
      }
      return "\u{1B}[30;107m" + squares.joined() + "\u{1B}[0m"
    }
    return lines.joined(separator: "\n")
  }
}
