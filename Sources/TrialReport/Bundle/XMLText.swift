/// Writes XML element by element, indented by two spaces; what is opened is closed.
struct XMLText {
  private(set) var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  private var names: [String] = []

  /// Opens an element.
  mutating func open(_ name: String, _ attributes: [(String, String)] = []) {
    text += indent + "<\(name)\(XMLText.written(attributes))>\n"
    names.append(name)
  }

  /// Closes the element that was opened last.
  mutating func close() {
    guard let name = names.popLast() else { return }
    text += indent + "</\(name)>\n"
  }

  /// An element without children, with a text or without.
  mutating func leaf(
    _ name: String, _ attributes: [(String, String)] = [], text content: String? = nil
  ) {
    let start = indent + "<\(name)\(XMLText.written(attributes))"
    text += content.map { "\(start)>\(XMLText.safe($0))</\(name)>\n" } ?? "\(start)/>\n"
  }

  /// A text in English, as ODM wraps it.
  mutating func translated(_ content: String) {
    leaf("TranslatedText", [("xml:lang", "en")], text: content)
  }

  private var indent: String { String(repeating: "  ", count: names.count) }

  private static func written(_ attributes: [(String, String)]) -> String {
    attributes.map { " \($0.0)=\"\(safe($0.1))\"" }.joined()
  }

  /// Escaped, with what XML 1.0 cannot hold replaced; a line end stays one, also in an attribute.
  private static func safe(_ text: String) -> String {
    var safe = ""
    for scalar in escaped(text).unicodeScalars {
      switch scalar.value {
      case 0x0A: safe += "&#10;"
      case 0x0D: safe += "&#13;"
      case 0x09: safe += "&#9;"
      case 0xFFFE, 0xFFFF: safe += "\u{FFFD}"
      default: safe.unicodeScalars.append(scalar)
      }
    }
    return safe
  }
}
