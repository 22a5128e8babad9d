public import BlindRecord
import MerkleLog
import OpenSSLCrypto

/// `unblinding.json`: what a stranger needs to draw the plan again (seal.md, section 6).
extension Unblinding {
  /// The format's name and version.
  public static let format = "selfblind/unblinding/v1"

  private struct Stored: Codable {
    struct Slot: Codable, Equatable {
      let slot: Int
      let arm: String
      let salt: String
    }
    let format: String
    let trial: String
    let openedAt: Moment
    let prediction: String
    let share: String
    let seed: String
    let journalRoot: String
    let plan: [Slot]
  }

  /// The bytes of `unblinding.json`.
  public func fileBytes() throws -> [UInt8] {
    try CommittedJSON.encode(stored, endsLine: true)
  }

  private var stored: Stored {
    Stored(
      format: Unblinding.format, trial: trial.manifest.trial, openedAt: openedAt,
      prediction: prediction, share: Hex.encode(share), seed: Hex.encode(plan.seed),
      journalRoot: Hex.encode(MerkleTree(leaves: record.entryBytes).root),
      plan: plan.leaves.map { leaf in
        Stored.Slot(slot: leaf.index + 1, arm: leaf.arm, salt: Hex.encode(leaf.salt))
      })
  }

  /// When a stored unblinding says that it was made; nothing is checked.
  ///
  /// - Returns: `nil` for bytes that are none.
  package static func statedOpening(_ file: [UInt8]) -> Moment? {
    try? CommittedJSON.decode(
      Stored.self, from: file, place: "unblinding.json", endsLine: true
    ).openedAt
  }

  /// Makes the unblinding again from its stored bytes, as a stranger would, with every check.
  ///
  /// - Parameters:
  ///   - file: the bytes of `unblinding.json`.
  ///   - trial: the sealed trial.
  ///   - record: the locked record.
  ///   - codeBreaks: slots that were opened before.
  /// - Throws: `FormatError`, `UnblindingError`.
  public init(
    file: [UInt8], of trial: SealedTrial, over record: LockedRecord, codeBreaks: [CodeBreak]
  ) throws {
    let stored = try CommittedJSON.decode(
      Stored.self, from: file, place: "unblinding.json", endsLine: true)
    guard stored.format == Unblinding.format else {
      throw FormatError(
        "unblinding.json", found: "the format \"\(stored.format.prefix(60))\"",
        expected: "\"\(Unblinding.format)\"")
    }
    try Unblinding.check(record, against: trial)
    guard stored.trial == trial.manifest.trial else {
      throw UnblindingError.foreignUnblinding("another trial's identity")
    }
    guard stored.journalRoot == Hex.encode(MerkleTree(leaves: record.entryBytes).root) else {
      throw UnblindingError.foreignUnblinding("the root of another record")
    }
    guard let lock = record.entries.last, lock.moment.seconds <= stored.openedAt.seconds else {
      throw UnblindingError.foreignUnblinding("an opening before the lock")
    }
    guard let share = Hex.decode(stored.share), share.count == 32 else {
      throw UnblindingError.shareCommitment
    }
    try self.init(
      checked: trial, record: record, share: share, codeBreaks: codeBreaks,
      openedAt: stored.openedAt, prediction: stored.prediction)
    guard stored.seed == Hex.encode(plan.seed) else { throw UnblindingError.seed }
    let derived = self.stored
    for (index, slot) in derived.plan.enumerated() {
      guard stored.plan.indices.contains(index), stored.plan[index] == slot else {
        throw UnblindingError.storedPlan(slot: slot.slot)
      }
    }
    guard stored.plan.count == derived.plan.count else {
      throw UnblindingError.storedPlan(slot: derived.plan.count + 1)
    }
  }
}
