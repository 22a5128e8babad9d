import BlindRecord
import Foundation
import GRDB
import MerkleLog
import Testing
import TrialJournal

/// The lock, and everything that may be wrong with a locked record.
struct LockTests {
  /// A folder with a locked journal of three check-ins.
  private func locked(asksGuess: Bool = true) throws -> TrialFolder {
    let trial = try TrialFolder(slots: 4, asksGuess: asksGuess)
    let journal = try trial.create()
    for slot in 1...3 {
      _ = try journal.append(trial.checkIn(slot), clock: trial.clock(day: slot))
    }
    _ = try journal.lock(reason: "done", clock: trial.clock(day: 6))
    return trial
  }

  /// Changes a locked database behind the triggers' back, and puts the triggers back.
  private func tamper(_ trial: TrialFolder, _ statements: [String]) throws {
    try TriggerTests.raw(trial).write { database in
      let triggers = try Row.fetchAll(
        database, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
      for row in triggers { try database.execute(sql: "DROP TRIGGER \(row["name"] as String)") }
      for statement in statements { try database.execute(sql: statement) }
      for row in triggers { try database.execute(sql: row["sql"]) }
    }
  }

  @Test func nothingIsAddedAfterTheLock() throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    _ = try journal.lock(reason: "no kits left", clock: trial.clock(day: 1))
    #expect(try journal.isLocked)
    for other in [journal, try Journal.open(in: trial.path)] {
      #expect(throws: JournalError.locked) {
        try other.append(trial.checkIn(1), clock: trial.clock(day: 1))
      }
      #expect(throws: JournalError.locked) {
        try other.lock(reason: "again", clock: trial.clock(day: 1))
      }
    }
    #expect(JournalError.locked.message == "journal: locked, nothing can be added")
  }

  /// Others may sign a checkpoint; this one only the recorder signs, and once.
  @Test func theFinalNoteHasOneSignature() throws {
    let trial = try locked()
    let place = URL(filePath: "\(trial.path)/journal.checkpoint")
    let note = try String(contentsOf: place, encoding: .utf8)
    let signature = try #require(note.split(separator: "\n").last)
    try (note + signature + "\n").write(to: place, atomically: true, encoding: .utf8)
    #expect(
      throws: JournalError.badCheckpoint(
        "journal.checkpoint", reason: "found 2 signatures, expected one by the recorder")
    ) { try Journal.lockedRecord(in: trial.path) }
  }

  /// A page that is being served must not leave a folder that is half locked.
  @Test func whileAnotherHasItOpenNothingOfALockIsWritten() throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    var other: Journal? = try Journal.open(in: trial.path)
    let names = try trial.names()
    #expect(throws: JournalError.inUse) {
      try journal.lock(reason: "done", clock: trial.clock(day: 1))
    }
    #expect(try !journal.isLocked)
    #expect(try trial.names() == names)
    // Both go on as before.
    _ = try other?.append(trial.checkIn(1), clock: trial.clock(day: 1))
    _ = try journal.append(
      Deviation(slot: nil, kind: .other, reason: "x"), clock: trial.clock(day: 1))
    #expect(try journal.entries().count == 3)
    try other?.close()
    other = nil
    let record = try journal.lock(reason: "done", clock: trial.clock(day: 1))
    #expect(record.entries.count == 4)
    #expect(try trial.names() == ["journal.checkpoint", "journal.sqlite", "manifest.json"])
  }

  @Test(arguments: ["committed", "merged", "signed"])
  func aLockKilledInBetweenIsFinishedLater(step: String) throws {
    let trial = try TrialFolder()
    do {
      let journal = try trial.create()
      _ = try journal.append(trial.checkIn(1), clock: trial.clock(day: 1))
    }
    let end = try WriterProcess(["lock", trial.path, step]).finish()
    #expect(end.status == -SIGKILL, "\(end.errors)")
    #expect(throws: JournalError.self) { try Journal.lockedRecord(in: trial.path) }
    do {
      let journal = try Journal.open(in: trial.path)
      #expect(throws: JournalError.locked) {
        try journal.append(trial.checkIn(2), clock: trial.clock(day: 7))
      }
      let record = try journal.lock(reason: "another reason", clock: trial.clock(day: 8))
      #expect(record.entries.count == 3)
      #expect(record.entries.last?.event == .locked(reason: "all slots done"))
    }
    #expect(try trial.names() == ["journal.checkpoint", "journal.sqlite", "manifest.json"])
    _ = try Journal.lockedRecord(in: trial.path)
  }

  @Test func aLockThatLostItsKeyInBetweenSaysSo() throws {
    let trial = try TrialFolder()
    try trial.create().close()
    let end = try WriterProcess(["lock", trial.path, "committed"]).finish()
    #expect(end.status == -SIGKILL, "\(end.errors)")
    let key = try trial.bytes("recorder.key")
    try FileManager.default.removeItem(atPath: trial.file("recorder.key"))
    #expect(throws: JournalError.missingFile("recorder.key")) {
      try Journal.open(in: trial.path).lock(reason: "again", clock: trial.clock(day: 8))
    }
    try trial.write(key, to: "recorder.key")
    _ = try Journal.open(in: trial.path).lock(reason: "again", clock: trial.clock(day: 8))
  }

  @Test func anUnlockedJournalIsNoLockedRecord() throws {
    let trial = try TrialFolder()
    try trial.create()
    #expect(throws: JournalError.notLocked) { try Journal.lockedRecord(in: trial.path) }
    #expect(
      JournalError.notLocked.description
        == "journal.sqlite: not locked (run `selfblind lock` first)")
  }

  @Test func theKeyThatStayedBehindIsSeen() throws {
    let trial = try locked()
    try trial.write(Array(String(repeating: "07", count: 32).utf8), to: "recorder.key")
    #expect(throws: JournalError.lockUnfinished) { try Journal.lockedRecord(in: trial.path) }
  }

  @Test func verifyingChangesNoFile() throws {
    let trial = try locked()
    let names = try trial.names()
    let bytes = try names.map { try trial.bytes($0) }
    _ = try Journal.lockedRecord(in: trial.path)
    _ = try Journal.open(in: trial.path).entries()
    #expect(try trial.names() == names)
    #expect(try names.map { try trial.bytes($0) } == bytes)
  }

  @Test func everyFailureIsItsOwn() throws {
    let cases: [([String], JournalError)] = [
      (["UPDATE entry SET leaf = zeroblob(32) WHERE position = 2"], .leafMismatch(2)),
      (
        [
          "UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), '6.5', '7.5') AS BLOB) "
            + "WHERE position = 1"
        ], .leafMismatch(1)
      ),
      (["UPDATE checkpoint SET root = zeroblob(32) WHERE size = 2"], .treeHeadMismatch(size: 2)),
      (["DELETE FROM checkpoint WHERE size = 3"], .treeHeadMismatch(size: 3)),
      (["DELETE FROM checkpoint WHERE size = 5"], .treeHeadMismatch(size: 5)),
      (
        ["INSERT INTO checkpoint VALUES (6, zeroblob(32), 'x')"], .treeHeadMismatch(size: 6)
      ),
      (["DELETE FROM entry WHERE position = 1"], .entryMismatch(1)),
      (
        ["DELETE FROM entry WHERE position = 4", "DELETE FROM checkpoint WHERE size = 5"],
        .notLocked
      ),
      (
        ["UPDATE journal SET trial = 'aa'"],
        .otherTrial(found: "aa", expected: "00112233aabbccdd")
      ),
      (
        ["UPDATE journal SET manifest = '\(String(repeating: "0", count: 64))'"],
        .manifestChanged
      ),
      (["DELETE FROM journal"], .damaged("it names no trial")),
      (["CREATE TABLE more (x)"], .schemaChanged("more")),
      (["UPDATE checkpoint SET note = replace(note, '2', '3') WHERE size = 2"], .fileChanged),
    ]
    for (statements, expected) in cases {
      let trial = try locked()
      try tamper(trial, statements)
      #expect(throws: expected, "\(statements)") { try Journal.lockedRecord(in: trial.path) }
    }
  }

  @Test func theCheckpointIsTheManifestKeys() throws {
    let trial = try locked()
    let note = String(decoding: try trial.bytes("journal.checkpoint"), as: UTF8.self)
    try tamper(trial, ["UPDATE checkpoint SET note = 'not a note' WHERE size = 5"])
    let error = try #require(throws: JournalError.self) {
      try Journal.lockedRecord(in: trial.path)
    }
    #expect(error.message.hasPrefix("the last checkpoint of journal.sqlite: "))
    let other = try locked()
    try other.write(
      Array(note.replacing("sha256:", with: "sha256;").utf8), to: "journal.checkpoint")
    let forged = try #require(throws: JournalError.self) {
      try Journal.lockedRecord(in: other.path)
    }
    #expect(forged.message.hasPrefix("journal.checkpoint: "))
    try FileManager.default.removeItem(atPath: other.file("journal.checkpoint"))
    #expect(throws: JournalError.missingFile("journal.checkpoint")) {
      try Journal.lockedRecord(in: other.path)
    }
  }

  @Test func entriesThatTheRulesForbidAreFound() throws {
    let plain = try TrialFolder(slots: 4).checkIn(1)
    let noGuess = CheckIn(slot: 1, kit: plain.kit, answers: plain.answers, guess: nil)
    let beyond = CheckIn(slot: 9, kit: plain.kit, answers: plain.answers, guess: plain.guess)
    let noAnswer = CheckIn(slot: 1, kit: plain.kit, answers: [:], guess: plain.guess)
    let other = Deviation(slot: nil, kind: .other, reason: "")
    let cases: [(JournalEntry.Event, day: Int, JournalError)] = [
      (.checkIn(noGuess), 1, .missingGuess),
      (.checkIn(beyond), 1, .unknownSlot(9, count: 4)),
      (.checkIn(noAnswer), 1, .missingAnswer(item: "mood")),
      (
        .checkIn(plain), 0,
        .notDue(
          slot: 1, due: TrialFolder.firstDay, today: TrialFolder.firstDay.advanced(by: -1))
      ),
      (.deviation(other), 1, .emptyReason(of: "reason of the deviation")),
      (
        .deviation(Deviation(slot: nil, kind: .other, reason: "r")), -2,
        .clockSetBack(now: "2024-10-01T20:00:00Z", latest: "2024-10-03T20:00:00Z")
      ),
    ]
    for (event, day, expected) in cases {
      let trial = try TrialFolder(slots: 4)
      try trial.create()
      try forge(trial, event, day: day)
      let error = #expect(throws: JournalError.self) {
        try Journal.open(in: trial.path).lock(reason: "done", clock: trial.clock(day: 6))
      }
      #expect(error == .entryNotAllowed(1, because: expected))
      #expect(error?.message == "journal.sqlite: entry 1 was not allowed, \(expected.message)")
    }
  }

  /// Writes entry 1 as a recorder without rules would: a true leaf under a true signature.
  private func forge(_ trial: TrialFolder, _ event: JournalEntry.Event, day: Int) throws {
    let first = try #require(try Journal.open(in: trial.path).entries().first)
    let moment = trial.clock(day: day).now
    let entry = JournalEntry(index: 1, moment: moment, clockIsSet: true, event: event)
    let bodies = try [first, entry].map { try CommittedJSON.encode($0) }
    let tree = MerkleTree(leaves: bodies)
    let name = String(trial.manifest.recorderKey.prefix { $0 != "+" })
    let head = Checkpoint(origin: trial.manifest.journalOrigin, size: 2, root: tree.root)
    let note = try NoteSigner(name: name, seed: TrialFolder.seed).sign(head.text)
    try TriggerTests.raw(trial).write { database in
      try database.execute(
        sql: """
          INSERT INTO entry (position, kind, slot, body, leaf)
          SELECT 1, json_extract(text, '$.event'), json_extract(text, '$.body.slot'), ?, ?
          FROM (SELECT ? AS text)
          """,
        arguments: [
          Data(bodies[1]), Data(leafHash(bodies[1])), String(decoding: bodies[1], as: UTF8.self),
        ])
      try database.execute(
        sql: "INSERT INTO checkpoint (size, root, note) VALUES (2, ?, ?)",
        arguments: [Data(tree.root), note])
    }
  }

  @Test func aChangedByteAnywhereIsFound() throws {
    let trial = try locked()
    for (name, stride) in [
      ("journal.sqlite", 211), ("journal.checkpoint", 3), ("manifest.json", 37),
    ] {
      let bytes = try trial.bytes(name)
      for place in Swift.stride(from: 0, to: bytes.count, by: stride) {
        var changed = bytes
        changed[place] ^= 0x01
        try trial.write(changed, to: name)
        var refused = false
        do { _ = try Journal.lockedRecord(in: trial.path) } catch { refused = error is any Refusal }
        #expect(refused, "\(name), byte \(place)")
        if !refused { break }
      }
      try trial.write(bytes, to: name)
    }
    _ = try Journal.lockedRecord(in: trial.path)
  }

  @Test func aReadOnlyDiskServes() throws {
    guard getuid() == 0 else { return print("skipped: mounting needs root") }
    let finished = try locked()
    let running = try TrialFolder()
    let sealed = try TrialFolder()
    try running.create().close()
    let folders = [finished, running, sealed]
    defer { for folder in folders { _ = try? run("umount", folder.path) } }
    for folder in folders {
      guard try run("mount", "--bind", folder.path, folder.path) == 0,
        try run("mount", "-o", "remount,bind,ro", folder.path) == 0
      else { return print("skipped: no bind mounts here") }
      #expect(throws: (any Error).self) { try folder.write([1], to: "probe") }
    }
    #expect(try Journal.lockedRecord(in: finished.path).entries.count == 5)
    #expect(try Journal.open(in: finished.path).entries().count == 5)
    #expect(try Journal.open(in: running.path, for: .reading).entries().count == 1)
    let unwritable = #expect(throws: JournalError.self) { try Journal.open(in: running.path) }
    #expect(
      unwritable?.description
        == "journal.sqlite: cannot be written, the disk is read-only (get the right to read and "
        + "write the folder, or move the whole folder to where you have it)")
    #expect(
      throws: JournalError.noPermission("manifest.json", reason: "read-only file system")
    ) { try sealed.create() }
  }
}
