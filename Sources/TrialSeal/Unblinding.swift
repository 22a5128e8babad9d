public import BlindRecord
import MerkleLog
import OpenSSLCrypto
public import TrialDesign

/// Evidence that an allocation was opened from its seal, over a locked record.
///
/// There is no other way to one than through the checks of `UnblindingError`, made in their order,
/// and none of them trusts what it was handed: the record's root, the draw, the kit codes and the
/// plan's root are computed again.
public struct Unblinding: Sendable {
  /// The sealed trial that was opened.
  public let trial: SealedTrial
  /// The allocation it was given.
  public let allocation: Allocation
  /// The record it was opened over.
  public let record: LockedRecord
  /// Slots that were opened before, in order of slots.
  public let codeBreaks: [CodeBreak]
  /// When it was opened.
  public let openedAt: Moment
  /// What the participant expected, in their words, said before the opening; may be empty.
  public let prediction: String
  let share: [UInt8]
  let plan: Plan

  /// The protocol, with the sealed analysis plan in it.
  public var design: TrialProtocol { trial.design }

  /// The arm of each spare, by its index among the arms; spare 1 first.
  public var spareArms: [Int] { plan.packing?.spareArms ?? [] }

  /// Opens the allocation of a trial.
  ///
  /// - Parameters:
  ///   - trial: the sealed trial.
  ///   - key: a key that fits.
  ///   - record: the locked record.
  ///   - codeBreaks: slots that were opened before.
  ///   - openedAt: now.
  ///   - prediction: what the participant expects.
  /// - Throws: `UnblindingError`, `SealError`.
  public init(
    of trial: SealedTrial, with key: OpenedKey, over record: LockedRecord,
    codeBreaks: [CodeBreak] = [], openedAt: Moment, prediction: String
  ) throws {
    try Unblinding.check(record, against: trial)
    if let lock = record.entries.last, openedAt.seconds < lock.moment.seconds {
      throw UnblindingError.clockBeforeLock(now: openedAt.utc, lock: lock.moment.utc)
    }
    try self.init(
      checked: trial, record: record, share: try trial.share(with: key), codeBreaks: codeBreaks,
      openedAt: openedAt, prediction: prediction)
  }

  /// Draws again from the share, and compares with everything that was committed to.
  init(
    checked trial: SealedTrial, record: LockedRecord, share: [UInt8], codeBreaks: [CodeBreak],
    openedAt: Moment, prediction: String
  ) throws {
    let plan = try trial.plan(drawnFrom: share)
    for codeBreak in codeBreaks where plan.leaves[codeBreak.slot - 1].arm != codeBreak.arm.name {
      throw UnblindingError.codeBreak(slot: codeBreak.slot)
    }
    self.trial = trial
    self.allocation = Allocation(plan.assignment)
    self.record = record
    self.codeBreaks = codeBreaks.sorted { $0.slot < $1.slot }
    self.openedAt = openedAt
    self.prediction = prediction
    self.share = share
    self.plan = plan
  }

  /// The checks of the record: root, signature, trial, lock.
  package static func check(
    _ record: LockedRecord, against trial: SealedTrial
  ) throws(UnblindingError) {
    let checkpoint: Checkpoint
    do {
      checkpoint = try Checkpoint.verified(
        note: record.checkpoint, key: trial.manifest.recorderKey,
        origin: trial.manifest.journalOrigin)
    } catch { throw .recordSignature("\(error)") }
    let tree = MerkleTree(leaves: record.entryBytes)
    guard checkpoint.size == tree.size, checkpoint.root == tree.root else { throw .recordRoot }
    guard record.manifestBytes == trial.manifestBytes,
      case .opened(contentDigest(trial.manifestBytes)) = record.entries.first?.event
    else { throw .foreignRecord }
    guard case .locked = record.entries.last?.event else { throw .notLocked }
    // Whoever makes a trial anew may state any time of sealing; none may come after its own record.
    guard let first = record.entries.first,
      trial.manifest.sealedAt.seconds <= first.moment.seconds
    else { throw .sealedAfterwards }
  }
}
