import Foundation
import Testing

/// Truncated, foreign and newer files, and the journal of another trial.
struct ForeignFileTests {
  @Test func theJournalOfAnotherTrial() async throws {
    let trial = try await TrialFixture.sealed()
    let other = try await TrialFixture.sealed()
    try FileManager.default.removeItem(at: trial.file("journal.sqlite"))
    try FileManager.default.copyItem(
      at: other.file("journal.sqlite"), to: trial.file("journal.sqlite"))
    let run = try await trial.checkIn(day: 3)
    #expect(run.status == 2)
    #expect(run.err.hasPrefix("selfblind: error: journal.sqlite: found the journal of trial "))
    #expect(run.err.hasSuffix("selfblind: hint: put back the files that were sealed together\n"))
  }

  @Test func aManifestCutShort() async throws {
    let trial = try await TrialFixture.sealed()
    let whole = try Data(contentsOf: trial.file("manifest.json"))
    try whole.prefix(whole.count / 2).write(to: trial.file("manifest.json"))
    expectRefusal(
      try await trial.checkIn(day: 3),
      "manifest.json: found unreadable bytes at \"the whole\", expected the fields of its format")
  }

  @Test func aManifestOfANewerFormat() async throws {
    let trial = try await TrialFixture.sealed()
    let text = try String(contentsOf: trial.file("manifest.json"), encoding: .utf8)
    try Data(text.replacingOccurrences(of: "manifest/v1", with: "manifest/v9").utf8)
      .write(to: trial.file("manifest.json"))
    expectRefusal(
      try await trial.run("status"),
      "manifest.json: found the format \"selfblind/manifest/v9\", "
        + "expected \"selfblind/manifest/v1\"",
      hint: "it was made by another version of selfblind; use that version")
  }

  @Test func aJournalThatIsNone() async throws {
    let trial = try await TrialFixture.sealed()
    try Data("notes to myself".utf8).write(to: trial.file("journal.sqlite"))
    let run = try await trial.checkIn(day: 3)
    expectRefusal(
      run, "journal.sqlite: found a file that is not a journal of selfblind")
  }

  @Test func aJournalCutShort() async throws {
    let trial = try await TrialFixture.sealed()
    for day in 3...5 { _ = try await trial.checkIn(day: day) }
    let whole = try Data(contentsOf: trial.file("journal.sqlite"))
    try whole.prefix(whole.count / 2).write(to: trial.file("journal.sqlite"))
    let run = try await trial.checkIn(day: 6)
    #expect(run.status == 2, "\(run.err)")
    #expect(run.err.hasPrefix("selfblind: error: journal.sqlite: "))
  }

  @Test func withoutTheRecordersKey() async throws {
    let trial = try await TrialFixture.sealed()
    try FileManager.default.removeItem(at: trial.file("recorder.key"))
    let run = try await trial.checkIn(day: 3)
    #expect(run.status == 2)
    #expect(run.err.hasPrefix("selfblind: error: recorder.key: "))
  }
}
