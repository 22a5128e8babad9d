import BlindRecord
import OpenSSLCrypto
import TrialDesign

/// A key that was tried on a trial's seal and fits; what opening anything demands.
///
/// It shows nothing of itself, and nothing of the allocation has been opened yet when one exists.
public struct OpenedKey: Sendable, CustomStringConvertible, CustomReflectable {
  enum Content: Sendable {
    case identity(AgeIdentity)
    case share([UInt8])
  }

  let trial: String
  let content: Content

  /// Says only which trial it fits.
  public var description: String { "OpenedKey(\(trial))" }
  /// Says only which trial it fits.
  public var customMirror: Mirror { Mirror(self, children: ["trial": trial]) }
}

extension SealedTrial {
  /// Tries a passphrase on the seal (custody `self`).
  ///
  /// - Throws: `SealError.otherCustody`, `SealError.wrongKey`.
  public func unlock(passphrase: [UInt8]) throws -> OpenedKey {
    guard let file = sealedFiles[Path.key] else {
      throw SealError.otherCustody(custody: manifest.commitments.custody)
    }
    let identity: AgeIdentity
    do {
      var secret = try AgeFile.decrypt(file, passphrase: passphrase)
      defer { wipe(&secret) }
      let text = String(decoding: secret, as: UTF8.self).split(separator: "\n").first ?? ""
      identity = try AgeIdentity(String(text))
    } catch {
      guard error == .wrongPassphrase else { throw error }
      throw SealError.wrongKey(custody: "self")
    }
    return try unlock(identity: identity)
  }

  /// Tries an identity on the seal: the helper's, or the one that a passphrase unlocked.
  ///
  /// - Throws: `SealError.wrongKey`.
  public func unlock(identity: AgeIdentity) throws -> OpenedKey {
    var text = try open(Path.share, with: identity)
    wipe(&text)
    return OpenedKey(trial: manifest.trial, content: .identity(identity))
  }

  /// Takes the text that a custodian got by opening `sealed/share.age` with a stock `age`.
  ///
  /// - Throws: `SealError.notTheOpened` when it is not the share of this trial.
  public func unlock(shareText: [UInt8]) throws -> OpenedKey {
    guard let opened = SealedShare(text: shareText), isCommitted(opened) else {
      throw SealError.notTheOpened("share")
    }
    return OpenedKey(trial: manifest.trial, content: .share(opened.share))
  }

  /// The share, checked against its commitment.
  func share(with key: OpenedKey) throws -> [UInt8] {
    switch key.content {
    case .share(let share): return share
    case .identity(let identity):
      var text = try open(Path.share, with: identity)
      defer { wipe(&text) }
      guard let opened = SealedShare(text: text), isCommitted(opened) else {
        throw SealError.notCommitted(Path.share)
      }
      return opened.share
    }
  }

  /// The plaintext of a sealed file, which the caller wipes.
  func open(_ path: String, with identity: AgeIdentity) throws(SealError) -> [UInt8] {
    guard let file = sealedFiles[path] else { throw .missingFile(path) }
    do { return try AgeFile.decrypt(file, with: [identity]) } catch {
      throw .wrongKey(custody: manifest.commitments.custody)
    }
  }

  private func isCommitted(_ opened: SealedShare) -> Bool {
    let commitment = Plan.commitment(to: opened.share, protocolDigest: sha256(design.bytes))
    return Hex.encode(opened.trial) == manifest.trial
      && Hex.encode(commitment) == manifest.commitments.shareCommitment
  }
}
