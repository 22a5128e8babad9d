public import BlindRecord
import Foundation
public import MerkleLog
import OpenSSLCrypto
import TrialDesign
public import TrialJournal
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
    /// Another program is sealing the folder at this moment.
    case beingSealed

    /// The sentence.
    public var message: String {
      switch self {
      case .alreadySealed: "the trial in this folder is sealed already"
      case .notSealed: "the trial in this folder is not sealed yet"
      case .alreadyUnblinded: "the trial in this folder was unblinded already"
      case .beingSealed: "another program is sealing this folder"
      }
    }
    /// What to do.
    public var hint: String? {
      switch self {
      case .alreadySealed: "make another folder with `selfblind new` for another trial"
      case .notSealed: "run `selfblind seal` first"
      case .alreadyUnblinded: "run `selfblind report` or `selfblind verify`"
      case .beingSealed: "wait for it, then look with `selfblind status`"
      }
    }
  }

  /// Seals the protocol in the folder and opens its journal.
  ///
  /// A sealing that was begun and not finished leaves its folder behind; it is put aside and counted
  /// in the manifest, so that drawing again until the schedule is liked leaves a trace.
  ///
  /// - Parameters:
  ///   - custody: who can open the seal.
  ///   - clock: the clock of the sealing.
  ///   - simulation: the number of a demonstration; `nil` for a person's trial.
  ///   - hand: is given the kit list, once.
  /// - Throws: the protocol's faults, `StepError.alreadySealed`, `FolderError`, what `hand` throws.
  public func seal(
    custody: Custody, clock: WallClock, simulation: Int? = nil,
    deliver hand: (consuming KitList) throws -> Void
  ) throws -> (trial: SealedTrial, journal: Journal) {
    guard !isSealed else { throw StepError.alreadySealed }
    let design = try design()
    try restrictToOwner()
    let hold = try holdForSealing()
    defer { close(hold) }
    guard !isSealed else { throw StepError.alreadySealed }
    let abandoned = try putAsideUnfinishedSealing()
    try makeFolder(Name.sealed)
    try syncFolder(of: Name.sealed)
    let circumstances =
      simulation.map { SealedTrial.Circumstances(sealedAt: clock.now, simulation: $0) }
      ?? SealedTrial.Circumstances(sealedAt: clock.now, abandonedSealings: abandoned)
    var (trial, recorderSeed) = try SealedTrial.seal(
      design, custody: custody, circumstances: circumstances
    ).deliver(hand)
    defer { wipe(&recorderSeed) }
    try write(trial.sealedFiles.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    try write(SeedText.encode(recorderSeed), to: Name.recorderKey, replacing: true)
    try write(trial.manifestBytes, to: Name.manifest)
    let journal = try Journal.create(
      in: path, for: trial.manifestBytes, recorderSeed: recorderSeed, clock: clock)
    return (trial, journal)
  }

  /// Opens the journal of a sealing that was interrupted after the manifest was written.
  ///
  /// The draw and the kit list of that sealing stand; nothing is drawn or delivered again.
  ///
  /// - Returns: `nil` when no sealing was interrupted there.
  public func finishInterruptedSealing() throws -> (trial: SealedTrial, journal: Journal)? {
    guard isSealed, !exists(Name.journal) else { return nil }
    let hold = try holdForSealing()
    defer { close(hold) }
    // The program that held it until now may have finished just this.
    guard !exists(Name.journal), let key = try read(Name.recorderKey) else { return nil }
    let line = String(decoding: key.filter { $0 != 0x0A }, as: UTF8.self)
    guard let seed = SeedText.decode(line) else { return nil }
    let trial = try sealedTrial()
    let clock = WallClock.set(to: trial.manifest.sealedAt)
    return (
      trial,
      try Journal.create(in: path, for: trial.manifestBytes, recorderSeed: seed, clock: clock)
    )
  }

  /// Locks the record and writes the digests of all files; resumable.
  ///
  /// The seal is checked first: what is frozen must be what was sealed. Calling it again on a locked
  /// folder finishes a lock that was interrupted, or takes files back that were restored since.
  ///
  /// - Throws: `StepError.notSealed`, `SealError`, `JournalError`, `FolderError`.
  public func lock(reason: String, clock: WallClock) throws -> LockedRecord {
    guard isSealed else { throw StepError.notSealed }
    _ = try sealedTrial()
    try removeUnfinished()
    guard exists(Name.journal), !exists(Name.recorderKey), !exists(Name.unblinding) else {
      let record = try Journal.open(in: path).lock(reason: reason, clock: clock)
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

  /// Writes the digests of all files as they are now.
  public func writeSums() throws {
    try write(Sums(of: self).bytes, to: Name.sums, replacing: true)
  }

  /// Keeps other programs from sealing the same folder at the same time.
  ///
  /// - Returns: a descriptor; closing it ends the hold.
  private func holdForSealing() throws -> Int32 {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FolderError(path, "read") }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw StepError.beingSealed
    }
    return descriptor
  }

  /// Takes every right from others, also where the folder was made by hand: this is health data.
  private func restrictToOwner() throws {
    for (target, mode) in [(path, mode_t(0o700)), (full(Name.design), 0o600)] {
      guard chmod(target, mode) == 0 else { throw FolderError(target, "restrict") }
    }
  }

  /// Renames what an interrupted sealing left behind; returns how many there have been.
  private func putAsideUnfinishedSealing() throws -> Int {
    var count = 0
    while exists("abandoned-\(count + 1)") { count += 1 }
    guard exists(Name.sealed) else { return count }
    try move(Name.sealed, to: "abandoned-\(count + 1)")
    return count + 1
  }
}
