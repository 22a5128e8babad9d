/// What tells one filled-in form from every other, so that a form that is sent twice is recorded once.
///
/// Made with the form, kept in the entry: 32 hex digits in small letters, which say nothing.
public struct FormToken: Hashable, Sendable, CustomStringConvertible {
  /// The 32 hex digits.
  public let text: String

  /// - Returns: `nil` for anything but 32 hex digits in small letters.
  public init?(_ text: String) {
    guard text.utf8.count == 32,
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    self.text = text
  }

  /// The 32 hex digits.
  public var description: String { text }
}

extension FormToken: Codable {
  /// Reads the 32 hex digits.
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let token = FormToken(text) else {
      throw FormatError(
        "form", found: "\"\(text.prefix(40))\"", expected: "32 hex digits in small letters")
    }
    self = token
  }

  /// Writes the 32 hex digits.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
