import BlindRecord
import Foundation
import Testing
import TrialDesign
import TrialTestSupport

@testable import TrialAnalysis
@testable import TrialReport

/// What was written down after a code break is not counted as blind, and is shown as such.
struct AfterBreakTests {
  /// Three pairs of days; the code of slot 3 is broken before slot 3 is rated, so that slot 4 is
  /// certain too.
  private func broken() throws -> MadeTrial {
    var trial = try MadeTrial(
      protocol: ExampleProtocols.text(
        scheme: "pairs: {count: 3}", arms: ["placebo", "active"], level: "0.5"),
      arms: [0, 1, 1, 0, 0, 1])
    trial.rate(1, mood: "4", percent: 20)
    trial.rate(2, mood: "7", percent: 80)
    trial.add(.codeBreak(slot: 3, reason: "palpitations"), on: trial.day(3))
    trial.rate(3, mood: "8", percent: 100)
    trial.rate(4, mood: "5", percent: 0)
    trial.rate(5, mood: "5", percent: 10)
    trial.rate(6, mood: "7", percent: 90)
    return trial
  }

  private func correct(_ trial: inout MadeTrial, _ slot: Int, _ item: String, to answer: Answer) {
    trial.add(
      .correction(Correction(slot: slot, item: item, answer: answer, reason: "looked again")),
      on: trial.day(6))
  }

  private func object(_ result: TrialResult) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(Report(result).json.utf8)) as? [String: Any])
  }

  @Test func guessesAfterTheBreakAreLeftOut() throws {
    let result = try broken().result()
    let guesses = try #require(result.guesses)
    #expect(guesses.answered == 4)
    #expect(guesses.arms.map(\.right) == [2, 2])
    #expect(guesses.arms.map(\.wrong) == [0, 0])
    #expect(try object(result)["guessesLeftOut"] as? [Int] == [3, 4])
    let text = try Report(result).markdown
    #expect(
      text.contains(
        "2 guesses are left out (slots 3, 4): they were written down after a code break had made "
          + "the arm certain."))
    #expect(text.contains("| Guesses left out, written after a code break | 2 |"))
    #expect(text.contains("placebo: 2 right, 0 wrong"))
    #expect(text.contains("certain once slot 3 was opened, guess not counted"))
  }

  /// A guess that was written down before the break of its slot stays.
  @Test func guessesBeforeTheBreakStay() throws {
    var trial = try broken()
    trial.add(.codeBreak(slot: 1, reason: "curious"), on: trial.day(6))
    let result = try trial.result()
    #expect(result.guesses?.answered == 4)
    #expect(result.slots.map(\.revealedBy) == [nil, 1, nil, 3, nil, nil])
    #expect(try object(result)["guessesLeftOut"] as? [Int] == [3, 4])
  }

  @Test func withoutAnyBlindGuessTheBlindIsNotJudged() throws {
    var trial = try MadeTrial(protocol: ExampleProtocols.small, arms: [0, 1, 0, 1, 1, 0])
    for slot in [1, 3, 5] {
      trial.add(.codeBreak(slot: slot, reason: "curious"), on: trial.day(1))
    }
    for slot in 1...6 { trial.rate(slot, mood: "\(slot)", percent: 50) }
    let result = try trial.result()
    #expect(result.guesses == nil)
    let text = try Report(result).markdown
    #expect(text.contains("6 guesses are left out (slots 1, 2, 3, 4, 5, 6)"))
    #expect(text.contains("No guess was made blind, so whether the arms could be told apart is"))
    #expect(!text.contains("No guesses were recorded"))
  }

  @Test func sensitivityLeavesOutSlotsKnownBeforeTheirRating() throws {
    var trial = try broken()
    trial.add(.codeBreak(slot: 1, reason: "curious"), on: trial.day(6))
    let row = try #require(try trial.result().sensitivity.first)
    #expect(
      row.set
        == "without 3 slots with a broken code or an arm certain from another code before the "
        + "rating")
    #expect(
      row.arms.map(\.count) == [1, 2], "slot 2 was rated before the code of slot 1 was broken")
    correct(&trial, 2, "sleep", to: .number(DecimalNumber(units: 7)))
    #expect(try trial.result().sensitivity.first?.arms.map(\.count) == [1, 2])
    correct(&trial, 2, "mood", to: .number(DecimalNumber(units: 9)))
    #expect(try trial.result().sensitivity.first?.arms.map(\.count) == [1, 1])
  }

  @Test func correctionsAreReadable() throws {
    var trial = try broken()
    correct(&trial, 2, "mood", to: .number(DecimalNumber(units: 65, decimals: 1)))
    correct(&trial, 2, "mood", to: .skipped(reason: "not sure"))
    correct(&trial, 3, "nap", to: .choice("short"))
    correct(&trial, 4, "sleep", to: .number(DecimalNumber(units: 725, decimals: 2)))
    let result = try trial.result()
    #expect(result.slots[1].value == nil, "the record's last word counts")
    let text = try Report(result).markdown
    for row in [
      "| 2026-03-07 12:00 | 2 | mood | 7 | 6.5 | looked again | no |",
      "| 2026-03-07 12:00 | 2 | mood | 6.5 | skipped: not sure | looked again | no |",
      "| 2026-03-07 12:00 | 3 | nap | – | short | looked again | yes |",
      "| 2026-03-07 12:00 | 4 | sleep | 6.4 | 7.25 | looked again | yes, by slot 3 |",
    ] { #expect(text.contains(row), "\(row)") }
    #expect(text.contains("2 of 4 corrections were written after the arm of their slot was known."))
    let lines = try #require(try object(result)["corrections"] as? [[String: Any]])
    #expect(lines.map { $0["slot"] as? Int } == [2, 2, 3, 4])
    #expect(lines.map { $0["afterBreak"] as? Bool } == [false, false, true, true])
    #expect(lines.map { $0["openedBy"] as? Int } == [nil, nil, nil, 3])
    #expect((lines[0]["old"] as? [String: Any])?["number"] as? Double == 7)
    #expect((lines[3]["new"] as? [String: Any])?["number"] as? Double == 7.25)
    #expect((lines[1]["new"] as? [String: Any])?["text"] as? String == "skipped: not sure")
    #expect(lines[0]["at"] as? String == "2026-03-07T12:00:00Z")
    let html = try Report(result).html
    #expect(html.contains("<data value=\"7.25\">7.25</data>"))
  }

  @Test func withoutCorrectionsTheReportSaysSo() throws {
    #expect(try Report(broken().result()).markdown.contains("No answer was corrected."))
  }

  @Test func headingsDoNotClaimABlindThatWasBroken() throws {
    var trial = try broken()
    trial.add(.deviation(Deviation(slot: 5, kind: .other, reason: "flu")), on: trial.day(5))
    let text = try Report(trial.result()).markdown
    #expect(text.contains("**Deviations, recorded before the opening**"))
    #expect(!text.contains("recorded blind"))
  }

  @Test func unboundFactsAreNamedAsSuch() throws {
    let text = try Report(broken().result()).markdown
    #expect(
      text.contains(
        "“Better with \\*active\\*” (as the file of the opening has it; no commitment binds it)"))
    #expect(text.contains("| Opened (UTC), bound by no commitment | 2026-03-20T09:46:40Z |"))
    #expect(text.contains("- No commitment binds the prediction and the time of the opening."))
  }
}
