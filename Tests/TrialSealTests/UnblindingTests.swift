import BlindRecord
import Foundation
import MerkleLog
import OpenSSLCrypto
import Testing
import TrialArchive
import TrialDesign
import TrialJournal
import TrialTestSupport

@testable import TrialSeal

/// Unblinding only over a locked record, and each failure another error, in the order of seal.md.
@Suite struct UnblindingTests {
  static func finished() throws -> (SampleTrial, LockedRecord, OpenedKey) {
    let sample = try SampleTrial()
    try sample.record()
    let record = try sample.folder.lock(reason: "over", clock: sample.clock())
    return (sample, record, try sample.trial.unlock(passphrase: SampleTrial.passphrase))
  }

  static func open(
    _ trial: SealedTrial, _ key: OpenedKey, _ record: LockedRecord
  ) throws -> Unblinding {
    try Unblinding(
      of: trial, with: key, over: record, openedAt: later(record), prediction: "")
  }

  /// An hour after the last entry.
  static func later(_ record: LockedRecord) throws -> Moment {
    let last = try #require(record.entries.last).moment
    return Moment(seconds: last.seconds + 3600, zone: last.zone, offset: last.offset)
  }

  @Test func nothingIsOpenedBeforeTheLock() throws {
    let (sample, record, key) = try Self.finished()
    let error = #expect(throws: UnblindingError.self) {
      try Unblinding(
        of: sample.trial, with: key, over: record, openedAt: SealTests.moment, prediction: "")
    }
    guard case .clockBeforeLock = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  /// A record with some of its parts exchanged, which only a test can make.
  static func forged(
    _ record: LockedRecord, entryBytes: [[UInt8]]? = nil, entries: [JournalEntry]? = nil,
    checkpoint: String? = nil, manifestBytes: [UInt8]? = nil
  ) -> LockedRecord {
    LockedRecord(
      manifestBytes: manifestBytes ?? record.manifestBytes, manifest: record.manifest,
      entryBytes: entryBytes ?? record.entryBytes, entries: entries ?? record.entries,
      checkpoint: checkpoint ?? record.checkpoint)
  }

  @Test func theRecordIsCheckedBeforeAnythingIsOpened() throws {
    let (sample, record, key) = try Self.finished()
    _ = try Self.open(sample.trial, key, record)

    var entries = record.entryBytes
    entries[1] += [0x20]
    #expect(throws: UnblindingError.recordRoot) {
      try Self.open(sample.trial, key, Self.forged(record, entryBytes: entries))
    }
    #expect(throws: UnblindingError.recordRoot) {
      try Self.open(
        sample.trial, key, Self.forged(record, entryBytes: record.entryBytes.dropLast()))
    }
    let other = try SampleTrial()
    let error = #expect(throws: UnblindingError.self) {
      try Self.open(
        sample.trial, key, Self.forged(record, checkpoint: other.openJournal().checkpoint()))
    }
    guard case .recordSignature = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(throws: UnblindingError.foreignRecord) {
      try Self.open(
        sample.trial, key, Self.forged(record, manifestBytes: other.trial.manifestBytes))
    }
    #expect(throws: UnblindingError.notLocked) {
      try Self.open(
        sample.trial, key, Self.forged(record, entries: record.entries.dropLast()))
    }
  }

  @Test func aKeyOfAnotherTrialOpensNothing() throws {
    let (sample, record, _) = try Self.finished()
    let other = try SampleTrial(simulation: nil)
    let key = try other.trial.unlock(passphrase: SampleTrial.passphrase)
    #expect(throws: SealError.wrongKey(custody: SealError.anyKey)) {
      try Self.open(sample.trial, key, record)
    }
    let foreign = OpenedKey(trial: "", content: .share(try SecretBytes(count: 32) { _ in }))
    #expect(throws: UnblindingError.shareCommitment) {
      try Self.open(sample.trial, foreign, record)
    }
  }

  @Test func aStoredUnblindingIsDrawnAgain() throws {
    let (sample, record, key) = try Self.finished()
    let opened = try Self.open(sample.trial, key, record)
    let file = try opened.fileBytes()
    func reread(_ change: (String) -> String) throws -> Unblinding {
      let text = change(String(decoding: file, as: UTF8.self))
      return try Unblinding(
        file: Array(text.utf8), of: sample.trial, over: record, codeBreaks: [])
    }
    let again = try reread { $0 }
    #expect(again.allocation.assignment == opened.allocation.assignment)
    let arms = ExampleProtocols.canaryArms
    #expect(throws: UnblindingError.storedPlan(slot: 1)) {
      try reread { text in
        let first = sample.design.arms[opened.allocation.assignment.arms[0]].name
        guard let range = text.range(of: first) else { return text }
        return text.replacingCharacters(in: range, with: first == arms[0] ? arms[1] : arms[0])
      }
    }
    let seed = Hex.encode(opened.plan.seed)
    #expect(throws: UnblindingError.seed) {
      try reread { $0.replacing(seed, with: String(seed.reversed())) }
    }
    let share = Hex.encode(opened.share)
    #expect(throws: UnblindingError.shareCommitment) {
      try reread { $0.replacing(share, with: String(share.reversed())) }
    }
    #expect(throws: UnblindingError.foreignUnblinding("another trial's identity")) {
      try reread { $0.replacing(sample.trial.manifest.trial, with: "0123456789abcdef") }
    }
    let root = Hex.encode(MerkleTree(leaves: record.entryBytes).root)
    #expect(throws: UnblindingError.foreignUnblinding("the root of another record")) {
      try reread { $0.replacing(root, with: String(root.reversed())) }
    }
    #expect(throws: FormatError.self) { try reread { $0 + " " } }
    #expect(throws: FormatError.self) { try reread { String($0.dropLast(30)) } }
    #expect(throws: FormatError.self) {
      try reread { $0.replacing("blinding/v1", with: "blinding/v2") }
    }
  }

  @Test func everySentenceIsPinned() {
    let sentences: [(UnblindingError, String)] = [
      (.recordRoot, "journal: found entries whose tree has another root than the final checkpoint"),
      (.recordSignature("x"), "journal: found a final checkpoint that is not valid: x"),
      (.foreignRecord, "journal: found the record of another trial"),
      (.notLocked, "journal: found a record that is not locked, expected the lock as last entry"),
      (.shareCommitment, "unblinding: found a share that the seal did not commit to"),
      (.seed, "unblinding.json: found a seed that does not follow from the share"),
      (.kitCodes, "manifest.json: found kit codes that do not follow from the seed"),
      (.planRoot, "manifest.json: found a plan root that does not follow from the seed"),
      (
        .storedPlan(slot: 3),
        "unblinding.json: found another arm or salt at slot 3 than the seed gives"
      ),
      (.codeBreak(slot: 3), "code-breaks: found another arm for slot 3 than the plan has"),
    ]
    for (error, sentence) in sentences { #expect(error.message == sentence) }
  }

  @Test func aManifestWithForeignCodesOrRootIsFound() throws {
    let (sample, record, key) = try Self.finished()
    func changed(_ change: (String) -> String) throws -> SealedTrial {
      let text = change(String(decoding: sample.trial.manifestBytes, as: UTF8.self))
      return try SealedTrial(
        manifestBytes: Array(text.utf8), protocolBytes: sample.design.bytes,
        read: { SealTests.file($0, of: sample.trial) })
    }
    let share = try sample.trial.share(with: key)
    func open(_ trial: SealedTrial) throws -> Unblinding {
      try Unblinding(
        checked: trial, record: record, share: share, codeBreaks: [],
        openedAt: SealTests.moment, prediction: "")
    }
    let code = sample.trial.manifest.schedule.occasions[0].kit.text
    let other = KitCode(values: [1, 2, 3, 4, 5, 6]).text
    #expect(throws: UnblindingError.kitCodes) {
      try open(changed { $0.replacing(code, with: other) })
    }
    let root = sample.trial.manifest.commitments.planRoot
    #expect(throws: UnblindingError.planRoot) {
      try open(changed { $0.replacing(root, with: String(root.reversed())) })
    }
  }
}
