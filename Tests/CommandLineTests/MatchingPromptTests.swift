import Foundation
import Testing

/// The questions of a matching test in the terminal: leaving one loses nothing, and a cue that is none is asked again.
struct MatchingPromptTests {
  private static let stopped = "stopped; `selfblind pack` goes on here\n"

  /// A test whose cups stand; nothing is answered yet.
  private static func standing() async throws -> TrialFixture {
    let (trial, _, cups) = try await PackCommandTests.sealed()
    let scans = PackCommandTests.match(cups).dropLast(13)
    let run = try await PackCommandTests.pack(trial, Array(scans))
    #expect(run.status == 0, "\(run.err)")
    #expect(run.out.hasSuffix("which cup is the odd one? (1, 2, 3, or stop): \n" + stopped))
    return trial
  }

  @Test func theEndOfTheInputIsLeaving() async throws {
    let trial = try await Self.standing()
    let some = try await PackCommandTests.pack(trial, ["4", "1", "2"])
    #expect(some.status == 0 && some.err.isEmpty, "\(some.err)")
    #expect(some.out.contains("answer: found \"4\", expected 1, 2 or 3; guess if you cannot tell"))
    #expect(some.out.hasSuffix(": \n" + Self.stopped), "\(some.out)")
    let all = try await PackCommandTests.pack(trial, Array(repeating: "1", count: 10))
    #expect(all.out.contains("round 3: which cup") && !all.out.contains("round 2: which cup"))
    #expect(all.out.hasSuffix("cues, with commas between them: \n" + Self.stopped), "\(all.out)")
    #expect(all.status == 0 && all.err.isEmpty, "\(all.err)")
    let last = try await PackCommandTests.pack(trial, ["smell"])
    #expect(!last.out.contains("which cup"))
    #expect(
      last.out.contains(
        #/of 12 right, passed \(entry 2\); by chance alone so many or more are right with a probability of /#
      ), "\(last.out)")
  }

  @Test func aCueThatIsNoneIsLeftOutOrAskedAgain() async throws {
    let trial = try await Self.standing()
    let run = try await PackCommandTests.pack(
      trial,
      Array(repeating: "1", count: 12) + ["smell,we\u{7}ight", " smell,\t,\tweight , ,", "stop"])
    #expect(run.status == 0, "\(run.err)")
    #expect(run.out.contains("  cue of the matching test: found a control character"), "\(run.out)")
    #expect(run.out.components(separatedBy: "cues, with commas").count == 3)
    #expect(run.out.contains("of 12 right, passed (entry 2)"))
    let exported = try await trial.run("status", ["--json"], at: PackCommandTests.eve)
    #expect(exported.status == 0)
    let database = try Data(contentsOf: trial.file("journal.sqlite"))
    #expect(database.range(of: Data("\"cues\":[\"smell\",\"weight\"]".utf8)) != nil)
  }

  /// Needs the program `script` of util-linux: only a terminal makes a signal of Ctrl-C.
  @Test(arguments: ["\\003", "2\\003", "\\034", "\\004"])
  func controlCIsLeaving(_ keys: String) async throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/script") else {
      return print("skipped: the program script is not here")
    }
    let trial = try await Self.standing()
    let script = """
      rm -f keys screen; mkfifo keys; touch screen
      asked() { n=0; until grep -q "$1" screen || [ $n = 400 ]; do n=$((n+1)); sleep 0.05; done; }
      (exec 3>keys; asked "round 1"; printf '1\\n' >&3; asked "round 2"; sleep 0.2
       printf '\(keys)' >&3; asked stopped) &
      timeout 60 script -qfec "selfblind pack trial --clock \(PackCommandTests.eve)" screen < keys > /dev/null
      """
    let run = try await Tool.shell(script, in: trial.place.url)
    let screen = try String(contentsOf: trial.place / "screen", encoding: .utf8)
    #expect(run.status == 0, "\(screen)")
    #expect(screen.contains("stopped; `selfblind pack` goes on here"), "\(screen)")
    // The round that was left is asked again, and the one before it is not.
    let again = try await PackCommandTests.pack(trial, []).out
    #expect(again.contains("round 2: which cup") && !again.contains("round 1: which cup"))
  }
}
