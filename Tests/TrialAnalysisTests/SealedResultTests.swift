import BlindRecord
import Testing
import TrialDesign
import TrialTestSupport

@testable import TrialAnalysis

/// The sealed plan over a locked record: which ratings count, and what is listed beside them.
struct SealedResultTests {
  @Test func slotsAsScheduledCount() throws {
    let result = try MadeTrial.eventful().result()
    #expect(result.primary.name == "mood")
    #expect(result.primary.arms.map(\.count) == [3, 2])
    #expect(result.primary.arms.map(\.mean) == [14.0 / 3, 7.5])
    let test = try #require(result.primary.test)
    #expect(test.method == .exact)
    #expect(test.referenceSet == EffectTest.ReferenceCount(count: "8", undefined: "0"))
    #expect(abs(test.estimate - (7.5 - 14.0 / 3)) < 1e-12)
    #expect(result.slots[2].value == 8, "a correction counts")
    #expect(result.slots[2].corrections == 1)
    #expect(result.relevance == 1)
    #expect(result.level == 0.5)
  }

  /// Slot 6 has no rating: of the eight sequences none leaves an arm without one.
  @Test func theRecordIsCountedWhole() throws {
    let adherence = try MadeTrial.eventful().result().adherence
    #expect(adherence.scheduled == 6)
    #expect(adherence.onTheDay == 4)
    #expect(adherence.late == 1)
    #expect(adherence.missing == 1)
    #expect(adherence.unanswered == 0)
    #expect(adherence.analysed == 5)
    #expect(adherence.wrongKit == 1)
    #expect(adherence.codeBroken == 1)
    #expect(adherence.corrections == 1)
  }

  @Test func aSkippedAnswerIsMissing() throws {
    var trial = try MadeTrial(protocol: ExampleProtocols.small, arms: [0, 1, 0, 1, 1, 0])
    for slot in 1...6 { trial.rate(slot, mood: slot == 3 ? nil : "\(slot)") }
    let result = try trial.result()
    #expect(result.slots[2].value == nil)
    #expect(result.adherence.unanswered == 1)
    #expect(result.adherence.missing == 0)
    #expect(result.primary.arms.map(\.count) == [2, 3])
  }

  @Test func aCorrectionWithoutACheckInIsNotARating() throws {
    var trial = try MadeTrial.eventful()
    let answer = Answer.number(DecimalNumber(units: 9))
    trial.add(
      .correction(Correction(slot: 6, item: "mood", answer: answer, reason: "late")),
      on: trial.day(6))
    let result = try trial.result()
    #expect(result.slots[5].value == nil)
    #expect(result.primary.arms.map(\.count) == [3, 2])
  }

  @Test func aSensitivityRowLeavesOutBrokenCodesAndOtherKits() throws {
    let result = try MadeTrial.eventful().result()
    let row = try #require(result.sensitivity.first)
    #expect(row.set == "without 2 slots with a broken code or another kit")
    #expect(row.arms.map(\.count) == [1, 2])
    #expect(result.slots[3].otherArm == 1)
    var clean = try MadeTrial(protocol: ExampleProtocols.small, arms: [0, 1, 0, 1, 1, 0])
    for slot in 1...6 { clean.rate(slot, mood: "\(slot)") }
    #expect(try clean.result().sensitivity.isEmpty)
  }

  @Test func aCodeBreakNamesTheSlotsThatBecameCertain() throws {
    let breaks = try MadeTrial.eventful().result().codeBreaks
    #expect(breaks.map(\.slot) == [5])
    #expect(breaks[0].arm == "placebo")
    #expect(breaks[0].reason == "palpitations")
    #expect(breaks[0].alsoRevealed == [6])
    let slots = try MadeTrial.eventful().result().slots
    #expect(slots.map(\.revealedBy) == [nil, nil, nil, nil, nil, 5])
  }

  @Test func anAdverseEventHasTheArmOfItsDay() throws {
    var trial = try MadeTrial.eventful()
    let before = AdverseEvent(
      term: "cold", onset: trial.day(1).advanced(by: -1), severity: .mild, serious: false)
    trial.add(.adverseEvent(before), on: trial.day(6))
    let events = try trial.result().adverseEvents
    #expect(events.map(\.arm) == ["active", nil])
    #expect(events.map(\.slot) == [3, nil])
    #expect(try trial.result().deviations.map(\.arm) == ["placebo"])
  }

  @Test func guessesAreComparedWithTheArms() throws {
    let guesses = try #require(try MadeTrial.eventful().result().guesses)
    #expect(guesses.answered == 4, "slot 5 was opened before its guess was written")
    #expect(guesses.arms.map(\.right) == [1, 1])
    #expect(guesses.arms.map(\.wrong) == [1, 0])
    #expect(guesses.arms.map(\.unknown) == [0, 1])
    #expect(guesses.rightShare == 2.0 / 3)
    #expect(guesses.baseRate == 2.0 / 3)
    #expect(guesses.bestGuesser == 0.75)
  }

  @Test func otherNumericItemsAreExploratory() throws {
    let result = try MadeTrial.eventful().result()
    #expect(result.exploratory.map(\.name) == ["sleep"])
    #expect(result.exploratory.first?.unit == "hours")
  }

  @Test func theSealIsDescribed() throws {
    var trial = try MadeTrial.eventful()
    trial.simulated = true
    guard case .sealed(let facts) = try trial.result().provenance else {
      Issue.record("not sealed")
      return
    }
    #expect(facts.simulated)
    #expect(facts.custody == "self")
    #expect(facts.entries == 11)
    #expect(facts.entriesWithSetClock == 1)
    #expect(facts.sealedAt == "2026-03-01T12:00:00Z")
    #expect(facts.lockedAt == "2026-03-10T12:00:00Z")
    #expect(facts.prediction == "Better with *active*")
    #expect(facts.openedAt == "2026-03-20T09:46:40Z")
    #expect(facts.lockReason == "the last day has passed")
  }

  @Test func aTrialWithoutRatingsSaysThatItCannotTell() throws {
    var trial = try MadeTrial(protocol: ExampleProtocols.small, arms: [0, 1, 0, 1, 1, 0])
    trial.rate(1, mood: "3", guessed: false)
    let result = try trial.result()
    #expect(result.primary.test == nil)
    #expect(result.answer.verdict == .cannotTell)
    #expect(result.guesses == nil)
    let summary = try SummaryReader(result)
    for path in ["method", "estimate", "p", "interval", "referenceSet", "bayes", "blinding"] {
      #expect(summary.isNull(path), "\(path)")
    }
  }

  @Test func washoutSlotsAreListedAndNotAnalysed() throws {
    var trial = try MadeTrial(
      protocol: ExampleProtocols.text(
        scheme: "periods: {pairs: 2, length: 2, drop: 1}", level: "0.5"),
      arms: [0, 0, 1, 1, 1, 1, 0, 0])
    for slot in 1...8 { trial.rate(slot, mood: slot % 2 == 1 ? "0" : "\(slot)") }
    let result = try trial.result()
    #expect(result.adherence.dropped == 4)
    #expect(result.adherence.analysed == 4)
    #expect(result.primary.arms.map(\.mean) == [5, 5])
    #expect(result.slots.map(\.kept) == [false, true, false, true, false, true, false, true])
  }
}
