import Foundation
import Testing

/// A full disk and a folder that cannot be written to: status 1, one sentence, nothing lost.
///
/// Both need a file system of their own, which only root may mount; elsewhere the tests say so.
struct SystemFaultTests {
  /// Runs shell commands in a private mount namespace with a small file system at `small`.
  private func mounted(_ options: String, _ script: String) async throws -> Tool.Run? {
    let trial = try await TrialFixture.sealed()
    let probe = try await Tool.shell("unshare -m true", in: trial.place.url)
    guard probe.status == 0 else {
      print("skipped: mounting a file system needs root")
      return nil
    }
    let mount = "mkdir small; mount -t tmpfs -o \(options) tmpfs small"
    return try await Tool.shell(
      "unshare -m sh -c '\(mount); cp -a trial small/; \(script)'", in: trial.place.url)
  }

  private let checkIn =
    "selfblind checkin small/trial mood=5 sleep=7 guess=dk --clock 2031-03-03T21:00:00Z"

  @Test func aDiskThatFillsUp() async throws {
    let script =
      "dd if=/dev/zero of=small/filler bs=1k 2>/dev/null; \(checkIn); echo \"status $?\"; "
      + "rm small/filler; \(checkIn); echo \"status $?\"; selfblind verify small/trial"
    guard let run = try await mounted("size=400k", script) else { return }
    #expect(run.out.hasPrefix("status 1\n"), "\(run.out) \(run.err)")
    #expect(run.out.contains("recorded slot 1 of 12 (entry 1)\nstatus 0\n"))
    #expect(run.out.contains("2 entries under a signed checkpoint"))
    #expect(run.err.contains("selfblind: error: journal.sqlite: the disk is full"))
  }

  @Test func aFolderThatCannotBeWrittenTo() async throws {
    let script =
      "mount -o remount,ro small; \(checkIn); echo \"status $?\"; selfblind status small/trial; "
      + "echo \"status $?\"; selfblind new small/other --template blank --title T --start 2031-03-03"
      + " --zone UTC --arm a --arm b --emergency-contact x --stopping-rule y"
      + " --clinician-asked no --lawful yes; echo \"status $?\""
    guard let run = try await mounted("size=4m", script) else { return }
    let statuses = run.out.split(separator: "\n").filter { $0.hasPrefix("status ") }
    #expect(statuses == ["status 1", "status 0", "status 1"], "\(run.out) \(run.err)")
    #expect(
      run.err.contains(
        "selfblind: error: small/other: cannot create: the file system is read-only\n"
          + "selfblind: hint: choose a folder that you may write to; nothing was lost\n"))
  }
}
