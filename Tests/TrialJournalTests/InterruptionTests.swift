import BlindRecord
import Foundation
import MerkleLog
import Testing
import TrialJournal

/// Reading and locking beside programs that write, or that were killed in the midst of it.
@Suite(.serialized) struct InterruptionTests {
  /// A folder with two check-ins, and with the log that a killed writer leaves.
  private func abandoned() throws -> TrialFolder {
    let trial = try TrialFolder()
    try trial.create().close()
    let writer = try WriterProcess(["check-ins", trial.path, "1", "2"], waitsAtItsEnd: true)
    var said = ""
    while !said.contains("ack 2") { said += writer.nextOutput() }
    writer.kill()
    #expect(writer.finish().status == -SIGKILL)
    #expect(try trial.bytes("journal.sqlite-wal").count > 0)
    return trial
  }

  @Test func whatAKilledWriterLeftIsRead() throws {
    let trial = try abandoned()
    #expect(try Journal.open(in: trial.path, for: .reading).entries().count == 3)
    let journal = try Journal.open(in: trial.path, for: .reading)
    #expect(try journal.entries().count == 3)
    try journal.close()
    #expect(
      try Journal.open(in: trial.path).lock(reason: "done", clock: trial.clock(day: 9))
        .entries.count == 4)
  }

  @Test func aLogOnAReadOnlyDiskIsRefused() throws {
    guard getuid() == 0 else { return print("skipped: mounting needs root") }
    let trial = try abandoned()
    defer { _ = try? run("umount", trial.path) }
    guard try run("mount", "--bind", trial.path, trial.path) == 0,
      try run("mount", "-o", "remount,bind,ro", trial.path) == 0
    else { return print("skipped: no bind mounts here") }
    let error = #expect(throws: JournalError.self) {
      try Journal.open(in: trial.path, for: .reading)
    }
    #expect(
      error?.description
        == "journal.sqlite: the newest entries lie in its log, which a read-only disk cannot "
        + "serve (move the whole folder to a disk that can be written and run the command again)")
  }

  @Test func readingBesideProgramsThatComeAndGo() throws {
    let trial = try TrialFolder()
    try trial.create().close()
    let rounds = 40
    let loop = "i=0; while [ $i -lt \(rounds) ]; do \"$0\" \"$@\" || exit; i=$((i+1)); done"
    let writers = try WriterProcess(
      ["events", trial.path, "headache", "1"], under: ["/bin/sh", "-c", loop])
    var reads = 0
    var seen = 1
    while seen <= rounds, reads < 100_000 {
      let journal = try Journal.open(in: trial.path, for: .reading)
      let count = try journal.entries().count
      try journal.close()
      #expect(count >= seen, "an entry was there and is gone")
      seen = count
      reads += 1
    }
    let end = writers.finish()
    #expect(end.status == 0 && end.errors == "")
    print("read \(reads) times beside \(rounds) programs that wrote")
    #expect(try Journal.open(in: trial.path).entries().count == rounds + 1)
  }

  /// Kills a lock at every single call of one kind, and finishes it by locking again.
  @Test(arguments: [
    "fdatasync", "fsync", "unlink", "pwrite64", "rename", "ftruncate", "write",
  ])
  func aLockKilledAtAnyCallIsFinishedByLockingAgain(call: String) throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/strace") else {
      return print("skipped: strace is not installed")
    }
    var kills = 0
    for number in 1...200 {
      let trial = try TrialFolder()
      try trial.create().close()
      let status = try WriterProcess(
        ["lock", trial.path, "never"],
        under: [
          "/usr/bin/strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=\(call)", "-e",
          "inject=\(call):signal=KILL:when=\(number)",
        ]
      ).finish().status
      guard status == -SIGKILL else {
        #expect(status == 0)
        break
      }
      kills += 1
      // As the command does: it looks at the rows, then locks.
      let reader = try Journal.open(in: trial.path, for: .reading)
      let before = try reader.entries()
      let wasLocked = try reader.isLocked
      try reader.close()
      #expect(before.count == (wasLocked ? 2 : 1), "\(call) \(number)")
      if FileManager.default.fileExists(atPath: trial.file("recorder.key")) {
        let journal = try Journal.open(in: trial.path)
        let record = try journal.lock(reason: "again", clock: trial.clock(day: 9))
        #expect(record.entries.count == 2, "\(call) \(number)")
        let reason = wasLocked ? "all slots done" : "again"
        #expect(record.entries.last?.event == .locked(reason: reason))
      }
      let record = try Journal.lockedRecord(in: trial.path)
      #expect(record.entries.count == 2, "\(call) \(number)")
      let names = try trial.names().filter { !$0.hasSuffix(".partial") }
      #expect(names == ["journal.checkpoint", "journal.sqlite", "manifest.json"])
    }
    print("killed a lock at \(kills) calls of \(call), and finished each")
  }

  /// Another program may have judged the folder just before; it must not touch the signed file.
  @Test func openingAJournalWhoseLockIsBeingSignedChangesNoByte() throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    var before: [UInt8] = []
    var after: [UInt8] = []
    let record = try journal.lock(reason: "done", clock: trial.clock(day: 9)) { step in
      if step == .merged { before = try trial.bytes("journal.sqlite") }
      guard step == .signed else { return }
      let other = try Journal.open(in: trial.path)
      #expect(throws: JournalError.locked) {
        try other.append(trial.checkIn(1), clock: trial.clock(day: 1))
      }
      try other.close()
      after = try trial.bytes("journal.sqlite")
    }
    #expect(before == after && !before.isEmpty)
    #expect(record.entries.count == 2)
  }
}
