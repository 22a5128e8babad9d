import CQREncode

/// The squares of a QR code (ISO/IEC 18004), made by libqrencode.
package struct QRMatrix: Hashable, Sendable {
  /// White squares that belong on every side of the code, for a scanner to find it.
  package static let quietZone = 4

  /// The number of squares in a row, without the quiet zone: 21, 25, 29 and so on.
  package let width: Int
  /// Row by row, whether a square is black; `width * width` of them.
  package let squares: [Bool]

  /// Encodes a text at error correction level M, or better where it costs no larger code.
  ///
  /// Capital letters, digits and the signs `$ % * + - . / :` and blank take the least room: 20 of them
  /// fit into the smallest code.
  ///
  /// - Throws: `LabelError.notEncodable` for an empty text, one with a NUL and one over 2 kB.
  package init(_ text: String) throws(LabelError) {
    guard !text.isEmpty, text.utf8.count <= 2_000, !text.utf8.contains(0) else {
      throw .notEncodable(length: text.utf8.count)
    }
    var best: QRMatrix?
    for level in [QR_ECLEVEL_M, QR_ECLEVEL_Q, QR_ECLEVEL_H] {
      guard let made = QRMatrix(text, level: level) else { break }
      if let smaller = best, smaller.width < made.width { break }
      best = made
    }
    guard let best else { throw .notEncodable(length: text.utf8.count) }
    self = best
  }

  private init?(_ text: String, level: QRecLevel) {
    guard let code = QRcode_encodeString(text, 0, level, QR_MODE_8, 1) else { return nil }
    defer { QRcode_free(code) }
    let width = Int(code.pointee.width)
    guard let data = code.pointee.data, width > 0 else { return nil }
    self.width = width
    // The lowest bit is the colour; the others say what a square is for.
    squares = UnsafeBufferPointer(start: data, count: width * width).map { $0 & 1 == 1 }
  }

  /// Whether the square of a row and column is black.
  ///
  /// - Precondition: both in `0..<width`.
  package subscript(row: Int, column: Int) -> Bool { squares[row * width + column] }

  /// The code as an SVG path in units of one square, from the corner of its quiet zone: one closed
  /// rectangle for each run of black squares in a row.
  package var path: String {
    var path = ""
    for row in 0..<width {
      var column = 0
      while column < width {
        guard self[row, column] else {
          column += 1
          continue
        }
        let start = column
        while column < width, self[row, column] { column += 1 }
        let left = start + QRMatrix.quietZone
        path += "M\(left) \(row + QRMatrix.quietZone)h\(column - start)v1H\(left)z"
      }
    }
    return path
  }

  /// The code as an inline SVG image that fills its box, quiet zone included.
  ///
  /// It has no name for a screen reader: the text beside it says the same.
  package var svg: String {
    let side = width + 2 * QRMatrix.quietZone
    return "<svg viewBox=\"0 0 \(side) \(side)\" shape-rendering=\"crispEdges\" "
      + "aria-hidden=\"true\"><path d=\"\(path)\"/></svg>"
  }
}
