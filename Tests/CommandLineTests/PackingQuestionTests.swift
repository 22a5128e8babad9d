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

  private static func entries(_ trial: TrialFixture) async throws -> Int {
    struct Overview: Decodable { let entries: Int }
    let run = try await trial.run("status", ["--json"], at: PackCommandTests.eve)
    return try JSONDecoder().decode(Overview.self, from: Data(run.out.utf8)).entries
  }
}
