import BlindRecord
import Foundation
import GRDB
import MerkleLog
import Testing
import TrialJournal

/// What a stranger is told of a journal that still runs: signatures are checked there too.
struct RunningRecordTests {
  /// A running journal of the opening and two check-ins; it is closed.
  private func running() throws -> TrialFolder {
    let trial = try TrialFolder(slots: 4)
    let journal = try trial.create()
    for slot in 1...2 {
      _ = try journal.append(trial.checkIn(slot), clock: trial.clock(day: slot))
    }
    try journal.close()
    return trial
  }

  private func refusal(_ trial: TrialFolder) -> String {
    do {
      _ = try Journal.runningRecord(in: trial.path)
      return "accepted"
    } catch { return (error as? any Refusal)?.message ?? "\(error)" }
  }

  @Test func aRunningJournalIsAccepted() throws {
    let trial = try running()
    let record = try Journal.runningRecord(in: trial.path)
    #expect(record.entries.count == 3)
    #expect(record.leafHashes.count == 3)
    #expect(!record.isLocked)
    #expect(record.hasKey)
    // A copy that is given away lacks the key, and can be checked all the same.
    try FileManager.default.removeItem(atPath: trial.file("recorder.key"))
    #expect(try !Journal.runningRecord(in: trial.path).hasKey)
  }

  @Test func everyFaultOfThePublishedCheckpointIsNamed() throws {
    let trial = try running()
    let good = try trial.bytes("journal.checkpoint")
    var flipped = good
    flipped[good.count - 6] = flipped[good.count - 6] == 0x41 ? 0x42 : 0x41
    let crlf = Array(String(decoding: good, as: UTF8.self).replacing("\n", with: "\r\n").utf8)
    for (bytes, what) in [
      ([], "empty"), (crlf, "CRLF"), (good + [0x0A], "trailing"), (flipped, "signature"),
      (good.dropLast(9), "cut"),
    ] {
      try trial.write(Array(bytes), to: "journal.checkpoint")
      #expect(refusal(trial).hasPrefix("journal.checkpoint: "), "\(what): \(refusal(trial))")
    }
    try FileManager.default.removeItem(atPath: trial.file("journal.checkpoint"))
    #expect(refusal(trial) == "journal.checkpoint: not found in the trial folder")
    try trial.write(good, to: "journal.checkpoint")
    #expect(refusal(trial) == "accepted")
  }

  @Test func aWrongKeyOfTheRecorderIsNamed() throws {
    let trial = try running()
    try trial.write(Array("\(String(repeating: "0", count: 64))\n".utf8), to: "recorder.key")
    #expect(refusal(trial) == "recorder.key: found another key than the one manifest.json names")
    try trial.write(Array("0123\n".utf8), to: "recorder.key")
    #expect(refusal(trial) == "recorder.key: found something else, expected 64 hex digits")
  }

  @Test func anEntryThatWasTakenAwayIsFound() throws {
    let trial = try TrialFolder(slots: 4)
    let journal = try trial.create()
    _ = try journal.append(trial.checkIn(1), clock: trial.clock(day: 1))
    try journal.close()
    let earlier = try trial.bytes("journal.sqlite")
    let again = try Journal.open(in: trial.path)
    _ = try again.append(trial.checkIn(2), clock: trial.clock(day: 2))
    try again.close()
    try trial.write(earlier, to: "journal.sqlite")
    #expect(
      refusal(trial)
        == "journal.sqlite: found 2 entries that are not the 3 signed last")
  }

  /// The last entry rewritten with its leaf and its head, under the old signature.
  @Test func aForgedHeadIsFound() throws {
    let trial = try running()
    try FileManager.default.removeItem(atPath: trial.file("journal.checkpoint"))
    try TriggerTests.raw(trial).write { database in
      let triggers = try Row.fetchAll(
        database, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
      for row in triggers { try database.execute(sql: "DROP TRIGGER \(row["name"] as String)") }
      let leaves = try Row.fetchAll(database, sql: "SELECT body, leaf FROM entry ORDER BY position")
      let text = String(decoding: leaves[2]["body"] as Data, as: UTF8.self)
      let body = Array(text.replacing("6.5", with: "9.5").utf8)
      #expect(Array(text.utf8) != body)
      let hashes = leaves.prefix(2).map { Array($0["leaf"] as Data) } + [leafHash(body)]
      let root = MerkleTree(leafHashes: hashes).root
      let note: String = try #require(
        try String.fetchOne(database, sql: "SELECT note FROM checkpoint WHERE size = 3"))
      var lines = note.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      lines[2] = Base64.encode(root)
      try database.execute(
        sql: "UPDATE entry SET body = ?, leaf = ? WHERE position = 2",
        arguments: [Data(body), Data(hashes[2])])
      try database.execute(
        sql: "UPDATE checkpoint SET root = ?, note = ? WHERE size = 3",
        arguments: [Data(root), lines.joined(separator: "\n")])
      for row in triggers { try database.execute(sql: row["sql"]) }
    }
    // Opening the journal for work compares roots; only the signature tells who made them.
    #expect(try Journal.open(in: trial.path, for: .reading).entries().count == 3)
    #expect(
      refusal(trial).hasPrefix("the last checkpoint of journal.sqlite: "), "\(refusal(trial))")
  }
}
