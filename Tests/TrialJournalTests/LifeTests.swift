import BlindRecord
import Foundation
import MerkleLog
import Testing
import TrialJournal

/// A journal from its opening to the locked record.
struct LifeTests {
  @Test func aTrialFromOpeningToLock() throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    for slot in [1, 2, 4] {
      _ = try journal.append(trial.checkIn(slot), clock: trial.clock(day: slot))
    }
    let rows = try journal.rows(today: TrialFolder.firstDay.advanced(by: 4))
    #expect(rows.map(\.status) == [.recorded, .recorded, .open, .recorded, .open, .upcoming])
    let record = try journal.lock(reason: "ended early", clock: trial.clock(day: 5))
    #expect(try trial.names() == ["journal.checkpoint", "journal.sqlite", "manifest.json"])
    #expect(record.manifestBytes == trial.manifestBytes)
    #expect(record.entries.map(\.index) == [0, 1, 2, 3, 4])
    let digest = contentDigest(trial.manifestBytes)
    #expect(record.entries.first?.event == .opened(manifestDigest: digest))
    #expect(record.entries.last?.event == .locked(reason: "ended early"))
    #expect(record.entries.filter { !$0.clockIsSet }.isEmpty)
    let head = try Checkpoint.verified(
      note: record.checkpoint, key: trial.manifest.recorderKey,
      origin: trial.manifest.journalOrigin)
    #expect(head.size == 5 && head.root == MerkleTree(leaves: record.entryBytes).root)
    let again = try Journal.lockedRecord(in: trial.path)
    #expect(again.entryBytes == record.entryBytes && again.checkpoint == record.checkpoint)
    #expect(
      try Journal.open(in: trial.path).rows(today: TrialFolder.firstDay).map(\.status)
        == [.recorded, .recorded, .missing, .recorded, .missing, .upcoming])
  }

  @Test func aReceiptProvesTheEntryUnderASignedHead() throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    for slot in 1...5 {
      let receipt = try journal.append(trial.checkIn(slot), clock: trial.clock(day: slot))
      let head = try Checkpoint.verified(
        note: receipt.checkpoint, key: trial.manifest.recorderKey,
        origin: trial.manifest.journalOrigin)
      #expect(receipt.index == slot && head.size == slot + 1)
      #expect(try journal.checkpoint() == receipt.checkpoint)
      #expect(
        verifyInclusion(
          leafHash: leafHash(receipt.entryBytes), index: receipt.index, size: head.size,
          proof: receipt.proof, root: head.root))
      let bytes = try CommittedJSON.encode(receipt)
      #expect(try CommittedJSON.decode(Receipt.self, from: bytes, place: "receipt") == receipt)
    }
    let early = try #require(try journal.codeBreakReceipt(slot: 1) == nil ? 1 : nil)
    _ = try journal.announceCodeBreak(slot: early, reason: "rash", clock: trial.clock(day: 5))
    _ = try journal.append(trial.checkIn(6), clock: trial.clock(day: 6))
    let later = try #require(try journal.codeBreakReceipt(slot: early))
    #expect(later.index == 6)
    #expect(
      later.isValid(key: trial.manifest.recorderKey, origin: trial.manifest.journalOrigin))
  }

  @Test func filesAreForTheirOwnerOnly() throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    _ = try journal.append(trial.checkIn(1), clock: trial.clock(day: 1))
    for name in try trial.names() {
      let facts = try FileManager.default.attributesOfItem(atPath: trial.file(name))
      #expect((facts[.posixPermissions] as? NSNumber)?.intValue == 0o600, "\(name)")
    }
    let key = String(decoding: try trial.bytes("recorder.key"), as: UTF8.self)
    #expect(key == String(repeating: "07", count: 32) + "\n")
  }

  @Test func aClosedJournalIsOneFile() throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    _ = try journal.append(trial.checkIn(1), clock: trial.clock(day: 1))
    #expect(try trial.names().contains("journal.sqlite-wal"))
    try journal.close()
    #expect(
      try trial.names()
        == ["journal.checkpoint", "journal.sqlite", "manifest.json", "recorder.key"])
    #expect(throws: JournalError.closed) { try journal.entries() }
    #expect(throws: JournalError.closed) {
      try journal.append(trial.checkIn(2), clock: trial.clock(day: 2))
    }
    try journal.close()
    #expect(try Journal.open(in: trial.path).entries().count == 2)
  }

  @Test func aJournalIsBegunOnce() throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    #expect(try trial.create().entries() == journal.entries(), "nothing was added yet")
    _ = try journal.append(trial.checkIn(1), clock: trial.clock(day: 1))
    #expect(throws: JournalError.alreadyExists) { try trial.create() }
    #expect(
      JournalError.alreadyExists.message
        == "journal.sqlite: exists already, and a journal is begun only once")
  }

  @Test func aBeginningThatCrashedIsBegunAgain() throws {
    let trial = try TrialFolder()
    try trial.write(Array("half a file".utf8), to: "journal.sqlite.partial")
    try trial.write(Array("a hot journal".utf8), to: "journal.sqlite.partial-journal")
    try trial.write(Array("00\n".utf8), to: "recorder.key")
    let journal = try trial.create()
    _ = try journal.append(trial.checkIn(1), clock: trial.clock(day: 1))
    #expect(try trial.names().filter { $0.contains(".partial") } == [])
  }

  @Test func aKeyOfAnotherManifestBeginsNothing() throws {
    let trial = try TrialFolder()
    #expect(throws: JournalError.otherKey) {
      try Journal.create(
        in: trial.path, for: trial.manifestBytes,
        recorderSeed: [UInt8](repeating: 8, count: 32), clock: trial.clock(day: 0))
    }
    #expect(try trial.names() == [])
  }
}
