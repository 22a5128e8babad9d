import OpenSSLCrypto

/// Who can open the seal.
///
/// The report prints which custody was used and what it cannot prevent
/// (Documentation/Design/blind.md). Wherever the key is not one person's own, a key is made for the
/// trial and locked away; seal.md, section 5, says how.
public enum Custody: Sendable, CustomStringConvertible, CustomReflectable {
  /// A passphrase that the participant chose: stops accidents and other people, not the participant.
  ///
  /// `workFactor` is the scrypt cost, log2 N; 18 takes about a second.
  case passphrase([UInt8], workFactor: Int = 18)
  /// A helper's or clinician's public key: stops the participant, not collusion.
  case recipient(AgeRecipient)
  /// A random passphrase that is printed once and sealed in a paper envelope: stops impulse.
  case envelope(PaperPassphrase, workFactor: Int = 18)
  /// Any `needed` of several helpers together.
  case threshold(HelperThreshold)
  /// A puzzle of so many seconds on a machine of so many squarings a second: stops impulse.
  case timelock(seconds: Int, rate: Int)

  /// The kinds of custody, by their names in the manifest.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// The participant's passphrase.
    case own = "self"
    /// Another person's key.
    case helper
    /// A passphrase on paper.
    case envelope
    /// Any k of n helpers.
    case threshold
    /// A puzzle that takes hours.
    case timelock
  }

  /// Which kind it is.
  public var kind: Kind {
    switch self {
    case .passphrase: .own
    case .recipient: .helper
    case .envelope: .envelope
    case .threshold: .threshold
    case .timelock: .timelock
    }
  }

  /// The name in the manifest.
  public var name: String { kind.rawValue }

  /// The name; never the passphrase.
  public var description: String { name }
  /// The name; never the passphrase.
  public var customMirror: Mirror { Mirror(self, children: ["custody": name]) }
}

/// A second key, so that a lost one loses no trial; it opens the share and every envelope by itself.
public enum SecondKey: Sendable, Equatable {
  /// There is none: when the custodian's key is lost, so is the trial.
  case none
  /// A clinician's public key, for an emergency too.
  case clinician(AgeRecipient)
  /// The public half of a key that was printed on a page.
  case page(AgeRecipient)

  /// The kinds, by their names in the commitment.
  public enum Kind: String, Sendable, Codable {
    /// No second key.
    case none
    /// A clinician's.
    case clinician
    /// On paper.
    case page
  }

  /// Which kind it is.
  public var kind: Kind {
    switch self {
    case .none: .none
    case .clinician: .clinician
    case .page: .page
    }
  }

  /// The public key, where there is one.
  public var recipient: AgeRecipient? {
    switch self {
    case .none: nil
    case .clinician(let recipient), .page(let recipient): recipient
    }
  }
}
