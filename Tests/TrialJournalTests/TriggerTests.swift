import BlindRecord
import GRDB
import Testing
import TrialJournal

/// What the database itself refuses, whoever asks.
struct TriggerTests {
  /// A second connection, as any program could open it.
  static func raw(_ trial: TrialFolder) throws -> DatabaseQueue {
    try DatabaseQueue(path: trial.file("journal.sqlite"))
  }

  private static let leaf = "zeroblob(32)"

  private static func entry(_ position: Int, _ kind: String, slot: Int? = nil) -> String {
    let slotText = slot.map(String.init) ?? "NULL"
    let body =
      "{\"body\":{\(slot.map { "\"slot\":\($0)" } ?? "")},\"event\":\"\(kind)\","
      + "\"index\":\(position)}"
    return "INTO entry (position, kind, slot, body, leaf) VALUES "
      + "(\(position), '\(kind)', \(slotText), CAST('\(body)' AS BLOB), \(leaf))"
  }

  private static func head(_ size: Int) -> String {
    "INTO checkpoint (size, root, note) VALUES (\(size), \(leaf), 'a note')"
  }

  static let refusals: [(sql: [String], sentence: String)] = [
    (["UPDATE entry SET leaf = \(leaf) WHERE position = 1"], "entries are never changed"),
    (["UPDATE OR REPLACE entry SET position = 0 WHERE position = 1"], "entries are never changed"),
    (["DELETE FROM entry WHERE position = 2"], "entries are never deleted"),
    (["DELETE FROM entry"], "entries are never deleted"),
    (["INSERT " + entry(4, "deviation")], "entries follow each other without a gap"),
    (["INSERT OR REPLACE " + entry(2, "deviation")], "entries follow each other without a gap"),
    (["INSERT " + entry(3, "opened")], "the opening entry is the first one, and only that"),
    (["INSERT OR REPLACE " + entry(3, "check-in", slot: 2)], "a slot has one check-in"),
    (
      ["INSERT " + entry(3, "deviation"), "INSERT " + entry(4, "deviation")],
      "every entry is signed before the next"
    ),
    (
      ["INSERT " + entry(3, "locked"), "INSERT " + head(4), "INSERT " + entry(4, "deviation")],
      "the journal is locked"
    ),
    (["UPDATE checkpoint SET note = 'x'"], "checkpoints are never changed"),
    (["DELETE FROM checkpoint"], "checkpoints are never deleted"),
    (["INSERT " + head(4)], "a checkpoint signs all entries, once"),
    (["INSERT OR REPLACE " + head(3)], "a checkpoint signs all entries, once"),
    (["UPDATE journal SET trial = 'x'"], "the trial of a journal never changes"),
    (["DELETE FROM journal"], "the trial of a journal never changes"),
  ]

  @Test(arguments: refusals)
  func theDatabaseRefuses(sql: [String], sentence: String) throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    for slot in 1...2 {
      _ = try journal.append(trial.checkIn(slot), clock: trial.clock(day: slot))
    }
    let before = try journal.entries()
    let other = try TriggerTests.raw(trial)
    var said: String?
    do {
      try other.write { database in
        for statement in sql { try database.execute(sql: statement) }
      }
    } catch let error as DatabaseError {
      said = error.message
    }
    #expect(said == sentence)
    #expect(try journal.entries() == before)
  }

  @Test(arguments: [
    "INSERT " + entry(3, "deviation").replacing("'deviation'", with: "'locked'"),
    "INSERT " + entry(3, "deviation").replacing("\"index\":3", with: "\"index\":2"),
    "INSERT " + entry(3, "deviation", slot: 2).replacing(", 2,", with: ", 3,"),
    "INSERT " + entry(3, "gossip"),
    "INSERT " + entry(3, "deviation").replacing("zeroblob(32)", with: "zeroblob(31)"),
    "INSERT INTO journal (id, trial, manifest) VALUES (2, 'x', '\(String(repeating: "0", count: 64))')",
    "INSERT INTO entry (position, kind, slot, body, leaf) VALUES (3, 'deviation', 'two', x'7b7d', \(leaf))",
  ])
  func columnsFitTheBytes(sql: String) throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    for slot in 1...2 {
      _ = try journal.append(trial.checkIn(slot), clock: trial.clock(day: slot))
    }
    let other = try TriggerTests.raw(trial)
    #expect(throws: DatabaseError.self) { try other.write { try $0.execute(sql: sql) } }
    #expect(try journal.entries().count == 3)
  }

  @Test func anUnsignedEntryOfAnotherProgramStopsTheJournal() throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    let other = try TriggerTests.raw(trial)
    try other.write { try $0.execute(sql: "INSERT " + TriggerTests.entry(1, "deviation")) }
    #expect(throws: JournalError.leafMismatch(1)) { try journal.entries() }
    #expect(throws: JournalError.leafMismatch(1)) {
      try journal.append(trial.checkIn(1), clock: trial.clock(day: 1))
    }
  }
}
