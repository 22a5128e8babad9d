public import BlindRecord
import OpenSSLCrypto

/// A decoy for each key of a seal: opened before the first dose, it proves that the key is not lost.
///
/// A decoy is sealed to the key that share and envelopes are sealed to, as `commitment.json` names it,
/// and holds a code that its holder reads out. It tells nothing of the trial (seal.md, section 11).
extension CommittedSeal {
  /// Whose keys can be rehearsed; a time lock cannot, for want of time.
  public var holders: [KeyHolder] {
    let terms = commitment.custody
    let first: [String] =
      switch terms.kind {
      case .own: ["passphrase"]
      case .envelope: ["envelope"]
      case .helper: ["helper"]
      case .threshold: (1...(terms.helpers?.count ?? 1)).map { "helper-\($0)" }
      case .timelock: []
      }
    let second: [String] =
      switch terms.second {
      case .none: []
      case .clinician: ["clinician"]
      case .page: ["recovery-page"]
      }
    return (first + second).compactMap { KeyHolder($0) }
  }

  /// The public key of a holder.
  private func recipient(of holder: KeyHolder) throws -> AgeRecipient {
    let keys = try recipients
    if holder.name.hasPrefix("helper-"), let number = Int(holder.name.dropFirst(7)),
      let helpers = commitment.threshold?.helpers, helpers.indices.contains(number - 1)
    {
      return helpers[number - 1]
    }
    let isSecond = ["clinician", "recovery-page"].contains(holder.name)
    guard holders.contains(holder), let key = isSecond ? keys.last : keys.first else {
      throw SealError.notAHolder(holder.name)
    }
    return key
  }

  /// The code that a holder's decoy gives, the same at every call.
  ///
  /// - Parameter seed: the seed of the recorder's key, which only this folder has.
  public func rehearsalCode(of holder: KeyHolder, seed: [UInt8]) throws -> KitCode {
    var bytes = try hkdfSHA256(
      ikm: seed,
      info: Array("selfblind/rehearsal/v1\0\(commitment.trial) \(holder.name)".utf8))
    defer { wipe(&bytes) }
    return KitCode(values: bytes.prefix(KitCode.length).map { Int($0) % 31 })
  }

  /// The decoy of a holder, as an armored age file.
  public func decoy(for holder: KeyHolder, code: KitCode) throws -> [UInt8] {
    let lines = [
      "selfblind/rehearsal/v1", "trial \(commitment.trial)", "key \(holder)", "code \(code)",
    ]
    return try AgeFile.encrypt(
      Array((lines.joined(separator: "\n") + "\n").utf8), to: [recipient(of: holder)],
      armored: true)
  }

  /// The code in a decoy that this program opens itself, with a passphrase or an identity at hand.
  ///
  /// - Returns: `nil` when the key does not open it.
  public func openDecoy(_ decoy: [UInt8], with identity: AgeIdentity) -> KitCode? {
    guard let bytes = try? AgeFile.decrypt(decoy, with: [identity]) else { return nil }
    let last = String(decoding: bytes, as: UTF8.self).split(separator: "\n").last ?? ""
    return last.hasPrefix("code ") ? KitCode(String(last.dropFirst(5))) : nil
  }

  /// Whose key an identity is, if it is one that a rehearsal names.
  public func holder(of identity: AgeIdentity) -> KeyHolder? {
    holders.first { (try? recipient(of: $0)) == identity.recipient }
  }
}

extension OpenedKey {
  /// Whether the key opens a decoy with that code.
  public func opens(_ decoy: [UInt8], of seal: CommittedSeal, code: KitCode) -> Bool {
    guard case .identity(let identity) = content else { return false }
    return seal.openDecoy(decoy, with: identity) == code
  }
}

extension CommittedSeal {
  /// Whether an identity is the one that share and envelopes are sealed to.
  public func fits(_ identity: AgeIdentity) -> Bool {
    commitment.custody.recipients.contains(identity.recipient.text)
  }
}
