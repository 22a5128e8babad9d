/// A piece of HTML; what is put into one as a text is escaped, always.
///
///     let name = "<b>"
///     let line: Markup = "<p>\(name)</p>"     // <p>&lt;b&gt;</p>
///
/// Only a literal in a source file and another `Markup` enter as they are, so a page cannot be made to
/// hold markup of a visitor's.
package struct Markup: Sendable, Hashable, ExpressibleByStringInterpolation {
  /// The HTML.
  package let html: String

  /// A literal of the source file.
  package init(stringLiteral value: String) { html = value }
  /// A literal with values in it.
  package init(stringInterpolation: Interpolation) { html = stringInterpolation.html }
  /// A text, escaped.
  package init(text: String) { html = Markup.escape(text) }

  /// How values enter a literal.
  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var html = ""

    /// Begins an empty piece.
    package init(literalCapacity: Int, interpolationCount: Int) {
      html.reserveCapacity(literalCapacity)
    }
    /// The source file's own text.
    package mutating func appendLiteral(_ literal: String) { html += literal }
    /// A text: escaped.
    package mutating func appendInterpolation(_ text: String) { html += Markup.escape(text) }
    /// A number.
    package mutating func appendInterpolation(_ number: Int) { html += String(number) }
    /// A piece: as it is.
    package mutating func appendInterpolation(_ piece: Markup) { html += piece.html }
    /// A piece, or nothing.
    package mutating func appendInterpolation(_ piece: Markup?) { html += piece?.html ?? "" }
    /// Pieces one after the other.
    package mutating func appendInterpolation(_ pieces: [Markup]) {
      for piece in pieces { html += piece.html }
    }
  }

  /// Byte by byte, so that no combining mark hides a sign from it.
  private static func escape(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): bytes += "&amp;".utf8
      case UInt8(ascii: "<"): bytes += "&lt;".utf8
      case UInt8(ascii: ">"): bytes += "&gt;".utf8
      case UInt8(ascii: "\""): bytes += "&quot;".utf8
      case UInt8(ascii: "'"): bytes += "&#39;".utf8
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
