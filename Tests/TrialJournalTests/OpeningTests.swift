import BlindRecord
import Foundation
import GRDB
import MerkleLog
import Testing
import TrialJournal

/// Files that are not the journal of this trial, and journals put back from a backup.
struct OpeningTests {
  /// A folder whose journal was begun, has two check-ins, and is closed.
  private func closed(_ trial: TrialFolder) throws {
    let journal = try trial.create()
    for slot in 1...2 {
      _ = try journal.append(trial.checkIn(slot), clock: trial.clock(day: slot))
    }
  }

  private func refusal(_ trial: TrialFolder) -> String? {
    do {
      _ = try Journal.open(in: trial.path)
      return nil
    } catch let error as any Refusal {
      return error.description
    } catch {
      return "no refusal: \(error)"
    }
  }

  @Test func missingFiles() throws {
    let trial = try TrialFolder()
    #expect(refusal(trial) == "manifest.json: not found in the trial folder")
    try trial.write(trial.manifestBytes, to: "manifest.json")
    #expect(refusal(trial) == "journal.sqlite: not found in the trial folder")
  }

  @Test func foreignFiles() throws {
    let trial = try TrialFolder()
    let sentence = "journal.sqlite: found a file that is not a journal of selfblind"
    try trial.write(trial.manifestBytes, to: "manifest.json")
    try trial.write(Array("slot,mood\n1,5\n".utf8), to: "journal.sqlite")
    #expect(refusal(trial) == sentence)
    try FileManager.default.removeItem(atPath: trial.file("journal.sqlite"))
    try TriggerTests.raw(trial).write { try $0.execute(sql: "CREATE TABLE note (text)") }
    let before = try trial.bytes("journal.sqlite")
    #expect(refusal(trial) == sentence)
    #expect(try trial.bytes("journal.sqlite") == before, "a foreign file is not touched")
    try trial.write([], to: "journal.sqlite")
    #expect(refusal(trial) == "journal.sqlite: damaged, the file is empty")
  }

  @Test func aNewerFormat() throws {
    let trial = try TrialFolder()
    try closed(trial)
    try TriggerTests.raw(trial).write { try $0.execute(sql: "PRAGMA user_version = 2") }
    #expect(
      refusal(trial)
        == "journal.sqlite: found format 2, and this version knows format 1 "
        + "(use the version of selfblind that wrote it)")
  }

  @Test(arguments: [1, 50, 99, 100, 4_095, 4_096, 8_192, 20_000])
  func aTruncatedFile(count: Int) throws {
    let trial = try TrialFolder()
    try closed(trial)
    let bytes = try trial.bytes("journal.sqlite")
    try trial.write(Array(bytes.prefix(count)), to: "journal.sqlite")
    let sentence =
      count < 100
      ? "journal.sqlite: found a file that is not a journal of selfblind"
      : "journal.sqlite: damaged, cut short at \(count) of \(bytes.count) bytes"
    #expect(refusal(trial) == sentence)
  }

  @Test func theJournalOfAnotherTrial() throws {
    let one = try TrialFolder()
    let two = try TrialFolder(trial: "ffffffffffffffff")
    try closed(one)
    try closed(two)
    try one.write(try two.bytes("journal.sqlite"), to: "journal.sqlite")
    #expect(
      refusal(one)
        == "journal.sqlite: found the journal of trial ffffffffffffffff, expected trial "
        + "00112233aabbccdd (put back the files that were sealed together)")
  }

  @Test func aManifestEditedLater() throws {
    let trial = try TrialFolder()
    try closed(trial)
    let edited = String(decoding: trial.manifestBytes, as: UTF8.self)
      .replacing("\"title\":\"", with: "\"title\":\"Not ")
    try trial.write(Array(edited.utf8), to: "manifest.json")
    #expect(
      refusal(trial)
        == "manifest.json: found other bytes than those the journal was opened with "
        + "(put back the files that were sealed together)")
  }

  @Test func aDroppedTriggerIsSeen() throws {
    let trial = try TrialFolder()
    try closed(trial)
    try TriggerTests.raw(trial).write {
      try $0.execute(sql: "DROP TRIGGER entry_no_update")
    }
    #expect(
      refusal(trial) == "journal.sqlite: \"entry_no_update\" is not as this format defines it")
  }

  @Test func aTriggerOfSomeoneElseIsSeen() throws {
    let trial = try TrialFolder()
    try closed(trial)
    try TriggerTests.raw(trial).write {
      try $0.execute(
        sql: "CREATE TRIGGER swallow BEFORE INSERT ON entry BEGIN SELECT RAISE(IGNORE); END")
    }
    #expect(refusal(trial) == "journal.sqlite: \"swallow\" is not as this format defines it")
  }

  @Test func keysThatCannotSign() throws {
    let trial = try TrialFolder()
    try closed(trial)
    func append() throws {
      _ = try Journal.open(in: trial.path)
        .append(trial.checkIn(3), clock: trial.clock(day: 3))
    }
    try trial.write(Array("not hex".utf8), to: "recorder.key")
    #expect(throws: JournalError.unreadableKey) { try append() }
    try trial.write(Array(String(repeating: "08", count: 32).utf8), to: "recorder.key")
    #expect(throws: JournalError.otherKey) { try append() }
    try FileManager.default.removeItem(atPath: trial.file("recorder.key"))
    #expect(throws: JournalError.missingFile("recorder.key")) { try append() }
    #expect(throws: JournalError.missingFile("recorder.key")) {
      try Journal.open(in: trial.path).lock(reason: "done", clock: trial.clock(day: 9))
    }
    #expect(throws: JournalError.missingFile("recorder.key")) {
      try Journal.lockedRecord(in: trial.path)
    }
    #expect(try Journal.open(in: trial.path, for: .reading).entries().count == 3)
    try trial.write(Array(String(repeating: "07", count: 32).utf8), to: "recorder.key")
    try append()
  }

  @Test func aRestoredBackupSignsNothing() throws {
    let trial = try TrialFolder()
    try closed(trial)
    let backup = try trial.bytes("journal.sqlite")
    let newest: String = try {
      let journal = try Journal.open(in: trial.path)
      return try journal.append(trial.checkIn(3), clock: trial.clock(day: 3)).checkpoint
    }()
    let latest = try trial.bytes("journal.sqlite")
    try trial.write(backup, to: "journal.sqlite")
    let error = JournalError.restoredBackup(signed: 4, found: 3)
    #expect(throws: error) {
      try Journal.open(in: trial.path)
        .append(trial.checkIn(3, mood: "2"), clock: trial.clock(day: 3))
    }
    #expect(
      error.message == "journal.sqlite: found 3 entries that are not the 4 signed last")
    #expect(
      error.hint == "put back the newest copy of the journal; a second history is never signed")
    #expect(String(decoding: try trial.bytes("journal.checkpoint"), as: UTF8.self) == newest)
    try trial.write(latest, to: "journal.sqlite")
    _ = try Journal.open(in: trial.path).append(trial.checkIn(4), clock: trial.clock(day: 4))
  }

  @Test func anotherHistoryOfTheSameLengthSignsNothing() throws {
    let trial = try TrialFolder()
    try closed(trial)
    let backup = try trial.bytes("journal.sqlite")
    let checkpoint = try trial.bytes("journal.checkpoint")
    func add(_ mood: String) throws {
      _ = try Journal.open(in: trial.path)
        .append(trial.checkIn(3, mood: mood), clock: trial.clock(day: 3))
    }
    try add("2")
    let signed = try trial.bytes("journal.checkpoint")
    try trial.write(backup, to: "journal.sqlite")
    try trial.write(checkpoint, to: "journal.checkpoint")
    try add("3")
    try trial.write(signed, to: "journal.checkpoint")
    #expect(throws: JournalError.restoredBackup(signed: 4, found: 4)) {
      try Journal.open(in: trial.path).append(trial.checkIn(4), clock: trial.clock(day: 4))
    }
  }

  @Test(arguments: ["", "torn by a power fail"])
  func aTornCheckpointFileIsNoHindrance(text: String) throws {
    let trial = try TrialFolder()
    try closed(trial)
    try trial.write(Array(text.utf8), to: "journal.checkpoint")
    let receipt = try Journal.open(in: trial.path)
      .append(trial.checkIn(3), clock: trial.clock(day: 3))
    #expect(
      String(decoding: try trial.bytes("journal.checkpoint"), as: UTF8.self)
        == receipt.checkpoint)
  }

  @Test func readingAddsNoEntryAndLeavesNoFile() throws {
    let trial = try TrialFolder()
    try closed(trial)
    let names = try trial.names()
    let bytes = try names.map { try trial.bytes($0) }
    let journal = try Journal.open(in: trial.path, for: .reading)
    #expect(try journal.entries().count == 3)
    #expect(throws: JournalError.readOnly) {
      try journal.append(trial.checkIn(3), clock: trial.clock(day: 3))
    }
    try journal.close()
    #expect(try trial.names() == names)
    #expect(try names.map { try trial.bytes($0) } == bytes)
  }

  @Test func readingSeesWhatLiesInAWriteAheadLog() throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    _ = try journal.append(trial.checkIn(1), clock: trial.clock(day: 1))
    let reader = try Journal.open(in: trial.path, for: .reading)
    #expect(try reader.entries().count == 2)
    _ = try journal.append(trial.checkIn(2), clock: trial.clock(day: 2))
    #expect(try reader.entries().count == 3)
    #expect(throws: JournalError.notLocked) { try Journal.lockedRecord(in: trial.path) }
  }
}
