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
    for slot in 1...3 {
      _ = try journal.append(trial.checkIn(slot), clock: trial.clock(day: slot))
    }
    let record = try journal.lock(reason: "ended early", clock: trial.clock(day: 5))
    #expect(record.entries.count == 5)
    #expect(try trial.names() == ["journal.checkpoint", "journal.sqlite", "manifest.json"])
  }
}
