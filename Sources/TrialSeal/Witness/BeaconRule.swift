import BlindRecord
import OpenSSLCrypto

/// Which pulse will be mixed in, said before anybody can know it: the first at or after an instant.
///
/// ```
/// nist-beacon 2.0 chain 2 at 2031-03-03T00:00:00Z certificate 5501e3d7…
/// ```
///
/// A rule names an instant and not an index, so that no later pulse can be chosen; chain and
/// certificate are part of it, because one beacon may run several chains, and other beacons write
/// the same format.
public struct BeaconRule: Hashable, Sendable {
  static let example = "nist-beacon 2.0 chain C at YYYY-MM-DDTHH:MM:SSZ certificate SHA-512"

  /// The seconds of the years 1 to 9999.
  private static let years = -62_135_596_800...253_402_300_799

  /// The chain of the beacon.
  public let chainIndex: UInt64
  /// The instant, in seconds since 1970-01-01T00:00:00Z.
  public let seconds: Int
  /// SHA-512 of the DER bytes of the beacon's certificate, in lower-case hex.
  public let certificateID: String

  /// Makes a rule.
  ///
  /// - Parameters:
  ///   - seconds: of the years 1 to 9999.
  ///   - certificateID: 128 lower-case hex digits.
  /// - Throws: `BeaconError.unreadableRule`.
  public init(
    chainIndex: UInt64, seconds: Int, certificateID: String
  ) throws(BeaconError) {
    guard BeaconRule.years.contains(seconds) else {
      throw .unreadableRule("an instant outside the years 1 to 9999")
    }
    guard Hex.decode(certificateID)?.count == 64 else {
      throw .unreadableRule("the certificate \(certificateID.prefix(40))")
    }
    self.chainIndex = chainIndex
    self.seconds = seconds
    self.certificateID = certificateID
  }

  /// Reads what ``text`` wrote, in that one spelling.
  ///
  /// - Throws: `BeaconError.unreadableRule`.
  public init(_ text: String) throws(BeaconError) {
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard words.count == 8, let chain = UInt64(words[3]),
      let seconds = Moment.parse(words[5])?.seconds,
      let rule = try? BeaconRule(
        chainIndex: chain, seconds: seconds, certificateID: words[7]),
      rule.text.utf8.elementsEqual(text.utf8)
    else { throw .unreadableRule(String(text.prefix(100))) }
    self = rule
  }

  /// The rule in one line, the form in which it is committed to.
  public var text: String {
    "nist-beacon 2.0 chain \(chainIndex) at \(instant) certificate \(certificateID)"
  }

  /// Refuses a pulse that is not the first of the rule's chain at or after the rule's instant.
  ///
  /// It is the first exactly when its time stamp is not before the instant and the one a period
  /// earlier would be. After a gap in the chain no pulse is, and the rule cannot be met: one pulse
  /// does not show that there was none before it.
  ///
  /// - Throws: `BeaconError.notByRule`.
  public func check(_ pulse: BeaconPulse) throws(BeaconError) {
    guard pulse.certificateID == certificateID else {
      throw .notByRule(
        found: "a pulse under the certificate \(pulse.certificateID.prefix(16))…",
        expected: "the certificate \(certificateID.prefix(16))… of the rule")
    }
    guard pulse.chainIndex == chainIndex else {
      throw .notByRule(
        found: "a pulse of chain \(pulse.chainIndex)", expected: "chain \(chainIndex)")
    }
    let earliest = seconds * 1000
    guard pulse.milliseconds >= earliest else {
      throw .notByRule(
        found: "the pulse of \(BeaconRule.instant(pulse.milliseconds))",
        expected: "one at or after \(instant)")
    }
    guard pulse.milliseconds - pulse.period < earliest else {
      throw .notByRule(
        found: "the pulse of \(BeaconRule.instant(pulse.milliseconds))",
        expected: "the first one at or after \(instant)")
    }
  }

  private var instant: String { Moment(seconds: seconds, zone: "UTC", offset: 0).utc }

  private static func instant(_ milliseconds: Int) -> String {
    let seconds = milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000
    return Moment(seconds: seconds, zone: "UTC", offset: 0).utc
  }
}
