import Foundation
import Testing

/// `map` and `reduce`: lines in, lines out, ended early, killed, and gone on with.
struct MapCommandTests {
  /// Trials of six pairs with ratings that differ from line to line.
  static func trials(_ count: Int) -> String {
    (0..<count).map { number in
      let values = (0..<12).map { String((number * 7 + $0 * 5 + $0 * $0 * (number % 3 + 1)) % 11) }
      return
        #"{"id":"t\#(number)","design":{"arms":["p","a"],"scheme":{"pairs":{"count":6}}},"#
        + #""arms":["p","a","a","p","p","a","a","p","p","a","a","p"],"#
        + #""outcomes":{"m":[\#(values.joined(separator: ","))]}}"# + "\n"
    }.joined()
  }

  @Test func aLineInALineOut() async throws {
    let run = try await Tool.run(["map"], input: Self.trials(3) + "half a li")
    #expect(run.status == 0, "\(run.err)")
    let lines = run.out.split(separator: "\n")
    try #require(lines.count == 4)
    #expect(lines[2].hasSuffix(#""id":"t2"}"#))
    #expect(lines[3].hasPrefix(#"{"error":{"message":"column 1: found "#))
    #expect(run.err == "selfblind: warning: 1 of 4 lines got an error line\n")
    #expect(try await Tool.run(["map"]).out == "")
  }

  @Test func theSameBytesWithAnyNumberOfWorkers() async throws {
    let lines = Self.trials(60)
    let one = try await Tool.run(["map", "--workers", "1"], input: lines)
    for workers in ["2", "5"] {
      #expect(try await Tool.run(["map", "--workers", workers], input: lines).out == one.out)
    }
    // Two parts, one after the other, are the whole.
    let parts = lines.split(separator: "\n").map { $0 + "\n" }
    let first = try await Tool.run(["map"], input: parts[..<25].joined())
    let second = try await Tool.run(["map"], input: parts[25...].joined())
    #expect(first.out + second.out == one.out)
  }

  @Test func aKilledRunIsGoneOnWith() async throws {
    let place = try TemporaryFolder()
    let lines = Self.trials(1_500)
    try Data(lines.utf8).write(to: place / "lines")
    let whole = try await Tool.run(["map", "lines"], in: place.url)
    // Killed as soon as it has written something, however slow the machine is.
    let script = """
      selfblind map lines --output out & worker=$!
      while [ ! -s out ] && kill -0 $worker 2>/dev/null; do sleep 0.01; done
      kill -9 $worker; wait $worker
      """
    _ = try await Tool.shell(script, in: place.url)
    let part = try Data(contentsOf: place / "out")
    #expect(!part.isEmpty && part.count < whole.out.utf8.count, "it was not killed in the middle")
    // Half a line, as a crash of the machine would leave it.
    try (part + Data("{\"half".utf8)).write(to: place / "out")
    let again = try await Tool.run(["map", "lines", "--output", "out"], in: place.url)
    expectRefusal(
      again, "out: it exists already",
      hint: "go on with --resume where it is of an interrupted run, or write to another file")
    let rest = try await Tool.run(["map", "lines", "--output", "out", "--resume"], in: place.url)
    #expect(rest.status == 0, "\(rest.err)")
    #expect(try String(contentsOf: place / "out", encoding: .utf8) == whole.out)
    // Once more: nothing is left to do.
    let done = try await Tool.run(["map", "lines", "--output", "out", "--resume"], in: place.url)
    #expect(done.status == 0)
    #expect(try String(contentsOf: place / "out", encoding: .utf8) == whole.out)
  }

  @Test func anInterruptionLeavesWholeLines() async throws {
    let place = try TemporaryFolder()
    try Data(Self.trials(1_500).utf8).write(to: place / "lines")
    let script = """
      selfblind map lines --output out & worker=$!
      while [ ! -s out ] && kill -0 $worker 2>/dev/null; do sleep 0.01; done
      kill -TERM $worker; wait $worker
      """
    let run = try await Tool.shell(script, in: place.url)
    #expect(run.status == 1)
    #expect(run.err.hasPrefix("selfblind: error: interrupted after "))
    #expect(run.err.hasSuffix("selfblind: hint: go on with the same command and --resume\n"))
    let part = try String(contentsOf: place / "out", encoding: .utf8)
    #expect(part.hasSuffix("\n"))
    let rest = try await Tool.run(["map", "lines", "--output", "out", "--resume"], in: place.url)
    #expect(rest.status == 0)
    let whole = try await Tool.run(["map", "lines"], in: place.url)
    #expect(try String(contentsOf: place / "out", encoding: .utf8) == whole.out)
  }

  @Test func aFileOfOtherLinesIsNotGoneOnWith() async throws {
    let place = try TemporaryFolder()
    let lines = Self.trials(3)
    try Data(lines.utf8).write(to: place / "lines")
    try Data(Self.trials(9).split(separator: "\n").suffix(3).joined(separator: "\n").utf8)
      .write(to: place / "others")
    _ = try await Tool.run(["map", "others", "--output", "out"], in: place.url)
    let hint =
      "it was written from other lines, with other options, or by another version; write to another "
      + "file"
    expectRefusal(
      try await Tool.run(["map", "lines", "--output", "out", "--resume"], in: place.url),
      "out: answer 3 is not that of line 3", hint: hint)
    expectRefusal(
      try await Tool.run(
        ["map", "others", "--output", "out", "--resume", "--sums"], in: place.url),
      "out: answer 3 is not that of line 3", hint: hint)
    try Data(Self.trials(1).utf8).write(to: place / "lines")
    expectRefusal(
      try await Tool.run(["map", "lines", "--output", "out", "--resume"], in: place.url),
      "out: found 3 answers, expected at most as many as there are lines",
      hint: "it belongs to other lines; write to another file")
  }

  @Test func wrongUsage() async throws {
    for (options, message) in [
      (["--task", "dance"], "--task must be analyze or plan"),
      (["--workers", "0"], "--workers must be from 1 to 1024"),
      (["--resume"], "--resume needs --output"),
      (["--task", "plan", "--sums"], "--sums is for --task analyze"),
      (["--task", "plan", "--full"], "--full is for --task analyze"),
    ] {
      expectRefusal(
        try await Tool.run(["map"] + options), message, hint: "see 'selfblind map --help'",
        status: 64)
    }
    expectRefusal(
      try await Tool.run(["map", "nothing.ndjson"]),
      "nothing.ndjson: cannot read: no such file or folder")
    expectRefusal(try await Tool.run(["map", "/"]), "/: cannot read: it is a folder")
  }

  @Test func partsArePooledInAnyOrder() async throws {
    let place = try TemporaryFolder()
    let answers = try await Tool.run(["map", "--sums"], input: Self.trials(30))
    let lines = answers.out.split(separator: "\n").map { $0 + "\n" }
    try Data(lines[..<10].joined().utf8).write(to: place / "a")
    try Data(lines[10...].joined().utf8).write(to: place / "b")
    let whole = try await Tool.run(["reduce", "--trials"], input: answers.out)
    #expect(whole.status == 0, "\(whole.err)")
    let parts = try await Tool.run(["reduce", "--trials", "b", "a"], in: place.url)
    #expect(parts.out == whole.out)
    // A part that was computed twice, by a worker that was thought to be dead.
    let twice = try await Tool.run(["reduce", "a", "b", "a"], in: place.url)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(twice.out.utf8)) as? [String: Any])
    #expect(object["pooled"] as? Int == 30)
    let left = try #require(object["leftOut"] as? [[String: String]])
    #expect(left.count == 10 && left.allSatisfy { $0["rule"] == "double" })
    let means = try #require(object["means"] as? [String: [String: Any]])
    #expect(Set(means.keys) == ["DL", "PM", "REML"])
    let test = try #require(object["randomization"] as? [String: Any])
    #expect(test["method"] as? String == "exact")
  }

  @Test func withoutDistributionsThereIsNoTestAndThatIsSaid() async throws {
    let answers = try await Tool.run(["map"], input: Self.trials(3))
    let run = try await Tool.run(["reduce", "--html", "page.html"], input: answers.out)
    #expect(run.status == 0, "\(run.err)")
    #expect(
      run.out.contains(
        "3 of 3 trials came without the randomization distribution of their sum"))
    expectRefusal(
      try await Tool.run(["reduce", "--outcome", "joy"], input: answers.out),
      "no trial is left to pool, 3 were left out: "
        + (0..<3).map {
          "t\($0): found m, a against p, expected the outcome \"joy\""
        }.joined(separator: "; "))
  }
}
