/// Who holds a key of the seal, as a rehearsal names them; it says nothing of the allocation.
public struct KeyHolder: Hashable, Sendable, CustomStringConvertible {
  /// The name: `passphrase`, `envelope`, `helper`, `helper-1` to `helper-5`, `clinician` or
  /// `recovery-page`.
  public let name: String

  /// Every name there can be.
  public static let names =
    ["passphrase", "envelope", "helper", "clinician", "recovery-page"]
    + (1...5).map { "helper-\($0)" }

  /// - Returns: `nil` for a name that is none of them.
  public init?(_ name: String) {
    guard KeyHolder.names.contains(name) else { return nil }
    self.name = name
  }

  /// The name.
  public var description: String { name }
}

extension KeyHolder: Codable {
  /// Reads the name.
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let holder = KeyHolder(text) else {
      throw FormatError(
        "key", found: "the holder \"\(text.prefix(40))\"",
        expected: "one of \(KeyHolder.names.joined(separator: ", "))")
    }
    self = holder
  }

  /// Writes the name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}
