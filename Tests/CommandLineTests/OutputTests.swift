import Foundation
import Testing

/// Standard output and standard error that cannot be written.
struct OutputTests {
  private static let full =
    "selfblind: error: standard output: cannot write: no space is left on the disk\n"
  private static let hint =
    "selfblind: hint: print to a place that can be written; what was done before stands\n"

  /// Runs a line of shell beside a sealed trial; its exit status is the last thing it prints.
  private func shell(_ line: String) async throws -> Tool.Run {
    let trial = try await TrialFixture.sealed()
    return try await Tool.shell(line, in: trial.place.url)
  }

  @Test(arguments: ["2>/dev/full", "2>&-"])
  func anErrorThatNobodyCanRead(_ redirection: String) async throws {
    #expect(try await shell("selfblind nonsense \(redirection)").status == 64)
    #expect(try await shell("selfblind check nowhere \(redirection)").status == 2)
  }

  @Test func anErrorIntoAClosedPipe() async throws {
    let run = try await shell(
      "{ sleep 0.3; selfblind check nowhere; echo $? > status; } 2>&1 | true; cat status")
    #expect(run.out == "2\n")
  }

  @Test(arguments: [
    "verify trial", "verify trial --json", "status trial --json", "check trial", "--help",
    "break-code trial --slot 1 --reason ill --passphrase-file passphrase "
      + "--clock 2031-03-03T21:00:00Z",
  ])
  func whatIsPrintedMustNotBeLost(_ command: String) async throws {
    let full = try await shell("selfblind \(command) >/dev/full")
    #expect(full.status == 1)
    #expect(full.err == OutputTests.full + OutputTests.hint)
    let closed = try await shell("selfblind \(command) >&-")
    #expect(closed.status == 1)
    #expect(closed.err.hasPrefix("selfblind: error: standard output: cannot write: it is closed\n"))
  }

  /// A closed standard output would give its number to the next file that is opened.
  @Test func nothingIsPrintedIntoTheJournal() async throws {
    let run = try await shell(
      "selfblind checkin trial mood=5 sleep=7 guess=dk --clock 2031-03-03T21:00:00Z >&- 2>&-; "
        + "echo $?; selfblind verify trial")
    #expect(run.status == 0, "\(run.err)")
    #expect(run.out.hasPrefix("1\n"))
    #expect(run.out.contains("2 entries under a signed checkpoint"))
  }

  @Test func aReaderThatHasSeenEnough() async throws {
    let run = try await shell("{ sleep 0.3; selfblind verify trial; } | true")
    #expect(run.err == "")
    let help = try await shell("selfblind --help | head -1")
    #expect(help.out.hasPrefix("OVERVIEW: "))
    #expect(help.err == "")
  }

  @Test func nothingIsPrintedInAnotherWay() throws {
    let sources = Tool.root.appendingPathComponent("Sources/selfblind")
    for name in try FileManager.default.subpathsOfDirectory(atPath: sources.path)
    where name.hasSuffix(".swift") {
      let text = try String(contentsOf: sources.appendingPathComponent(name), encoding: .utf8)
      for way in [" print(", "FileHandle.standard", "fputs("] {
        #expect(!text.contains(way), "\(name): \(way)")
      }
    }
  }
}
