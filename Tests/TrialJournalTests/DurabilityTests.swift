import BlindRecord
import Foundation
import MerkleLog
import Testing
import TrialJournal

/// Real processes: killed, side by side, on a full disk, and watched for what they sync.
@Suite(.serialized) struct DurabilityTests {
  /// Two hundred kills at moments spread over start, append and end of a writer.
  @Test func killedWritersLoseNothingTheyAcknowledged() throws {
    var kills = 0
    var acknowledged = 0
    var unseen = 0
    for round in 0..<6 {
      let trial = try TrialFolder(slots: 600)
      try trial.create()
      var promised: [Int: Int] = [:]
      var next = 1
      for attempt in 0..<40 where next <= 600 {
        let writer = try WriterProcess(["check-ins", trial.path, "\(next)", "600"])
        // One in four is killed while it starts, the others while they write.
        let spread = attempt * 7_919 + round * 4_001
        if attempt % 4 == 0 {
          usleep(UInt32(5_000 + spread % 50_000))
        } else {
          writer.waitForOutput()
          usleep(UInt32(spread % 40_000))
        }
        writer.kill()
        let end = writer.finish()
        if end.status == -SIGKILL { kills += 1 }
        #expect(end.errors == "")
        // An unfinished last line was not acknowledged: nobody can have read it.
        for line in end.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
          let words = line.split(separator: " ")
          let slot = try #require(Int(words[1]))
          if words[0] == "ack" {
            #expect(promised[slot] == nil, "slot \(slot) was taken twice")
            promised[slot] = Int(words[2])
            acknowledged += 1
          } else {
            unseen += 1
          }
          next = slot + 1
        }
      }
      let entries = try Journal.open(in: trial.path).entries()
      var recorded: [Int: Int] = [:]
      for entry in entries {
        guard case .checkIn(let checkIn) = entry.event else { continue }
        #expect(recorded.updateValue(entry.index, forKey: checkIn.slot) == nil, "doubled")
      }
      for (slot, index) in promised { #expect(recorded[slot] == index, "slot \(slot) lost") }
      #expect(Set(recorded.keys) == Set(1...max(1, recorded.count)), "no slot was skipped")
      let journal = try Journal.open(in: trial.path)
      _ = try journal.lock(reason: "done", clock: trial.clock(day: 602))
      #expect(try Journal.lockedRecord(in: trial.path).entries.count == entries.count + 1)
    }
    print(
      "killed \(kills) writers; \(acknowledged) acknowledged entries, none lost or doubled; "
        + "\(unseen) were kept and not yet acknowledged")
    #expect(kills >= 200)
  }

  @Test func twoWritersTakeTurns() throws {
    let trial = try TrialFolder()
    try trial.create()
    let writers = try ["one", "two"].map {
      try WriterProcess(["events", trial.path, $0, "60"])
    }
    let ends = writers.map { $0.finish() }
    for end in ends {
      #expect(end.status == 0, "\(end.errors)")
      let indices = end.output.split(separator: "\n").compactMap { $0.split(separator: " ").last }
        .compactMap { Int($0) }
      #expect(indices.count == 60 && indices == indices.sorted())
    }
    let journal = try Journal.open(in: trial.path)
    #expect(try journal.entries().map(\.index) == Array(0...120))
    _ = try journal.lock(reason: "done", clock: trial.clock(day: 9))
  }

  @Test func aFullDiskLosesNothing() throws {
    guard getuid() == 0 else { return print("skipped: mounting a small disk needs root") }
    let point = FileManager.default.temporaryDirectory.path + "/selfblind-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: point, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: point) }
    guard try run("mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", point) == 0 else {
      return print("skipped: no small disk can be mounted here")
    }
    defer { _ = try? run("umount", "-l", point) }
    let trial = try TrialFolder(slots: 400, below: point)
    let journal = try trial.create()
    var written = 0
    var refusal: JournalError?
    do {
      for slot in 1...400 {
        _ = try journal.append(trial.checkIn(slot), clock: trial.clock(day: slot))
        written = slot
      }
    } catch let error as JournalError {
      refusal = error
    }
    #expect(refusal == .diskFull)
    #expect(refusal?.message == "journal.sqlite: the disk is full, and the entry was not written")
    #expect(written > 5 && written < 400)
    #expect(try journal.entries().count == written + 1)
    #expect(throws: JournalError.diskFull) {
      try journal.append(trial.checkIn(written + 1), clock: trial.clock(day: written + 1))
    }
    #expect(try run("mount", "-o", "remount,size=8m", point) == 0)
    let receipt = try journal.append(
      trial.checkIn(written + 1), clock: trial.clock(day: written + 1))
    #expect(receipt.index == written + 1)
    let record = try journal.lock(reason: "done", clock: trial.clock(day: 401))
    #expect(record.entries.count == written + 3)
  }

  @Test func aFullDiskRefusesToBegin() throws {
    guard getuid() == 0 else { return print("skipped: mounting a small disk needs root") }
    let point = FileManager.default.temporaryDirectory.path + "/selfblind-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: point, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: point) }
    guard try run("mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", point) == 0 else {
      return print("skipped: no small disk can be mounted here")
    }
    defer { _ = try? run("umount", "-l", point) }
    let trial = try TrialFolder(below: point)
    #expect(throws: JournalError.diskFull) { try trial.create() }
    #expect(try run("mount", "-o", "remount,size=8m", point) == 0)
    _ = try trial.create().append(trial.checkIn(1), clock: trial.clock(day: 1))
  }

  @Test func anAcknowledgedEntryCostsOneSync() throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/strace") else {
      return print("skipped: strace is not installed")
    }
    let trial = try TrialFolder(slots: 40)
    try trial.create()
    let log = trial.path + ".strace"
    defer { try? FileManager.default.removeItem(atPath: log) }
    let end = try WriterProcess(
      ["check-ins", trial.path, "1", "30"],
      under: [
        "/usr/bin/strace", "-f", "-qq", "-e", "trace=fsync,fdatasync,sync_file_range,write",
        "-o", log,
      ]
    ).finish()
    #expect(end.status == 0, "\(end.errors)")
    let calls = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
    var syncs: [Int] = [0]
    for call in calls {
      if call.contains("sync(") { syncs[syncs.count - 1] += 1 }
      if call.contains("write(1, \"ack ") { syncs.append(0) }
    }
    guard syncs.count == 31 else { return print("skipped: strace cannot trace here") }
    // The first entry also syncs the head of the new write-ahead log and the folder; what follows
    // the last is the closing of the database.
    #expect(Array(syncs[1..<30]) == Array(repeating: 1, count: 29))
    #expect(syncs[0] <= 3)
  }
}
