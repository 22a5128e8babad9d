/// Who can open the seal.
///
/// The report prints which custody was used and what it cannot prevent
/// (Documentation/Design/blind.md).
public enum Custody: Sendable, CustomStringConvertible, CustomReflectable {
  /// A passphrase that the participant chose: stops accidents and other people, not the participant.
  ///
  /// `workFactor` is the scrypt cost, log2 N; 18 takes about a second.
  case passphrase([UInt8], workFactor: Int = 18)
  /// A helper's or clinician's public key: stops the participant, not collusion.
  case recipient(AgeRecipient)

  /// The name in the manifest: `self` or `helper`.
  public var name: String {
    switch self {
    case .passphrase: "self"
    case .recipient: "helper"
    }
  }

  /// The name; never the passphrase.
  public var description: String { name }
  /// The name; never the passphrase.
  public var customMirror: Mirror { Mirror(self, children: ["custody": name]) }
}
