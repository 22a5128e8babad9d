import Foundation
import Testing

/// The man page is generated; this finds one that was not generated again.
struct ManualTests {
  @Test(arguments: HelpTests.commands) func everyOptionIsInThePage(_ command: String) async throws {
    let page = try String(
      contentsOf: Tool.root.appendingPathComponent("Documentation/selfblind.1"), encoding: .utf8)
    let lines = Set(page.split(separator: "\n").map(String.init))
    let help = try await Tool.run([command, "--help"]).out
    let listed = help.split(separator: "\n").filter { $0.hasPrefix("  --") }
    try #require(!listed.isEmpty || command == "check")
    for line in listed {
      let option = line.dropFirst(4).prefix { $0 != " " && $0 != "/" && $0 != "," }
      #expect(lines.contains { $0.contains("Fl -\(option)") }, "make manual: --\(option)")
    }
  }
}
