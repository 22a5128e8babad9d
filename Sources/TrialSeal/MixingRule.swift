public import BlindRecord
import OpenSSLCrypto

/// Which public value takes part in the draw, fixed before anybody can know the value.
///
/// The share alone could be drawn until the schedule is liked; a value that comes later, and from
/// elsewhere, cannot (seal.md, section 2).
public enum MixingRule: Hashable, Sendable {
  /// No value: re-drawing is not excluded.
  case none
  /// Any text that a witness says after they have seen the commitment.
  case string
  /// The first pulse at or after a time of the NIST randomness beacon whose certificate is named.
  case beacon(notBefore: Moment, certificate: String)

  /// The name in the manifest.
  public var name: String {
    switch self {
    case .none: "none"
    case .string: "string"
    case .beacon: "beacon"
    }
  }
}

extension MixingRule: Codable {
  private struct Stored: Codable {
    let rule: String
    var certificate: String?
    var notBefore: Moment?
  }

  /// Reads `{"rule": …}` and what belongs to the rule.
  public init(from decoder: any Decoder) throws {
    let stored = try Stored(from: decoder)
    switch (stored.rule, stored.notBefore, stored.certificate) {
    case ("none", nil, nil): self = .none
    case ("string", nil, nil): self = .string
    case ("beacon", let notBefore?, let certificate?):
      guard Hex.decode(certificate)?.count == 64 else {
        throw FormatError(
          "mixing rule", found: "a certificate that is not 64 bytes in hex",
          expected: "the SHA-512 of the beacon's certificate")
      }
      self = .beacon(notBefore: notBefore, certificate: certificate)
    default:
      throw FormatError(
        "mixing rule", found: "\"\(stored.rule.prefix(40))\"",
        expected: "none, string or beacon, with its own fields")
    }
  }

  /// Writes the same form.
  public func encode(to encoder: any Encoder) throws {
    var stored = Stored(rule: name)
    if case .beacon(let notBefore, let certificate) = self {
      stored.certificate = certificate
      stored.notBefore = notBefore
    }
    try stored.encode(to: encoder)
  }
}

/// A public value that takes part in a draw.
public enum PublicValue: Hashable, Sendable {
  /// None.
  case none
  /// A witness's text.
  case string(String)
  /// The 64 bytes of a beacon's pulse, already verified.
  case pulse([UInt8])

  /// The most characters of a text.
  public static let longestText = 200

  /// A text as a witness's value: blanks around it do not belong to it.
  ///
  /// - Throws: `FormatError` for an empty, a long, or a broken line.
  public init(text: String) throws(FormatError) {
    var value = Substring(text)
    while value.first?.isWhitespace == true { value.removeFirst() }
    while value.last?.isWhitespace == true { value.removeLast() }
    guard !value.isEmpty else {
      throw FormatError("the witness's value", found: "nothing", expected: "a text of theirs")
    }
    guard value.unicodeScalars.count <= PublicValue.longestText,
      !value.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
    else {
      throw FormatError(
        "the witness's value", found: "several lines or more than \(PublicValue.longestText) characters",
        expected: "one line of their choice")
    }
    self = .string(String(value))
  }

  /// The salt of the seed (seal.md, section 2).
  var salt: [UInt8] {
    switch self {
    case .none: []
    case .string(let text): Array(text.utf8)
    case .pulse(let bytes): bytes
    }
  }

  /// As it stands in the manifest: the text, or the pulse in hex; `nil` for none.
  var stored: String? {
    switch self {
    case .none: nil
    case .string(let text): text
    case .pulse(let bytes): Hex.encode(bytes)
    }
  }

  /// Reads what stands in the manifest, by the rule that was committed to.
  ///
  /// - Returns: `nil` when the rule takes no such value.
  init?(stored: String?, rule: MixingRule) {
    switch (rule, stored) {
    case (.none, nil): self = .none
    case (.string, let text?):
      guard let value = try? PublicValue(text: text), case .string(text) = value else { return nil }
      self = value
    case (.beacon, let hex?):
      guard let bytes = Hex.decode(hex), bytes.count == 64 else { return nil }
      self = .pulse(bytes)
    default: return nil
    }
  }

  /// Whether the value is one of the rule's kind.
  func fits(_ rule: MixingRule) -> Bool {
    switch (self, rule) {
    case (.none, .none), (.string, .string), (.pulse, .beacon): true
    default: false
    }
  }
}
