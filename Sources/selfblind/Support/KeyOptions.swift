import ArgumentParser
import BlindRecord
import Foundation
import OpenSSLCrypto
import TrialSeal

/// The key of a seal: a passphrase, identity files, or what a custodian opened with `age`.
struct KeyOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A file whose first line is the passphrase; otherwise it is asked for.", valueName: "file"))
  var passphraseFile: String?

  @Option(
    help: ArgumentHelp(
      "An identity file (AGE-SECRET-KEY-1…): the helper's, the clinician's, that of the recovery "
        + "key or of a solved time lock; several helpers' by repeating it.", valueName: "file"))
  var identity: [String] = []

  func validate() throws {
    guard passphraseFile == nil || identity.isEmpty else {
      throw ValidationError("--passphrase-file and --identity exclude each other")
    }
  }

  /// Refuses a key beside something that is opened already.
  func excluding(_ option: String, isGiven: Bool) throws {
    guard isGiven, passphraseFile != nil || !identity.isEmpty else { return }
    let own = passphraseFile == nil ? "--identity" : "--passphrase-file"
    throw ValidationError("\(option) and \(own) exclude each other")
  }

  /// Tries the key on the seal; asks for the passphrase when nothing was given.
  ///
  /// - Parameter asking: what the custodians can be asked who do not give their key.
  /// - Throws: `SealError` when it does not fit, before anything was changed.
  func unlock(
    _ trial: SealedTrial, asking: Request = .opened
  ) throws -> OpenedKey { try unlock(trial.committed, asking: asking) }

  /// What custodians are asked where no key was given, as whole sentences.
  struct Request {
    /// Where one helper has the key.
    let one: String
    /// Where several have to come together.
    let several: String

    /// For what they opened with a stock `age`.
    static let opened = Request(
      one: "ask the helper for what they open with `age -d`, or for --identity FILE",
      several: "give --identity FILE once for each of them, or ask them for what they open together"
    )
  }

  /// Tries the key on a seal whose draw may still be to come.
  func unlock(_ seal: CommittedSeal, asking: Request = .opened) throws -> OpenedKey {
    guard identity.isEmpty else {
      return try seal.unlock(identities: identity.flatMap(KeyOptions.identities))
    }
    guard seal.hasPassphrase || passphraseFile != nil else {
      throw KeyOptions.missingKey(of: seal.commitment.custody, asking)
    }
    var passphrase = try Passphrase.read(file: passphraseFile, isNew: false)
    defer { wipe(&passphrase) }
    return try seal.unlock(passphrase: passphrase)
  }

  /// What to ask for where no key was given and no passphrase would do.
  private static func missingKey(
    of custody: SealCommitment.Custody, _ asking: Request
  ) -> CommandRefusal {
    switch custody.kind {
    case .threshold:
      CommandRefusal(
        "this trial is sealed to \(custody.helpers?.count ?? 0) helpers, "
          + "\(custody.needed ?? 0) of whom are needed",
        hint: asking.several)
    case .timelock:
      CommandRefusal(
        "this trial is sealed with a time lock",
        hint: "run `selfblind solve`, then give the key that it writes: --identity FILE")
    default:
      CommandRefusal(
        "this trial is sealed to a helper's key",
        hint: asking.one)
    }
  }

  /// The identities in a file.
  static func identities(in path: String) throws -> [AgeIdentity] {
    // A secret key in a command's arguments can be read by every program of this computer.
    guard !path.uppercased().hasPrefix("AGE-SECRET-KEY-") else {
      throw CommandRefusal(
        "--identity: found a secret key itself, expected the name of a file that holds it",
        hint: "it now stands in the shell's history: remove it there, and put it into a file that "
          + "only you can read")
    }
    var bytes = try GivenFile.read(path)
    defer { wipe(&bytes) }
    guard bytes.contains(where: { $0 > 0x20 }) else {
      throw CommandRefusal("\(path): found no identity, expected a line AGE-SECRET-KEY-1…")
    }
    do { return try AgeIdentity.all(inFile: bytes) } catch {
      // Several files may be given: whose fault it is.
      throw CommandRefusal("\(path): \(error.message)", hint: error.hint)
    }
  }
}
