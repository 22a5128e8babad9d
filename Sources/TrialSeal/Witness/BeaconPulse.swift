import FoundationEssentials
import OpenSSLCrypto

/// A pulse of the NIST randomness beacon, version 2.0, whose signature was verified.
///
/// A public value that nobody could know before its time: mixed into a seed after the share was
/// committed to, it makes drawing again in secret useless. What is in a value of this type was
/// signed; the addresses of earlier pulses, which the beacon does not sign, are not.
///
/// Source: NISTIR 8213 (draft, 2019), section 4; Documentation/Specifications/witness.md, section 5.
public struct BeaconPulse: Hashable, Sendable {
  /// The earlier pulses that a pulse names, in the order in which they are signed.
  public enum Earlier: String, CaseIterable, Hashable, Sendable {
    /// The pulse before, and the first of its hour, day, month and year.
    case previous, hour, day, month, year
  }

  /// The beacon's own address of the pulse.
  public let uri: String
  /// The chain that the pulse belongs to.
  public let chainIndex: UInt64
  /// The pulse's place in its chain.
  public let pulseIndex: UInt64
  /// When it was released, in milliseconds since 1970-01-01T00:00:00Z.
  public let milliseconds: Int
  /// The time between two pulses, in milliseconds.
  public let period: Int
  /// The beacon's word on itself: 0 is normal, 1 the first pulse of a chain, 2 one after a gap.
  public let status: UInt32
  /// The beacon's own random bytes in this pulse: 64.
  public let localRandomValue: [UInt8]
  /// What the local random bytes of the next pulse hash to: 64 bytes.
  public let precommitment: [UInt8]
  /// The values of the earlier pulses, 64 bytes each.
  public let earlierValues: [Earlier: [UInt8]]
  /// SHA-512 of the certificate's DER bytes, in lower-case hex: what a rule pins.
  public let certificateID: String
  /// The pulse's value: 64 bytes, SHA-512 over all that was signed and the signature.
  public let value: [UInt8]

  /// Reads a pulse as the beacon serves it, and verifies it.
  ///
  /// The certificate is believed for its digest alone, which a rule pins beforehand; no chain to a
  /// root authority is followed, and its dates are not asked.
  ///
  /// - Parameters:
  ///   - json: the bytes of `…/chain/C/pulse/N` or of `…/pulse/time/…`.
  ///   - certificate: the certificate that the pulse names, PEM or DER.
  /// - Throws: `BeaconError`: what cannot be read, or does not belong together.
  public init(json: [UInt8], certificate: [UInt8]) throws(BeaconError) {
    let fields = try BeaconFields(json: json)
    let key = try BeaconPulse.certificate(certificate)
    guard sha512(key.der) == fields.certificateID else {
      throw .otherCertificate(named: Hex.encode(fields.certificateID))
    }
    let message = fields.signedBytes
    guard key.verifiesRSASHA512(message, fields.signature) else { throw .signature }
    guard sha512(message + fields.signature) == fields.outputValue else { throw .outputValue }
    uri = fields.uri
    chainIndex = fields.chainIndex
    pulseIndex = fields.pulseIndex
    milliseconds = fields.milliseconds
    period = Int(fields.period)
    status = fields.status
    localRandomValue = fields.localRandomValue
    precommitment = fields.precommitment
    earlierValues = fields.earlierValues
    certificateID = Hex.encode(fields.certificateID)
    value = fields.outputValue
  }

  /// The one certificate of a file, if it can be a beacon's: an RSA key of at least 4096 bits.
  ///
  /// - Throws: `BeaconError.certificate`.
  static func certificate(_ bytes: [UInt8]) throws(BeaconError) -> Certificate {
    let found = (try? Certificate.readAll(bytes)) ?? []
    guard found.count == 1, let key = found.first else {
      throw .certificate("\(found.isEmpty ? "none" : "\(found.count)") in the file")
    }
    guard let bits = key.rsaKeyBits, bits >= 4096 else { throw .certificate("a weaker key") }
    return key
  }

  /// The value of the one pulse that a rule names.
  ///
  /// - Throws: `BeaconError`, also for a genuine pulse that is not the rule's.
  public static func value(
    json: [UInt8], certificate: [UInt8], rule: BeaconRule
  ) throws(BeaconError) -> [UInt8] {
    let pulse = try BeaconPulse(json: json, certificate: certificate)
    try rule.check(pulse)
    return pulse.value
  }
}
