import ArgumentParser
import BlindRecord
import Foundation
import OpenSSLCrypto
import TrialSeal

/// The key of a seal: a passphrase, a helper's identity file, or what the helper opened with `age`.
struct KeyOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("A file whose first line is the passphrase.", valueName: "file"))
  var passphraseFile: String?

  @Option(
    help: ArgumentHelp("The helper's identity file (AGE-SECRET-KEY-1…).", valueName: "file"))
  var identity: String?

  func validate() throws {
    guard passphraseFile == nil || identity == nil else {
      throw ValidationError("--passphrase-file and --identity exclude each other")
    }
  }

  /// Refuses a key beside something that is opened already.
  func excluding(_ option: String, isGiven: Bool) throws {
    guard isGiven, passphraseFile != nil || identity != nil else { return }
    let own = passphraseFile == nil ? "--identity" : "--passphrase-file"
    throw ValidationError("\(option) and \(own) exclude each other")
  }

  /// Tries the key on the seal; asks for the passphrase when nothing was given.
  ///
  /// - Throws: `SealError` when it does not fit, before anything was changed.
  func unlock(_ trial: SealedTrial) throws -> OpenedKey {
    if let identity { return try trial.unlock(identity: KeyOptions.identity(in: identity)) }
    guard trial.manifest.commitments.custody == "self" || passphraseFile != nil else {
      throw CommandRefusal(
        "this trial is sealed to a helper's key",
        hint: "ask the helper for what they open with `age -d`, or for --identity FILE")
    }
    var passphrase = try Passphrase.read(file: passphraseFile, isNew: false)
    defer { wipe(&passphrase) }
    return try trial.unlock(passphrase: passphrase)
  }

  /// The first line of an identity file that is not a comment.
  private static func identity(in path: String) throws -> AgeIdentity {
    var bytes = try GivenFile.read(path)
    defer { wipe(&bytes) }
    let lines = bytes.split { $0 == 0x0A || $0 == 0x0D }
    guard let line = lines.first(where: { $0.first != UInt8(ascii: "#") }) else {
      throw CommandRefusal("\(path): found no identity, expected a line AGE-SECRET-KEY-1…")
    }
    return try AgeIdentity(String(decoding: line, as: UTF8.self))
  }
}
