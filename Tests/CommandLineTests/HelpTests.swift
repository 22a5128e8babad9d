import Testing

/// Help, version and wrong usage.
struct HelpTests {
  static let commands = [
    "new", "instruments", "check", "protocol", "plan", "seal", "anchor", "kit-list", "pack",
    "rehearse",
    "emergency-sheet", "serve", "checkin", "deviate", "status", "calendar", "remind", "import",
    "export", "checkpoint", "replace", "label", "break-code", "monitor", "lock", "solve", "unblind",
    "audit", "report", "review", "bundle", "series", "map", "reduce", "verify", "analyze", "study",
    "demo",
  ]

  @Test(arguments: commands) func everyCommandExplainsItself(_ command: String) async throws {
    let run = try await Tool.run([command, "--help"])
    #expect(run.status == 0)
    #expect(run.err == "")
    #expect(run.out.hasPrefix("OVERVIEW: "))
    #expect(run.out.contains("USAGE: selfblind \(command)"))
  }

  @Test func theHelpListsEveryCommand() async throws {
    let run = try await Tool.run(["--help"])
    #expect(run.status == 0)
    for command in HelpTests.commands { #expect(run.out.contains("  \(command) ")) }
  }

  @Test func theVersionIsOneLine() async throws {
    let run = try await Tool.run(["--version"])
    #expect(run.out == "selfblind 0.1.0\n")
  }

  @Test func anUnknownOptionIsWrongUsage() async throws {
    expectRefusal(
      try await Tool.run(["seal", "trial", "--colour", "red", "--custody", "self"]),
      "unknown option '--colour', did you mean '--clock'?", hint: "see 'selfblind seal --help'",
      status: 64)
  }

  @Test(arguments: commands.filter { !["instruments", "series", "map", "reduce"].contains($0) })
  func aMissingArgumentIsWrongUsage(_ command: String) async throws {
    let run = try await Tool.run([command])
    #expect(run.status == 64)
    #expect(run.err.hasPrefix("selfblind: error: missing expected argument"))
    #expect(run.err.hasSuffix("selfblind: hint: see 'selfblind \(command) --help'\n"))
  }

  @Test func anUnknownCommandIsWrongUsage() async throws {
    let run = try await Tool.run(["peek"])
    #expect(run.status == 64)
    #expect(run.err.hasPrefix("selfblind: error: "))
  }
}
