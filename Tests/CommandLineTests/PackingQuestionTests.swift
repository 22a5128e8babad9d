import Foundation
import Testing

/// What the terminal asks before kits are given up and before the key is destroyed.
struct PackingQuestionTests {
  /// What cannot be taken back is asked about; anything but yes changes nothing.
  @Test func givingUpAndFinishingAreAskedAbout() async throws {
    let (trial, labels) = try await KitCommandTests.withThreeSpares()
    func pack(_ lines: [String]) async throws -> String {
      let input = lines.map { $0 + "\n" }.joined()
      let run = try await trial.run("pack", at: PackCommandTests.eve, input: input)
      return run.out
    }
    _ = try await pack(labels[..<9] + ["done"] + labels[9..<18] + ["done", "done"])
    let asked = try await pack(labels[2..<18] + ["lost", "no", "done", "lost", labels[0]])
    let question = "2 kits are not sorted: give them up for good?\n"
    #expect(asked.components(separatedBy: question).count == 3, "\(asked)")
    #expect(!asked.contains("given up") && !asked.contains(labels[0]))
    #expect(asked.contains("  nothing has changed; only yes does it\n  2 kits are not sorted yet"))
    #expect(asked.hasSuffix("only yes does it\nstopped; `selfblind pack` goes on here\n"))
    let one = try await pack([labels[1], "lost", "y"])
    #expect(one.contains("1 kit is not sorted: give it up for good?\n"), "\(one)")
    let last = "all is sorted: write it into the record and destroy the key?"
    let sorted = try await pack([labels[0], "lost", "done", "", "undo", labels[0], "done"])
    #expect(sorted.contains("  all kits are sorted, so none is given up\n"), "\(sorted)")
    #expect(sorted.components(separatedBy: last).count == 3)
    // Who leaves at the question is not asked for one more scan.
    #expect(
      sorted.hasSuffix("after that.\nstopped; `selfblind pack` goes on here\n"), "\(sorted)")
    #expect(sorted.contains("taken back    17 of 18") && !sorted.contains("packed:"))
    #expect(FileManager.default.fileExists(atPath: trial.file("packing.key").path))
    #expect(try await pack(["done", "yes"]).contains("packed: 12 slots, 6 spares"))
  }

  /// Whoever was cut off sees whether the last scan counted.
  @Test func aRestartSaysHowFarTheStepIs() async throws {
    let (trial, labels) = try await KitCommandTests.withThreeSpares()
    func pack(_ lines: [String]) async throws -> String {
      try await PackCommandTests.pack(trial, lines).out
    }
    let first = try await pack(Array(labels[..<4]))
    #expect(first.contains("; done ends") == false && !first.contains("so far"), "\(first)")
    #expect(
      first.contains("help says this; lost, while sorting, gives up the kits that are missing\n"))
    let filling = try await pack([])
    #expect(filling.contains("stick any label on it, scan it\n  4 of 9 so far\n"), "\(filling)")
    _ = try await pack(labels[4..<9] + ["done"] + labels[9..<18] + ["done", "done"] + labels[..<5])
    let sorting = try await pack([])
    #expect(sorting.contains("; then: done\n  5 of 18 so far\n"), "\(sorting)")
  }

  /// The same for the cups of the test.
  @Test func aRestartedMatchingTestSaysHowFarItIs() async throws {
    let (trial, _, cups) = try await PackCommandTests.sealed()
    let scans = PackCommandTests.match(cups)
    _ = try await PackCommandTests.pack(trial, Array(scans[..<7]))
    let filling = try await PackCommandTests.pack(trial, []).out
    #expect(filling.contains("below it, scan it\n  7 of 18 so far\n"), "\(filling)")
    _ = try await PackCommandTests.pack(trial, Array(scans[7..<50]))
    let sorting = try await PackCommandTests.pack(trial, []).out
    #expect(sorting.contains("; then: done\n  11 of 36 so far\n"), "\(sorting)")
    _ = try await PackCommandTests.pack(trial, Array(cups[11..<36]))
    let sorted = try await PackCommandTests.pack(trial, []).out
    #expect(
      sorted.contains("all cups are sorted; when they stand in their places: done\n"), "\(sorted)")
    #expect(!sorted.contains("scan one cup after the other") && !sorted.contains("so far"))
  }

  /// Whoever only looks at the next matching test has begun none.
  @Test func aMatchingTestBeginsWithItsFirstCup() async throws {
    let hard = "packing: {by: participant, spares: 2, matching: {rounds: 12, mostRight: 0}}\n"
    var (trial, _, cups) = try await PackCommandTests.sealed(hard)
    _ = try await PackCommandTests.pack(trial, ["stop"])
    #expect(try await Self.entries(trial) == 1)
    var result = try await PackCommandTests.pack(trial, PackCommandTests.match(cups)).out
    // In eight of a thousand trials not one of the twelve is right by chance.
    while result.contains("0 of 12 right, passed") {
      (trial, _, cups) = try await PackCommandTests.sealed(hard)
      result = try await PackCommandTests.pack(trial, PackCommandTests.match(cups)).out
    }
    #expect(result.contains(" of 12 right, not passed (entry 2)"), "\(result)")
    let looked = try await PackCommandTests.pack(trial, ["stop"]).out
    #expect(looked.contains(#/test 1: \d+ of 12 right, not passed\n/#), "\(looked)")
    #expect(looked.contains("matching test 2: 12 rounds"))
    #expect(try await Self.entries(trial) == 3)
    _ = try await PackCommandTests.pack(trial, [cups[0]])
    #expect(try await Self.entries(trial) == 4)
  }

  /// `--unmatched packs all the same, and the record says so`: so does the report, in both of its parts.
  @Test func aPlannedTestThatWasLeftIsInTheReport() async throws {
    let (trial, labels, cups) = try await PackCommandTests.sealed()
    _ = try await PackCommandTests.pack(trial, [cups[0]])
    let lines = labels[..<8] + ["done"] + labels[8..<16] + ["done", "done"] + labels[..<16]
    let packed = try await PackCommandTests.pack(trial, lines + ["done", "yes"], ["--unmatched"])
    try #require(packed.out.contains("packed: 12 slots"), "\(packed.out)\(packed.err)")
    for day in 3...5 {
      let missed = try await trial.run(
        "deviate", ["--kind", "missed-dose", "--slot", "\(day - 2)", "--reason", "x"],
        at: "2031-03-\(pad(day))T20:00:00Z")
      #expect(missed.status == 0, "\(missed.err)")
      let run = try await trial.checkIn(day: day)
      #expect(run.status == 0, "\(run.err)")
    }
    let lock = try await trial.run("lock", ["--reason", "over"], at: "2031-03-20T19:00:00Z")
    #expect(lock.status == 0, "\(lock.err)")
    #expect(try await trial.unblind().status == 0)
    let made = try await trial.run("report")
    #expect(made.status == 0, "\(made.err)")
    let report = try String(contentsOf: trial.file("report.md"), encoding: .utf8)
    let sentence =
      "The plan asked for a matching test (at most 11 of 12 right); one was begun and not finished, and the "
      + "kits were packed all the same."
    #expect(report.components(separatedBy: sentence).count == 3, "\(report)")
  }

  private static func entries(_ trial: TrialFixture) async throws -> Int {
    struct Overview: Decodable { let entries: Int }
    let run = try await trial.run("status", ["--json"], at: PackCommandTests.eve)
    return try JSONDecoder().decode(Overview.self, from: Data(run.out.utf8)).entries
  }
}
