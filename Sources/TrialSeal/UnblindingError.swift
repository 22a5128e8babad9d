public import BlindRecord

/// Why a trial was not unblinded, or why a stored unblinding does not verify.
///
/// In the order in which the checks are made; each is about one thing.
public enum UnblindingError: Refusal, Equatable {
  /// The record's tree does not have the root of its final checkpoint.
  case recordRoot
  /// The final checkpoint is not signed by the trial's recorder.
  case recordSignature(String)
  /// The record was made for another manifest.
  case foreignRecord
  /// The record does not end with its lock.
  case notLocked
  /// The opened share is not the one that was committed to before the draw.
  case shareCommitment
  /// The seed does not follow from the share.
  case seed
  /// The drawn plan does not give the kit codes of the manifest.
  case kitCodes
  /// The drawn plan does not have the committed root.
  case planRoot
  /// The stored plan differs from the drawn one at a slot.
  case storedPlan(slot: Int)
  /// A code break disagrees with the plan.
  case codeBreak(slot: Int)
  /// The clock stands before the lock of the record.
  case clockBeforeLock(now: String, lock: String)
  /// The manifest states a time of sealing after the first entry of its journal.
  case sealedAfterwards
  /// The stored unblinding belongs to another trial or another record.
  case foreignUnblinding(String)

  /// The sentence.
  public var message: String {
    switch self {
    case .recordRoot:
      "journal: found entries whose tree has another root than the final checkpoint"
    case .recordSignature(let why): "journal: found a final checkpoint that is not valid: \(why)"
    case .foreignRecord: "journal: found the record of another trial"
    case .notLocked: "journal: found a record that is not locked, expected the lock as last entry"
    case .shareCommitment: "unblinding: found a share that the seal did not commit to"
    case .seed: "unblinding.json: found a seed that does not follow from the share"
    case .kitCodes: "manifest.json: found kit codes that do not follow from the seed"
    case .planRoot: "manifest.json: found a plan root that does not follow from the seed"
    case .storedPlan(let slot):
      "unblinding.json: found another arm or salt at slot \(slot) than the seed gives"
    case .codeBreak(let slot):
      "code-breaks: found another arm for slot \(slot) than the plan has"
    case .clockBeforeLock(let now, let lock):
      "clock: found \(now), expected a time not before the lock, \(lock)"
    case .sealedAfterwards:
      "manifest.json: found a time of sealing after the first entry of the journal"
    case .foreignUnblinding(let what): "unblinding.json: found \(what)"
    }
  }

  /// What to do.
  public var hint: String? {
    switch self {
    case .notLocked: "lock the record first; after that nothing can be added"
    case .recordRoot, .recordSignature, .foreignRecord, .seed, .kitCodes, .planRoot, .storedPlan,
      .codeBreak, .foreignUnblinding, .sealedAfterwards:
      "restore the folder from a copy; what was opened cannot be trusted as it is"
    case .shareCommitment: "use the key of this trial"
    case .clockBeforeLock(_, let lock):
      "set the clock right; if it ran ahead when the record was locked, give --clock with a time from "
        + "\(lock) on"
    }
  }
}
