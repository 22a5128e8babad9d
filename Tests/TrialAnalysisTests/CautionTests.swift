import BlindRecord
import Testing
import TrialDesign
import TrialTestSupport

@testable import TrialAnalysis
@testable import TrialReport

/// What the answer must not be read without: an early end, a broken blind, missing slots.
struct CautionTests {
  private static let arms = [0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 0, 1]

  /// Six pairs of days; the first so many slots are rated, 4 under placebo and 7 under active.
  private func trial(rated: Int, percent: (Int) -> Int? = { _ in nil }) throws -> MadeTrial {
    var trial = try MadeTrial(
      protocol: ExampleProtocols.text(scheme: "pairs: {count: 6}", arms: ["placebo", "active"]),
      arms: Self.arms)
    for slot in 1...rated {
      let arm = Self.arms[slot - 1]
      trial.rate(slot, mood: "\(arm == 1 ? 7 : 4)", percent: percent(arm))
    }
    return trial
  }

  @Test func aTrialThatWasStoppedIsToldAsOne() throws {
    var trial = try trial(rated: 6)
    trial.add(
      .adverseEvent(
        AdverseEvent(term: "palpitations", onset: trial.day(6), severity: .severe, serious: true)),
      on: trial.day(6))
    trial.lockedOn = trial.day(8)
    let result = try trial.result()
    #expect(result.notReached == 4 && result.adherence.missing == 2)
    let stop =
      "The trial was stopped early: the record was locked after 8 of 12 slots, with the reason “the last "
      + "day has passed”; the other 4 were not reached."
    #expect(result.cautions == [stop])
    let text = try Report(result).markdown
    #expect(text.contains("2 without a check-in; 4 not reached before the trial ended"))
    #expect(text.contains("active: 1 (1 severe) over 4 slots"))
    #expect(text.contains("recorded: 3, not recorded: 1, not reached: 2"))
    #expect(
      text.contains("| Slots without a rating | 2 of 8 slots are not in the primary analysis."))
    #expect(
      text.contains("| 14b | Why it ended, periods stopped early | Planned against actual: stopped")
    )
    #expect(text.contains("\n\(stop)\n"))
    #expect(try Report(result).html.contains("<p class=\"caution\">The trial was stopped early"))
  }

  @Test func aTrialThatRanToItsEndHasNoCaution() throws {
    let result = try trial(rated: 12).result()
    #expect(result.cautions.isEmpty && result.stopInWords == nil)
    #expect(try !Report(result).json.contains("cautions"))
  }

  @Test func guessesThatAreAllRightStandBesideTheAnswer() throws {
    let result = try trial(rated: 12) { $0 == 1 ? 90 : 10 }.result()
    #expect(
      result.cautions == [
        "The arms could be told apart: 12 of 12 guesses were right. Expectation may have made some or all "
          + "of a difference."
      ])
    #expect(try trial(rated: 12) { _ in 90 }.result().cautions.isEmpty)
  }

  @Test func mostSlotsMissing() throws {
    let result = try trial(rated: 5).result()
    #expect(
      result.cautions == [
        "Most slots have no rating: 5 of 12 are in the analysis. If the arm was a reason for missing them, "
          + "the answer is off."
      ])
  }

  /// An instrument that never moved is no proof of no effect.
  @Test func ratingsThatAreAllTheSameSayNothing() throws {
    var trial = try MadeTrial(
      protocol: ExampleProtocols.text(scheme: "pairs: {count: 6}", arms: ["placebo", "active"]),
      arms: Self.arms)
    for slot in 1...12 { trial.rate(slot, mood: "5") }
    let answer = try trial.result().answer
    #expect(answer.verdict == .cannotTell)
    #expect(answer.headline == "We cannot tell: every rating was 5.")
    #expect(answer.sentence == "All ratings of mood were 5, under active and under placebo.")
    #expect(answer.further == nil)
  }

  @Test func whatHasNoReasonIsCounted() throws {
    var trial = try trial(rated: 10)
    for slot in 11...12 {
      trial.add(
        .checkIn(
          CheckIn(
            slot: slot, kit: trial.kit(slot), answers: ["mood": .skipped(reason: nil)],
            guess: TreatmentGuess(percent: 80))), on: trial.day(slot))
    }
    let text = try Report(trial.result()).markdown
    #expect(text.contains("Skipped without a reason: mood at 2 slots."))
    #expect(!text.contains("Skipped answers, and why"))
  }

  @Test func reasonsStandInTheReport() throws {
    var trial = try trial(rated: 11)
    trial.add(
      .checkIn(
        CheckIn(
          slot: 12, kit: trial.kit(12), answers: ["mood": .skipped(reason: "asleep by nine")],
          guess: TreatmentGuess(percent: 80, reason: "my hands shook"))), on: trial.day(12))
    let result = try trial.result()
    #expect(
      result.skipped == [SkippedAnswer(slot: 12, item: "mood", reason: "asleep by nine")])
    let text = try Report(result).markdown
    #expect(text.contains("**Skipped answers, and why**"))
    #expect(text.contains("| 12 | mood | asleep by nine |"))
    #expect(text.contains("| 12 | active | my hands shook |"))
    #expect(text.contains("reasons as far as they were written down"))
  }
}
