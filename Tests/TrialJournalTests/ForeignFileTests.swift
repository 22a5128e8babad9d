import BlindRecord
import Foundation
import Testing
import TrialJournal

/// Names of the trial folder that hold something else than a file: refused, never waited for.
@Suite(.timeLimit(.minutes(1))) struct ForeignFileTests {
  /// What opening and one append say.
  private func refusal(_ trial: TrialFolder) -> String? {
    do {
      _ = try Journal.open(in: trial.path).append(trial.checkIn(1), clock: trial.clock(day: 1))
      return nil
    } catch let error as any Refusal {
      return error.message
    } catch {
      return "no refusal: \(error)"
    }
  }

  @Test(arguments: ["manifest.json", "journal.sqlite", "recorder.key"])
  func pipesFoldersAndDevices(name: String) throws {
    let trial = try TrialFolder()
    try trial.create().close()
    let path = trial.file(name)
    try FileManager.default.removeItem(atPath: path)
    #expect(mkfifo(path, 0o600) == 0)
    #expect(refusal(trial) == "\(name): found a pipe, expected a regular file")
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    #expect(refusal(trial) == "\(name): found a folder, expected a regular file")
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createSymbolicLink(
      atPath: path, withDestinationPath: "/dev/zero")
    #expect(refusal(trial) == "\(name): found a device, expected a regular file")
  }

  @Test(arguments: [("manifest.json", 64 << 20), ("recorder.key", 64 << 10)])
  func filesWithoutEnd(name: String, limit: Int) throws {
    let trial = try TrialFolder()
    try trial.create().close()
    #expect(truncate(trial.file(name), off_t(limit) + 1) == 0)
    #expect(refusal(trial) == "\(name): found more than \(limit) bytes, expected at most that")
  }

  @Test func aPipeInPlaceOfTheCheckpointIsNoHindrance() throws {
    let trial = try TrialFolder()
    try trial.create().close()
    try FileManager.default.removeItem(atPath: trial.file("journal.checkpoint"))
    #expect(mkfifo(trial.file("journal.checkpoint"), 0o600) == 0)
    #expect(refusal(trial) == nil)
  }

  @Test func aLargeForeignFileIsJudgedFromItsBeginning() throws {
    let trial = try TrialFolder()
    try trial.create().close()
    try trial.write(Array("not a journal".utf8), to: "journal.sqlite")
    // As long as a disk can hold: its bytes are not read.
    #expect(truncate(trial.file("journal.sqlite"), 1 << 42) == 0)
    #expect(
      refusal(trial) == "journal.sqlite: found a file that is not a journal of selfblind")
  }
}
