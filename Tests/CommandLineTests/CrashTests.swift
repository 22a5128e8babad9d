import Testing

/// A crash in a process that holds a plan prints nothing of it.
struct CrashTests {
  private let canary = "CANARY-9f3e2a"
  /// Asks the runtime for everything it could print.
  private let loud = ["SWIFT_BACKTRACE": "enable=yes,color=no,sanitize=no,registers=all,limit=64"]

  @Test func anOverflowPrintsNothingAtAll() async throws {
    let run = try await Tool.run(["crash-test", "overflow"], environment: loud)
    #expect(run.status < 0)
    #expect(run.err == "")
    #expect(run.out == "")
  }

  @Test func aWrongIndexPrintsItsOneSentenceAndNoMemory() async throws {
    let run = try await Tool.run(["crash-test", "index"], environment: loud)
    #expect(run.status < 0)
    #expect(!run.err.contains(canary))
    #expect(!run.err.contains("Registers"))
    #expect(run.err.split(separator: "\n").count <= 1)
    #expect(run.out == "")
  }

  @Test func theHelpDoesNotNameIt() async throws {
    let run = try await Tool.run(["--help"])
    #expect(run.status == 0)
    #expect(!run.out.contains("crash-test"))
  }
}
