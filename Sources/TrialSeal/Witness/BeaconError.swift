public import BlindRecord

/// Why a file is not the beacon's pulse that was asked for.
public enum BeaconError: Refusal, Equatable {
  /// The file is no pulse; with what was found.
  case unreadable(String)
  /// A field that cannot be what it should.
  case field(String, expected: String)
  /// A pulse of another version of the beacon's format.
  case version(String)
  /// A pulse signed by other algorithms than RSA with SHA-512.
  case cipherSuite(UInt32)
  /// The certificate cannot serve; with what was found.
  case certificate(String)
  /// The certificate is another one than the pulse names, by its SHA-512.
  case otherCertificate(named: String)
  /// The signature does not fit the fields: one of them, or the signature, was changed.
  case signature
  /// The fields are signed, and the value is not theirs.
  case outputValue
  /// A genuine pulse that the rule does not name.
  case notByRule(found: String, expected: String)
  /// A text that is no rule.
  case unreadableRule(String)

  /// The sentence.
  public var message: String {
    switch self {
    case .unreadable(let found):
      "beacon pulse: found \(found), expected the JSON of one pulse as the beacon serves it"
    case .field(let name, let expected):
      "beacon pulse: found a \(name) that cannot be one, expected \(expected)"
    case .version(let found):
      "beacon pulse: found the version \"\(found)\", expected \"\(BeaconFields.version)\""
    case .cipherSuite(let found):
      "beacon pulse: found the cipher suite \(found), expected 0: RSA with SHA-512"
    case .certificate(let found):
      "beacon certificate: found \(found), expected one certificate with an RSA key of 4096 bits"
    case .otherCertificate(let named):
      "beacon certificate: found another one than the pulse names, "
        + "expected that with the SHA-512 \(named.prefix(16))…"
    case .signature:
      "beacon pulse: found a signature that does not fit its fields, expected a pulse unchanged"
    case .outputValue:
      "beacon pulse: found a value that does not follow from the signed fields, "
        + "expected the SHA-512 of them and the signature"
    case .notByRule(let found, let expected):
      "beacon pulse: found \(found), expected \(expected)"
    case .unreadableRule(let found):
      "beacon rule: found \"\(found)\", expected \"\(BeaconRule.example)\""
    }
  }

  /// What to do.
  public var hint: String? {
    switch self {
    case .unreadable, .field, .signature, .outputValue:
      "fetch the pulse again, from the beacon itself"
    case .version, .cipherSuite: "this program knows version 2.0 of the NIST beacon only"
    case .certificate, .otherCertificate:
      "fetch it from the beacon, at beacon/2.0/certificate/ followed by the pulse's certificateId"
    case .notByRule: "the rule was fixed before the draw; fetch the pulse that it names"
    case .unreadableRule: nil
    }
  }
}
