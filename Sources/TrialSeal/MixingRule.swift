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
  /// The first pulse of a beacon at or after an instant.
  case beacon(BeaconRule)

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
    var beacon: String?
  }

  /// Reads `{"rule": …}`, and for a beacon its rule in one line.
  public init(from decoder: any Decoder) throws {
    let stored = try Stored(from: decoder)
    switch (stored.rule, stored.beacon) {
    case ("none", nil): self = .none
    case ("string", nil): self = .string
    case ("beacon", let line?): self = .beacon(try BeaconRule(line))
    default:
      throw FormatError(
        "mixing rule", found: "\"\(stored.rule.prefix(40))\"",
        expected: "none, string, or beacon with the beacon's rule")
    }
  }

  /// Writes the same form.
  public func encode(to encoder: any Encoder) throws {
    var stored = Stored(rule: name)
    if case .beacon(let rule) = self { stored.beacon = rule.text }
    try stored.encode(to: encoder)
  }
}

/// A public value that takes part in a draw.
public enum PublicValue: Hashable, Sendable {
  /// None.
  case none
  /// A witness's text.
  case string(String)
  /// A beacon's pulse, verified against the rule that was committed to.
  case pulse(BeaconEvidence)

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
    let scalars = value.unicodeScalars
    let fault: String? =
      if scalars.contains(where: { $0 == "\n" || $0 == "\r" }) {
        "several lines"
      } else if scalars.contains(where: isInvisible) {
        "a tab, another control character or one that reorders its neighbours in it"
      } else if scalars.count > PublicValue.longestText {
        "\(scalars.count) characters"
      } else {
        nil
      }
    if let fault {
      throw FormatError(
        "the witness's value", found: fault,
        expected: "one line of at most \(PublicValue.longestText) characters")
    }
    self = .string(String(value))
  }

  /// The salt of the seed (seal.md, section 2).
  var salt: [UInt8] {
    switch self {
    case .none: []
    case .string(let text): Array(text.utf8)
    case .pulse(let evidence): evidence.value
    }
  }

  /// As it stands in the manifest: the text, or the pulse in hex; `nil` for none.
  var stored: String? {
    switch self {
    case .none: nil
    case .string(let text): text
    case .pulse(let evidence): Hex.encode(evidence.value)
    }
  }

  /// Reads what stands in the manifest, by the rule that was committed to.
  ///
  /// - Parameter read: gives the bytes of a sealed file by its path.
  /// - Returns: `nil` when the rule takes no such value.
  /// - Throws: `SealError.missingFile`, `BeaconError`.
  init?(stored: String?, rule: MixingRule, read: (String) -> [UInt8]?) throws {
    switch (rule, stored) {
    case (.none, nil): self = .none
    case (.string, let text?):
      guard let value = try? PublicValue(text: text), value.salt == Array(text.utf8) else {
        return nil
      }
      self = value
    case (.beacon(let beacon), let hex?):
      guard let pulse = read(SealedTrial.Path.pulse) else {
        throw SealError.missingFile(SealedTrial.Path.pulse)
      }
      guard let certificate = read(SealedTrial.Path.beacon) else {
        throw SealError.missingFile(SealedTrial.Path.beacon)
      }
      let evidence = try BeaconEvidence(pulse: pulse, certificate: certificate, rule: beacon)
      guard Hex.encode(evidence.value) == hex else { return nil }
      self = .pulse(evidence)
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

/// A pulse that the rule of a commitment names, with the file that shows it.
public struct BeaconEvidence: Hashable, Sendable {
  /// The pulse as the beacon serves it.
  package let pulse: [UInt8]
  /// Its value: 64 bytes.
  let value: [UInt8]

  /// Verifies a pulse.
  ///
  /// - Throws: `BeaconError`, also for a genuine pulse that is not the rule's.
  public init(pulse: [UInt8], certificate: [UInt8], rule: BeaconRule) throws(BeaconError) {
    value = try BeaconPulse.value(json: pulse, certificate: certificate, rule: rule)
    self.pulse = pulse
  }
}

extension BeaconRule {
  /// The rule for the first pulse at or after an instant, under a certificate at hand.
  ///
  /// - Throws: `BeaconError.certificate`, `BeaconError.unreadableRule`.
  public init(chainIndex: UInt64, seconds: Int, certificate: [UInt8]) throws(BeaconError) {
    let key = try BeaconPulse.certificate(certificate)
    try self.init(
      chainIndex: chainIndex, seconds: seconds, certificateID: Hex.encode(sha512(key.der)))
  }
}
