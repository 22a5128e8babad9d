public import BlindRecord
import Foundation
import MerkleLog
import OpenSSLCrypto
import TrialDesign
public import TrialJournal
public import TrialSeal

/// Sealing a folder, in two sittings if need be: commit, then draw (seal.md, section 2).
///
/// A sealing that was committed to is never silently begun again: it goes on from the sealed share, or
/// it is given up and counted.
extension TrialFolder {
  /// Draws a share, hides it, and writes down what is promised about the draw.
  ///
  /// - Parameters:
  ///   - custody: who can open the seal.
  ///   - second: a second key.
  ///   - mixing: which public value will take part.
  ///   - certificate: the certificate of the beacon, where the rule names one.
  ///   - clock: the clock of the sealing.
  ///   - simulation: the number of a demonstration; `nil` for a person's trial.
  /// - Returns: the committed seal, and the key to it for a draw in the same sitting.
  /// - Throws: the protocol's faults, `StepError.alreadySealed`, `StepError.drawIsToCome`,
  ///   `FolderError`.
  public func commit(
    custody: Custody, second: SecondKey = .none, mixing: MixingRule = .none,
    certificate: [UInt8]? = nil, clock: WallClock, simulation: Int? = nil
  ) throws -> (seal: CommittedSeal, key: OpenedKey) {
    guard !isSealed else { throw StepError.alreadySealed }
    try demandNoLoss()
    let design = try design()
    try restrictToOwner()
    return try whileHeld {
      guard !isSealed else { throw StepError.alreadySealed }
      guard !exists(Name.commitment) else { throw StepError.drawIsToCome }
      let abandoned = try putAsideUnfinishedSealing()
      try makeFolder(Name.sealed)
      try syncFolder(of: Name.sealed)
      let circumstances =
        simulation.map { SealedTrial.Circumstances(sealedAt: clock.now, simulation: $0) }
        ?? SealedTrial.Circumstances(
          sealedAt: clock.now, clockIsSet: clock.isSet, abandonedSealings: abandoned)
      let (seal, key): (CommittedSeal, OpenedKey)
      do {
        (seal, key) = try CommittedSeal.make(
          design, custody: custody, second: second, mixing: mixing, certificate: certificate,
          circumstances: circumstances)
      } catch {
        // What was refused was no sealing, and must not be counted as one that was given up.
        rmdir(full(Name.sealed))
        throw error
      }
      try write(seal.sealedFiles.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
      try write(seal.commitmentBytes, to: Name.commitment)
      return (seal, key)
    }
  }

  /// The sealing that was committed to in this folder and not drawn yet.
  ///
  /// - Returns: `nil` where nothing was begun, or where all is sealed.
  /// - Throws: `FormatError`, `SealError` for one whose files are not as they were written.
  public func committedSeal() throws -> CommittedSeal? {
    guard !isSealed, let bytes = try read(Name.commitment) else { return nil }
    try demandNoLoss()
    return try CommittedSeal(
      commitmentBytes: bytes, protocolBytes: required(Name.design), read: { try read($0) })
  }

  /// Draws what was committed to, hides it, and opens the journal.
  ///
  /// The same share and public value give the same schedule and the same kit list, so a draw that was
  /// cut off is made again.
  ///
  /// - Parameters:
  ///   - seal: the committed seal of this folder.
  ///   - key: a key that fits.
  ///   - publicValue: the value that the rule asks for.
  ///   - note: whom the kit list is for, for the record; it is there also when the sealing is cut off
  ///     after the manifest and finished later.
  ///   - clock: the clock of the sealing.
  ///   - hand: is given the kit list, once.
  /// - Throws: `StepError.alreadySealed`, `SealError`, `FolderError`, what `hand` throws.
  public func draw(
    _ seal: CommittedSeal, with key: OpenedKey, publicValue: PublicValue = .none,
    note: KitListNote? = nil, clock: WallClock, deliver hand: (consuming KitList) throws -> Void
  ) throws -> (trial: SealedTrial, journal: Journal) {
    try whileHeld {
      guard !isSealed else { throw StepError.alreadySealed }
      try demandNoLoss()
      guard try read(Name.commitment) == seal.commitmentBytes else {
        throw SealError.fileChanged(Name.commitment)
      }
      let sealing = try seal.draw(with: key, publicValue: publicValue, sealedAt: clock.now)
      let packingKey = sealing.packingKeyBytes
      var (trial, recorderSeed) = try sealing.deliver(hand)
      defer { wipe(&recorderSeed) }
      let files = trial.sealedFiles.filter { seal.sealedFiles[$0.key] == nil }
      try write(files.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
      try write(SeedText.encode(recorderSeed), to: Name.recorderKey, replacing: true)
      if let packingKey { try write(packingKey, to: Name.packingKey, replacing: true) }
      // What an earlier draw that was cut off left is of another list.
      unlink(full(Name.kitListNote))
      if let note { try write(CommittedJSON.encode(note, endsLine: true), to: Name.kitListNote) }
      try write(trial.manifestBytes, to: Name.manifest)
      let journal = try Journal.create(
        in: path, for: trial.manifestBytes, recorderSeed: recorderSeed, clock: clock)
      try recordKitList(in: journal, clock: clock)
      return (trial, journal)
    }
  }

  /// Commits and draws in one go, with no public value.
  ///
  /// - Throws: as `commit` and `draw`.
  public func seal(
    custody: Custody, second: SecondKey = .none, clock: WallClock, simulation: Int? = nil,
    deliver hand: (consuming KitList) throws -> Void
  ) throws -> (trial: SealedTrial, journal: Journal) {
    let (seal, key) = try commit(
      custody: custody, second: second, clock: clock, simulation: simulation)
    return try draw(seal, with: key, clock: clock, deliver: hand)
  }

  /// Gives up the sealing that was begun: its files are put aside and counted by the next one.
  ///
  /// - Returns: the number of the put-aside folder.
  /// - Throws: `StepError.alreadySealed`, `StepError.nothingBegun`, `StepError.manifestLost`,
  ///   `FolderError`.
  public func abandonSealing() throws -> Int {
    guard !isSealed else { throw StepError.alreadySealed }
    try demandNoLoss()
    return try whileHeld {
      guard !isSealed else { throw StepError.alreadySealed }
      guard exists(Name.commitment) || exists(Name.sealed) else { throw StepError.nothingBegun }
      return try putAsideUnfinishedSealing()
    }
  }

  /// Writes into the record whom the kit list is for, where a sealing has left that to be done.
  ///
  /// May be called again after a crash: an entry that is there already is taken as its own.
  func recordKitList(in journal: Journal, clock: WallClock) throws {
    guard let bytes = try read(Name.kitListNote) else { return }
    let note = try CommittedJSON.decode(
      KitListNote.self, from: bytes, place: Name.kitListNote, endsLine: true)
    let isThere = try journal.entries().contains {
      if case .kitList(let earlier) = $0.event { earlier.receipt == note.receipt } else { false }
    }
    if !isThere { _ = try journal.append(note, clock: clock) }
    guard unlink(full(Name.kitListNote)) == 0 else {
      throw FolderError(full(Name.kitListNote), "remove")
    }
  }

  /// Finishes a sealing that was interrupted after the manifest was written: opens its journal, and records
  /// whom the kit list is for.
  ///
  /// The draw and the kit list of that sealing stand; nothing is drawn or delivered again.
  ///
  /// - Parameter clock: the clock of what is recorded now.
  /// - Returns: `nil` when no sealing was interrupted there.
  public func finishInterruptedSealing(
    clock: WallClock
  ) throws -> (trial: SealedTrial, journal: Journal)? {
    guard isSealed else { return nil }
    if exists(Name.journal) {
      guard exists(Name.kitListNote) else { return nil }
      return try whileHeld { () -> (trial: SealedTrial, journal: Journal)? in
        guard exists(Name.kitListNote) else { return nil }
        let journal = try Journal.open(in: path)
        try recordKitList(in: journal, clock: clock)
        return (try sealedTrial(), journal)
      }
    }
    return try whileHeld { () -> (trial: SealedTrial, journal: Journal)? in
      // The program that held it until now may have finished just this.
      guard !exists(Name.journal), let key = try read(Name.recorderKey) else { return nil }
      let line = String(decoding: key.filter { $0 != 0x0A }, as: UTF8.self)
      guard let seed = SeedText.decode(line) else { return nil }
      let trial = try sealedTrial()
      let journal = try Journal.create(
        in: path, for: trial.manifestBytes, recorderSeed: seed,
        clock: WallClock.set(to: trial.manifest.sealedAt))
      try recordKitList(in: journal, clock: clock)
      return (trial, journal)
    }
  }

  /// Takes every right from others, also where the folder was made by hand: this is health data.
  private func restrictToOwner() throws {
    for (target, mode) in [(path, mode_t(0o700)), (full(Name.design), 0o600)] {
      guard chmod(target, mode) == 0 else { throw FolderError(target, "restrict") }
    }
  }

  /// Puts aside what a sealing that was not finished left behind; returns how many there have been.
  private func putAsideUnfinishedSealing() throws -> Int {
    var count = 0
    while exists("abandoned-\(count + 1)") { count += 1 }
    guard exists(Name.sealed) || exists(Name.commitment) else { return count }
    if !exists(Name.sealed) { try makeFolder(Name.sealed) }
    // A draw that was cut off may have left it; its tickets go with the sealed files.
    unlink(full(Name.packingKey))
    unlink(full(Name.kitListNote))
    // The commitment goes first: without it, what is left counts as begun and is put aside later.
    if exists(Name.commitment) { try move(Name.commitment, to: "sealed/commitment.json") }
    try move(Name.sealed, to: "abandoned-\(count + 1)")
    return count + 1
  }
}
