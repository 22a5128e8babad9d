import BlindRecord
import Testing
import TrialDesign
import TrialTestSupport

@testable import TrialAnalysis

/// Which slots a question leaves out, and whether the arms can have had a part in that.
@Suite struct ReviewFilterTests {
  /// Twelve slots with a late one, another kit, deviations, and codes broken in the middle.
  private func eventful(breaks: [Int] = [6]) throws -> MadeTrial {
    var trial = try MadeTrial(
      protocol: ExampleProtocols.text(
        scheme: "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}", arms: ["placebo", "active"],
        statistic: "block-adjusted", level: "0.9"),
      arms: [0, 1, 1, 0, 1, 0, 0, 1, 0, 0, 1, 1])
    for slot in 1...5 {
      trial.rate(
        slot, mood: String(MadeTrial.moods[slot - 1]), late: slot == 2 ? 1 : 0,
        kit: slot == 4 ? 9 : nil)
    }
    trial.add(
      .deviation(Deviation(slot: 3, kind: .coMedication, reason: "ibuprofen")), on: trial.day(5))
    trial.add(
      .deviation(Deviation(slot: 5, kind: .spareKit, kit: trial.kit(12), reason: "torn")),
      on: trial.day(5))
    for slot in breaks {
      trial.add(.codeBreak(slot: slot, reason: "palpitations"), on: trial.day(6))
    }
    for slot in 6...12 {
      trial.rate(slot, mood: String(MadeTrial.moods[slot - 1]), kit: slot == 9 ? 2 : nil)
    }
    return trial
  }

  private struct Found: Equatable {
    let slots: [Int]
    let standing: ReviewAnswer.Standing

    init(_ slots: [Int], _ standing: ReviewAnswer.Standing) {
      self.slots = slots
      self.standing = standing
    }
  }

  private func slots(_ trial: MadeTrial, _ filter: ReviewQuestion.Filter) throws -> Found {
    let answer = try trial.review().answer(ReviewQuestion(without: [filter]))
    return Found(answer.leftOut, answer.standing)
  }

  @Test func whatWasWrittenBlindKeepsTheTestExact() throws {
    let trial = try eventful(breaks: [])
    #expect(try slots(trial, .late) == Found([2], .decidedBlind))
    #expect(try slots(trial, .deviation) == Found([3], .decidedBlind))
    // A spare in the kit's place is no other kit.
    #expect(try slots(trial, .wrongKit) == Found([4, 9], .decidedBlind))
    #expect(try slots(trial, .afterCodeBreak) == Found([], .nothingLeftOut))
    #expect(try slots(trial, .armKnown) == Found([], .nothingLeftOut))
  }

  @Test func whatWasWrittenAfterACodeBreakDoesNot() throws {
    let trial = try eventful()
    #expect(try slots(trial, .late) == Found([2], .decidedBlind))
    #expect(try slots(trial, .wrongKit) == Found([4, 9], .armsMayHaveDecided(slots: [9])))
    // The first code was chosen blind, and it alone makes nothing else certain.
    #expect(try slots(trial, .armKnown) == Found([6], .decidedBlind))
    #expect(try slots(trial, .afterCodeBreak) == Found(Array(6...12), .decidedBlind))
  }

  @Test func whatFollowsFromACodeDoesNotEither() throws {
    // Slots 6 and 7 have the reference, so 5 and 8 of that block are certain; 5 was rated before.
    let trial = try eventful(breaks: [6, 7])
    #expect(try slots(trial, .armKnown) == Found([6, 7, 8], .armsMayHaveDecided(slots: [7, 8])))
  }

  @Test func aCorrectionAfterTheCodeIsNotBlind() throws {
    var trial = try eventful()
    trial.add(
      .correction(
        Correction(
          slot: 1, item: "mood", answer: .number(DecimalNumber(units: 9)), reason: "misread")),
      on: trial.day(7))
    #expect(
      try slots(trial, .afterCodeBreak)
        == Found([1] + Array(6...12), .armsMayHaveDecided(slots: [1])))
  }

  @Test func aReasonThatWasWrittenBlindIsEnough() throws {
    var trial = try eventful()
    trial.add(
      .deviation(Deviation(slot: 4, kind: .wrongKit, reason: "noticed later")), on: trial.day(8))
    #expect(try slots(trial, .wrongKit) == Found([4, 9], .armsMayHaveDecided(slots: [9])))
    let answer = try trial.review().answer(
      ReviewQuestion(without: [.late, .wrongKit], part: .firstHalf))
    #expect(answer.leftOut == [2, 4] + Array(7...12))
    #expect(answer.standing == .decidedBlind)
    #expect(
      answer.words == "the first half only, without days with another kit, "
        + "without days recorded late")
  }

  @Test func suggestionsChangeSomething() throws {
    let review = try eventful().review()
    let suggestions = review.suggestions
    #expect(Set(suggestions).count == suggestions.count)
    for question in suggestions {
      #expect(try review.normalized(question) == question)
      #expect(!question.isThePlan)
      for filter in question.without { #expect(!review.slots(filter).isEmpty) }
    }
    #expect(suggestions.contains(ReviewQuestion(part: .secondHalf)))
    #expect(suggestions.contains(ReviewQuestion(outcome: "sleep")))
    #expect(suggestions.contains(ReviewQuestion(statistic: .meanDifference)))
    #expect(
      !(try eventful(breaks: []).review().suggestions).contains(
        ReviewQuestion(without: [.armKnown])))
  }

  @Test func severalArmsPayForTheirNumber() throws {
    var trial = try MadeTrial(
      protocol: ExampleProtocols.text(
        scheme: "blocks: {each: [1, 1, 1], repeat: 4}",
        arms: ["placebo", "active", "{name: nothing, pill: none}"], level: "0.8"),
      arms: [0, 1, 2, 2, 1, 0, 1, 0, 2, 0, 2, 1])
    for slot in 1...12 { trial.rate(slot, mood: String(MadeTrial.moods[slot - 1])) }
    let answer = try trial.review().answer(ReviewQuestion(part: .firstHalf))
    #expect(answer.answers.count == 2)
    let raw = answer.outcome.contrasts.map { $0.test?.planned.p ?? 1 }
    let adjusted = answer.outcome.contrasts.compactMap { $0.adjusted?.holm }
    #expect(adjusted.min() == min(1, 2 * (raw.min() ?? 1)))
    #expect(answer.outcome.contrasts.allSatisfy { $0.adjusted?.comparisons == 2 })
  }
}
