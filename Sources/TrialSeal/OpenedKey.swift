import BlindRecord
import MerkleLog
import OpenSSLCrypto
import TrialDesign

/// A key that was tried on a trial's seal and fits; what opening anything demands.
///
/// It shows nothing of itself, and nothing of the allocation has been opened yet when one exists.
public struct OpenedKey: Sendable, CustomStringConvertible, CustomReflectable {
  enum Content: Sendable {
    case identity(AgeIdentity)
    case share(SecretBytes)
  }

  let trial: String
  let content: Content

  /// Says only which trial it fits.
  public var description: String { "OpenedKey(\(trial))" }
  /// Says only which trial it fits.
  public var customMirror: Mirror { Mirror(self, children: ["trial": trial]) }
}

extension CommittedSeal {
  /// Whether the seal's key lies under a passphrase.
  public var hasPassphrase: Bool { commitment.sealedFiles[SealedTrial.Path.key] != nil }

  /// Tries a passphrase on the seal (custody `self` and `envelope`).
  ///
  /// The one from an envelope is compared with its own check characters first; a wrong passphrase
  /// costs what a right one costs, about a second.
  ///
  /// - Throws: `SealError.otherCustody`, `SealError.wrongKey`, `PaperFault`.
  public func unlock(passphrase: [UInt8]) throws -> OpenedKey {
    guard hasPassphrase else { throw otherCustody }
    let file = try file(SealedTrial.Path.key)
    var typed = passphrase
    defer { wipe(&typed) }
    if commitment.custody.kind == .envelope {
      var paper = try PaperPassphrase(typed: passphrase)
      defer { paper.clear() }
      typed = paper.bytes
    }
    let identity: AgeIdentity
    do {
      var secret = try AgeFile.decrypt(file, passphrase: typed)
      defer { wipe(&secret) }
      identity = try AgeIdentity(file: secret)
    } catch {
      guard error == .wrongPassphrase else { throw error }
      throw wrongKey
    }
    return try unlock(identity: identity)
  }

  /// Tries identities on the seal: the custodian's, the second key, the one that a passphrase or a
  /// puzzle unlocked, or those of as many helpers as are needed.
  ///
  /// - Throws: `SealError.wrongKey`, `SealError.tooFewHelpers`.
  public func unlock(identities: [AgeIdentity]) throws -> OpenedKey {
    let known = Set(commitment.custody.recipients)
    if let fitting = identities.first(where: { known.contains($0.recipient.text) }) {
      return try unlock(identity: fitting)
    }
    guard let threshold = commitment.threshold else { throw wrongIdentity }
    let present = threshold.helpers.indices.filter { place in
      identities.contains { $0.recipient == threshold.helpers[place] }
    }
    guard present.count >= threshold.needed else {
      throw SealError.tooFewHelpers(present.count, needed: threshold.needed)
    }
    // Every set of those who came holds the same key: one file that is damaged shuts no other.
    var first: (any Error)?
    for set in HelperThreshold.sets(of: threshold.needed, among: present.count) {
      let path = HelperThreshold.path(of: set.map { present[$0 - 1] + 1 })
      do { return try unlock(path, layers: threshold.needed, with: identities) } catch {
        first = first ?? error
      }
    }
    throw first ?? wrongIdentity
  }

  /// Opens the file of one set of helpers, and the seal with the key in it.
  private func unlock(
    _ path: String, layers: Int, with identities: [AgeIdentity]
  ) throws -> OpenedKey {
    let file = try file(path)
    do {
      var secret = try HelperThreshold.open(file, layers: layers, with: identities)
      defer { wipe(&secret) }
      return try unlock(identity: AgeIdentity(file: secret))
    } catch is AgeError { throw SealError.notCommitted(path) }
  }

  /// Tries one identity on the seal.
  ///
  /// - Throws: `SealError.wrongKey`.
  public func unlock(identity: AgeIdentity) throws -> OpenedKey {
    guard commitment.custody.recipients.contains(identity.recipient.text) else {
      return try unlockAsHelper(identity)
    }
    // In an emergency a share that is damaged is no reason to leave a slot shut: the key is known.
    if faults[SealedTrial.Path.share] == nil {
      var text = try open(SealedTrial.Path.share, with: identity)
      wipe(&text)
    }
    return OpenedKey(trial: commitment.trial, content: .identity(identity))
  }

  /// One helper of several opens nothing; anybody else has a wrong key.
  private func unlockAsHelper(_ identity: AgeIdentity) throws -> OpenedKey {
    guard let threshold = commitment.threshold, threshold.helpers.contains(identity.recipient)
    else { throw wrongIdentity }
    throw SealError.tooFewHelpers(1, needed: threshold.needed)
  }

  /// Takes the text that a custodian got by opening `sealed/share.age` with a stock `age`.
  ///
  /// - Throws: `SealError.notTheOpened` when it is not the share of this trial.
  public func unlock(shareText: [UInt8]) throws -> OpenedKey {
    guard var opened = SealedShare(text: shareText) else { throw SealError.notTheOpened("share") }
    defer { opened.clear() }
    guard isCommitted(opened) else { throw SealError.notTheOpened("share") }
    return OpenedKey(trial: commitment.trial, content: .share(try opened.protected()))
  }

  /// The share, checked against its commitment; the caller wipes it.
  func share(with key: OpenedKey) throws -> [UInt8] {
    switch key.content {
    case .share(let share): return share.unprotectedCopy()
    case .identity(let identity):
      var text = try open(SealedTrial.Path.share, with: identity)
      defer { wipe(&text) }
      guard let opened = SealedShare(text: text), isCommitted(opened) else {
        throw SealError.notCommitted(SealedTrial.Path.share)
      }
      return opened.share
    }
  }

  private func open(_ path: String, with identity: AgeIdentity) throws(SealError) -> [UInt8] {
    let file = try file(path)
    return try decrypt(file, path, with: identity)
  }

  /// The plaintext of a file; a key that does not fit is told from a file that is none.
  fileprivate func decrypt(
    _ file: [UInt8], _ path: String, with identity: AgeIdentity
  ) throws(SealError) -> [UInt8] {
    do { return try AgeFile.decrypt(file, with: [identity]) } catch {
      throw error == .wrongIdentity || error == .needsPassphrase
        ? wrongIdentity : .notAnAgeFile(path, error)
    }
  }

  /// An identity that does not fit, also where a passphrase would.
  fileprivate var wrongIdentity: SealError {
    hasPassphrase ? .wrongKey(custody: SealError.anyKey) : wrongKey
  }

  private var wrongKey: SealError { .wrongKey(custody: commitment.custody.kind.rawValue) }
  private var otherCustody: SealError { .otherCustody(custody: commitment.custody.kind.rawValue) }

  private func isCommitted(_ opened: SealedShare) -> Bool {
    let commitment = Plan.commitment(to: opened.share, protocolDigest: sha256(design.bytes))
    return Hex.encode(opened.trial) == self.commitment.trial
      && Hex.encode(commitment) == self.commitment.shareCommitment
  }
}

extension SealedTrial {
  /// Tries a passphrase on the seal (custody `self` and `envelope`).
  ///
  /// - Throws: `SealError.otherCustody`, `SealError.wrongKey`, `PaperFault`.
  public func unlock(passphrase: [UInt8]) throws -> OpenedKey {
    try committed.unlock(passphrase: passphrase)
  }

  /// Tries one identity on the seal.
  ///
  /// - Throws: `SealError.wrongKey`, `SealError.tooFewHelpers`.
  public func unlock(identity: AgeIdentity) throws -> OpenedKey {
    try committed.unlock(identity: identity)
  }

  /// Tries the identities of several helpers on the seal.
  ///
  /// - Throws: `SealError.wrongKey`, `SealError.tooFewHelpers`.
  public func unlock(identities: [AgeIdentity]) throws -> OpenedKey {
    try committed.unlock(identities: identities)
  }

  /// Takes the text that a custodian got by opening `sealed/share.age` with a stock `age`.
  ///
  /// - Throws: `SealError.notTheOpened` when it is not the share of this trial.
  public func unlock(shareText: [UInt8]) throws -> OpenedKey {
    try committed.unlock(shareText: shareText)
  }

  /// The share, checked against its commitment.
  func share(with key: OpenedKey) throws -> [UInt8] { try committed.share(with: key) }

  /// The plaintext of a sealed file, which the caller wipes.
  func open(_ path: String, with identity: AgeIdentity) throws(SealError) -> [UInt8] {
    guard let file = sealedFiles[path] else { throw faults[path] ?? .missingFile(path) }
    return try committed.decrypt(file, path, with: identity)
  }
}
