public import BlindRecord
import Foundation
public import MerkleLog
import OpenSSLCrypto
import TrialDesign
import TrialJournal
public import TrialSeal

/// The steps of a trial that touch more than one file, each resumable after a crash.
extension TrialFolder {
  /// Why a step cannot be taken now.
  public enum StepError: Refusal, Equatable {
    /// The folder is sealed already.
    case alreadySealed
    /// The folder is not sealed yet.
    case notSealed
    /// The trial was unblinded already.
    case alreadyUnblinded
    /// Another program takes a step in the folder at this moment.
    case busy
    /// A sealing was committed to in the folder, and its draw is still to come.
    case drawIsToCome
    /// No sealing was begun in the folder.
    case nothingBegun
    /// The trial was sealed and recorded into, and its manifest is gone.
    case manifestLost

    /// The sentence.
    public var message: String {
      switch self {
      case .alreadySealed: "the trial in this folder is sealed already"
      case .notSealed: "the trial in this folder is not sealed yet"
      case .alreadyUnblinded: "the trial in this folder was unblinded already"
      case .busy: "another program is at work in this folder"
      case .drawIsToCome: "a sealing was begun in this folder, and its draw is still to come"
      case .nothingBegun: "no sealing was begun in this folder"
      case .manifestLost: "manifest.json is missing from this trial, which was sealed already"
      }
    }
    /// What to do.
    public var hint: String? {
      switch self {
      case .alreadySealed: "make another folder with `selfblind new` for another trial"
      case .notSealed: "run `selfblind seal` first"
      case .alreadyUnblinded: "run `selfblind report` or `selfblind verify`"
      case .busy: "wait for it, then look with `selfblind status`"
      case .drawIsToCome:
        "go on with `selfblind seal` and its key, or give it up with --abandon, which is counted"
      case .nothingBegun: "run `selfblind seal` without --abandon"
      case .manifestLost:
        "restore it from a copy of the folder; in an emergency `age -d -i KEY sealed/slot-0001.age` (or "
          + "card-0001.age with the second key) opens one slot without it"
      }
    }
  }

  /// Refuses a folder that is not sealed, or whose sealing was begun and not drawn.
  ///
  /// - Throws: `StepError.notSealed`, `StepError.drawIsToCome`, `StepError.manifestLost`.
  public func demandSealed() throws {
    try demandNoLoss()
    guard isSealed else {
      throw exists(Name.commitment) ? StepError.drawIsToCome : StepError.notSealed
    }
  }

  /// Refuses a trial whose manifest is gone, before anything is taken for a sealing that was begun.
  func demandNoLoss() throws {
    let later = [Name.journal, Name.sums, Name.unblinding, Name.checkpoint, Name.witness]
    guard isSealed || !later.contains(where: exists) else { throw StepError.manifestLost }
  }

  /// Locks the record and writes the digests of all files; resumable.
  ///
  /// The seal is checked first: what is frozen must be what was sealed. Calling it again on a locked
  /// folder finishes a lock that was interrupted, or takes files back that were restored since.
  ///
  /// - Throws: `StepError.notSealed`, `SealError`, `JournalError`, `FolderError`.
  public func lock(reason: String, clock: WallClock) throws -> LockedRecord {
    try demandSealed()
    _ = try sealedTrial()
    try removeUnfinished()
    try forgetPacking()
    guard exists(Name.journal), !exists(Name.recorderKey), !exists(Name.unblinding) else {
      let journal = try Journal.open(in: path)
      try recordKitList(in: journal, clock: clock)
      let record = try journal.lock(reason: reason, clock: clock)
      try writeSums()
      return record
    }
    let record = try Journal.lockedRecord(in: path)
    let isListed = try read(Name.sums).map { try Sums(of: self).differences(from: $0).isEmpty }
    guard isListed != true else { throw JournalError.locked }
    try writeSums()
    return record
  }

  /// Opens one slot in an emergency and keeps what was opened.
  ///
  /// - Parameters:
  ///   - trial: the sealed trial.
  ///   - key: a key that fits, holding an identity.
  ///   - receipt: the journal's receipt for the announcement.
  public func breakCode(
    of trial: SealedTrial, with key: OpenedKey, after receipt: Receipt
  ) throws -> CodeBreak {
    try keep(CodeBreak(of: trial, with: key, after: receipt), of: trial)
  }

  /// Takes the opened text of one slot's envelope from the custodian, and keeps what was opened.
  public func breakCode(
    of trial: SealedTrial, envelopeText: [UInt8], after receipt: Receipt
  ) throws -> CodeBreak {
    try keep(CodeBreak(of: trial, envelopeText: envelopeText, after: receipt), of: trial)
  }

  /// Writes a code break down; one that is kept already stays as it is.
  private func keep(_ opened: CodeBreak, of trial: SealedTrial) throws -> CodeBreak {
    let place = TrialFolder.codeBreakPath(slot: opened.slot)
    if let bytes = try read(place),
      let kept = try? CodeBreak(file: bytes, path: place, of: trial)
    {
      return kept
    }
    try makeFolder(Name.codeBreaks)
    try write(opened.fileBytes(of: trial), to: place, replacing: true)
    if exists(Name.sums) { try writeSums() }
    return opened
  }

  /// Opens the whole allocation over the locked record and keeps what was opened.
  ///
  /// - Throws: `StepError.alreadyUnblinded`, `UnblindingError`, `SealError`, `JournalError`.
  public func unblind(with key: OpenedKey, prediction: String, clock: WallClock) throws
    -> Unblinding
  {
    try whileHeld {
      guard !exists(Name.unblinding) else { throw StepError.alreadyUnblinded }
      try removeUnfinished()
      let trial = try sealedTrial()
      let unblinding = try Unblinding(
        of: trial, with: key, over: Journal.lockedRecord(in: path),
        codeBreaks: codeBreaks(of: trial), openedAt: clock.now, prediction: prediction)
      try write(unblinding.fileBytes(), to: Name.unblinding)
      try writeSums()
      return unblinding
    }
  }

  /// Writes the digests of all files as they are now.
  public func writeSums() throws {
    try write(Sums(of: self).bytes, to: Name.sums, replacing: true)
  }
}
