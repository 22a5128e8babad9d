import BlindRecord
public import MerkleLog
import OpenSSLCrypto
public import TrialDesign

/// One slot, opened in an emergency, after the reason was written into the journal.
///
/// It carries the journal's receipt and the proof that its content was committed to, so a stranger
/// can check both that it was announced first and that it says what was sealed.
public struct CodeBreak: Sendable, Hashable {
  /// The format's name and version.
  public static let format = "selfblind/code-break/v1"

  /// 1-based number of the slot.
  public let slot: Int
  /// The arm that was sealed for it.
  public let arm: Arm
  /// Proof that the announcement was in the journal before the envelope was opened.
  public let receipt: Receipt
  let salt: [UInt8]
  let proof: [[UInt8]]

  /// Opens one slot's envelope.
  ///
  /// - Parameters:
  ///   - trial: the sealed trial.
  ///   - key: a key that fits, holding an identity; a share would open all slots and is refused.
  ///   - receipt: the journal's receipt for the announcement.
  /// - Throws: `SealError`.
  public init(of trial: SealedTrial, with key: OpenedKey, after receipt: Receipt) throws {
    let slot = try CodeBreak.announcedSlot(receipt, in: trial)
    guard case .identity(let identity) = key.content else {
      throw SealError.otherCustody(custody: trial.manifest.commitments.custody)
    }
    var text = try trial.open(SealedTrial.Path.envelope(slot: slot), with: identity)
    defer { wipe(&text) }
    try self.init(of: trial, envelopeText: text, after: receipt)
  }

  /// Takes the text that a custodian got by opening the slot's envelope with a stock `age`.
  ///
  /// - Throws: `SealError.notCommitted` when it is not the envelope of that slot of this trial.
  public init(of trial: SealedTrial, envelopeText: [UInt8], after receipt: Receipt) throws {
    let slot = try CodeBreak.announcedSlot(receipt, in: trial)
    guard let envelope = trial.envelope(envelopeText, slot: slot) else {
      throw SealError.notTheOpened("envelope of slot \(slot)")
    }
    try self.init(envelope: envelope, receipt: receipt, trial: trial)
  }

  private init(envelope: Envelope, receipt: Receipt, trial: SealedTrial) throws(SealError) {
    let slot = envelope.leaf.index + 1
    guard let root = Hex.decode(trial.manifest.commitments.planRoot),
      let identity = Hex.decode(trial.manifest.trial), envelope.leaf.trial == identity,
      envelope.isCommitted(root: root, size: trial.manifest.schedule.occasions.count),
      let arm = trial.design.arms.first(where: { $0.name == envelope.leaf.arm })
    else { throw .notCommitted("the envelope of slot \(slot)") }
    self.slot = slot
    self.arm = arm
    self.receipt = receipt
    self.salt = envelope.leaf.salt
    self.proof = envelope.proof
  }

  /// The slot whose code break a receipt proves to be announced in this trial's journal.
  private static func announcedSlot(
    _ receipt: Receipt, in trial: SealedTrial
  ) throws(SealError) -> Int {
    guard
      receipt.isValid(key: trial.manifest.recorderKey, origin: trial.manifest.journalOrigin)
    else { throw .noReceipt("a receipt that does not verify") }
    let entry: JournalEntry
    do {
      entry = try CommittedJSON.decode(
        JournalEntry.self, from: receipt.entryBytes, place: "receipt")
    } catch { throw .noReceipt("a receipt of something else") }
    guard case .codeBreak(let slot, _) = entry.event, entry.index == receipt.index else {
      throw .noReceipt("a receipt of something else")
    }
    let count = trial.manifest.schedule.occasions.count
    guard (1...count).contains(slot) else { throw .unknownSlot(slot, count: count) }
    return slot
  }
}

extension SealedTrial {
  /// Whether a text is what a custodian gets by opening the envelope of a slot with a stock `age`.
  ///
  /// To be asked before a code break is announced, so that a wrong file leaves no trace.
  ///
  /// - Throws: `SealError.unknownSlot`, `SealError.notTheOpened`.
  public func checkEnvelope(_ text: [UInt8], slot: Int) throws(SealError) {
    let count = manifest.schedule.occasions.count
    guard (1...count).contains(slot) else { throw .unknownSlot(slot, count: count) }
    guard envelope(text, slot: slot) != nil else { throw .notTheOpened("envelope of slot \(slot)") }
  }

  /// The envelope of a slot, if the text is that and was committed to.
  fileprivate func envelope(_ text: [UInt8], slot: Int) -> Envelope? {
    guard let envelope = Envelope(text: text), envelope.leaf.index == slot - 1,
      Hex.encode(envelope.leaf.trial) == manifest.trial,
      let root = Hex.decode(manifest.commitments.planRoot),
      envelope.isCommitted(root: root, size: manifest.schedule.occasions.count)
    else { return nil }
    return envelope
  }
}

extension CodeBreak {
  private struct Stored: Codable {
    let format: String
    let trial: String
    let slot: Int
    let arm: String
    let salt: String
    let proof: [String]
    let receipt: Receipt
  }

  /// The bytes of `code-breaks/slot-NNNN.json`.
  public func fileBytes(of trial: SealedTrial) throws -> [UInt8] {
    try CommittedJSON.encode(
      Stored(
        format: CodeBreak.format, trial: trial.manifest.trial, slot: slot, arm: arm.name,
        salt: Hex.encode(salt), proof: proof.map(Hex.encode), receipt: receipt), endsLine: true)
  }

  /// Reads a stored code break and checks it against the trial.
  ///
  /// - Throws: `FormatError` for bytes that are none, `SealError` for one that does not verify.
  public init(file bytes: [UInt8], path: String, of trial: SealedTrial) throws {
    let stored = try CommittedJSON.decode(
      Stored.self, from: bytes, place: path, endsLine: true)
    guard stored.format == CodeBreak.format else {
      throw FormatError(
        path, found: "the format \"\(stored.format.prefix(60))\"",
        expected: "\"\(CodeBreak.format)\"")
    }
    guard let trialBytes = Hex.decode(stored.trial), stored.slot > 0,
      let salt = Hex.decode(stored.salt)
    else { throw SealError.notCommitted(path) }
    let leaf = PlanLeaf(trial: trialBytes, index: stored.slot - 1, salt: salt, arm: stored.arm)
    let proof = stored.proof.compactMap(Hex.decode)
    let announced = try CodeBreak.announcedSlot(stored.receipt, in: trial)
    guard announced == stored.slot else {
      throw SealError.noReceipt("the receipt of slot \(announced)'s")
    }
    guard salt.count == 32, proof.count == stored.proof.count,
      stored.arm.utf8.count <= Arm.nameWidth, stored.slot <= 1 << 20
    else { throw SealError.notCommitted(path) }
    try self.init(
      envelope: Envelope(leaf: leaf, proof: proof), receipt: stored.receipt, trial: trial)
  }
}
