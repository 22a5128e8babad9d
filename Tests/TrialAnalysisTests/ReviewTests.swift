import BlindRecord
import Testing
import TrialDesign
import TrialStatistics
import TrialTestSupport

@testable import TrialAnalysis

extension MadeTrial {
  /// The questions to its record.
  func review() throws -> Review {
    try Review(
      result(), SealedSource(design: design, assignment: assignment, record: record()))
  }

  /// Three blocks of four, every slot rated by a number.
  static func twelve(
    arms: [Int] = [0, 1, 1, 0, 1, 0, 0, 1, 0, 0, 1, 1], ratings: [Int] = MadeTrial.moods,
    scheme: String = "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}",
    statistic: String = "block-adjusted", whitening: String = "none", level: String = "0.9"
  ) throws -> MadeTrial {
    var trial = try MadeTrial(
      protocol: ExampleProtocols.text(
        scheme: scheme, arms: ["placebo", "active"], statistic: statistic, whitening: whitening,
        level: level), arms: arms)
    for slot in 1...arms.count { trial.rate(slot, mood: String(ratings[slot - 1]), percent: 50) }
    return trial
  }

  static let moods = [4, 7, 6, 5, 8, 4, 6, 9, 3, 5, 5, 8]
}

/// Questions after the end, against the tests called by hand.
@Suite struct ReviewTests {
  private struct Asked {
    let test: EffectTest
    let answer: ReviewAnswer
  }

  private func ask(_ trial: MadeTrial, _ question: ReviewQuestion) throws -> Asked {
    let answer = try trial.review().answer(question)
    return Asked(test: try #require(answer.outcome.test), answer: answer)
  }

  /// The test of these values, put together here.
  private func direct(
    _ trial: MadeTrial, _ values: [Int?], statistic: StatisticKind? = nil,
    whitening: Whitening = .none, covariates: [[Double]] = [], kept: [Bool]? = nil
  ) throws -> RandomizationResult {
    let scheme = trial.design.scheme
    return try RandomizationTest(
      outcome: ExactOutcome(units: values.map { $0.map { Int64($0) } }, decimals: 0),
      observed: trial.assignment.arms, kept: kept ?? scheme.keptSlots,
      reference: ReferenceSet(layers: scheme.automaton().layers),
      statistic: statistic ?? .blockAdjusted(blocks: scheme.blocks), whitening: whitening,
      covariates: covariates, level: trial.design.plan.level
    ).result()
  }

  private func same(_ test: EffectTest, _ result: RandomizationResult) {
    #expect(test.estimate == result.estimate)
    #expect(test.p.doubled == result.pDoubled)
    #expect(test.p.absolute == result.pAbsolute)
    #expect(test.planned.interval == EffectTest.Bounds(result.interval))
  }

  /// Every path through the scheme's layers.
  private func everyAssignment(_ scheme: RandomizationScheme) throws -> [[Int]] {
    var paths: [(state: Int, arms: [Int])] = [(0, [])]
    for layer in try scheme.automaton().layers {
      paths = paths.flatMap { path in
        layer[path.state].enumerated().filter { $0.element >= 0 }
          .map { (state: Int($0.element), arms: path.arms + [$0.offset]) }
      }
    }
    return paths.map(\.arms)
  }

  private func moods(without slots: Set<Int>) -> [Int?] {
    MadeTrial.moods.enumerated().map { slots.contains($0.offset + 1) ? nil : $0.element }
  }

  @Test func noChangeIsThePlan() throws {
    let trial = try MadeTrial.twelve()
    let asked = try ask(trial, ReviewQuestion())
    #expect(asked.test == (try trial.result()).primary.test)
    #expect(asked.answer.words == "the planned analysis")
    #expect(asked.answer.standing == .nothingLeftOut)
  }

  @Test func halvesAndRanges() throws {
    let trial = try MadeTrial.twelve()
    let second = try ask(trial, ReviewQuestion(part: .secondHalf))
    same(second.test, try direct(trial, moods(without: Set(1...6))))
    #expect(second.answer.leftOut == Array(1...6))
    #expect(second.answer.standing == .decidedBlind)
    #expect(second.answer.words == "the second half only")
    let first = try ask(trial, ReviewQuestion(part: .firstHalf))
    same(first.test, try direct(trial, moods(without: Set(7...12))))
    let chosen = try ask(trial, ReviewQuestion(part: .slots(3...10)))
    same(chosen.test, try direct(trial, moods(without: [1, 2, 11, 12])))
    #expect(chosen.answer.standing == .chosenNow)
    #expect(chosen.answer.words == "slots 3 to 10 only")
  }

  /// The same by hand: every assignment listed, the blocks' differences weighed, the shares counted.
  @Test func theSecondHalfByListing() throws {
    let trial = try MadeTrial.twelve(
      scheme: "complete: {slots: 12, active: 6}", statistic: "mean-difference")
    func difference(_ arms: [Int]) -> (top: Int, bottom: Int)? {
      let rest = 6..<12
      let active = rest.filter { arms[$0] == 1 }.map { MadeTrial.moods[$0] }
      let other = rest.filter { arms[$0] == 0 }.map { MadeTrial.moods[$0] }
      guard !active.isEmpty, !other.isEmpty else { return nil }
      return (
        active.reduce(0, +) * other.count - other.reduce(0, +) * active.count,
        active.count * other.count
      )
    }
    let own = try #require(difference(trial.assignment.arms))
    var (greater, less, all) = (0, 0, 0)
    for arms in try everyAssignment(trial.design.scheme) {
      all += 1
      guard let one = difference(arms) else {
        (greater, less) = (greater + 1, less + 1)
        continue
      }
      if one.top * own.bottom >= own.top * one.bottom { greater += 1 }
      if one.top * own.bottom <= own.top * one.bottom { less += 1 }
    }
    #expect(all == 924)
    let asked = try ask(trial, ReviewQuestion(part: .secondHalf)).test
    #expect(abs(asked.p.greater - Double(greater) / 924) < 1e-15)
    #expect(abs(asked.p.less - Double(less) / 924) < 1e-15)
  }

  /// The level holds over every assignment that could have been: the slots do not depend on it.
  @Test func theLevelHoldsForWhatIsLeftOutBlind() throws {
    let scheme = "blocks: {sizes: [4, 4, 2], active: [2, 2, 1]}"
    let first = [0, 1, 1, 0, 1, 0, 0, 1, 0, 1]
    let all = try everyAssignment(MadeTrial.twelve(arms: first, scheme: scheme).design.scheme)
    #expect(all.count == 72)
    let values = try all.map { arms -> Double in
      var trial = try MadeTrial.twelve(arms: arms, scheme: scheme)
      trial.add(
        .deviation(Deviation(slot: 3, kind: .other, reason: "a bad night")), on: trial.day(3))
      let question = ReviewQuestion(without: [.deviation], part: .slots(1...9))
      return try ask(trial, question).test.p.doubled
    }
    for level in [0.05, 0.1, 0.2, 0.5] {
      #expect(Double(values.count { $0 <= level }) <= level * Double(all.count))
    }
    #expect(values.contains { $0 <= 0.2 })
  }

  @Test func otherOutcomesAndTests() throws {
    let trial = try MadeTrial.twelve()
    let sleep = try ask(trial, ReviewQuestion(outcome: "sleep"))
    #expect(sleep.test == (try trial.result()).exploratory.first?.test)
    #expect(sleep.answer.relevance == nil)
    #expect(sleep.answer.planned.name == "sleep")
    #expect(sleep.answer.words == "sleep instead of mood")
    let plain = try ask(trial, ReviewQuestion(statistic: .meanDifference))
    same(plain.test, try direct(trial, moods(without: []), statistic: .meanDifference))
    let ranks = try ask(trial, ReviewQuestion(statistic: .rankSum))
    #expect(
      ranks.test.p.doubled
        == (try direct(
          trial, moods(without: []), statistic: .rankSum(blocks: trial.design.scheme.blocks)))
        .pDoubled)
    let white = try ask(trial, ReviewQuestion(whitening: .fixed(0.4)))
    same(white.test, try direct(trial, moods(without: []), whitening: .fixed(0.4)))
    let days = trial.design.days.map(\.ordinal)
    let trend = try ask(trial, ReviewQuestion(adjustments: [.trend: true]))
    same(
      trend.test,
      try direct(trial, moods(without: []), covariates: Covariates.trend(days: days)))
    #expect(trend.answer.words == "taking out a trend over the days")
    #expect(trend.answer.answers[0].sentence.contains("After allowing for"))
    #expect(!trend.answer.answers[0].sentence.contains("as planned"))
  }

  @Test func washoutOfPeriodsAndAfterChanges() throws {
    let arms = [0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0]
    let periods = try MadeTrial.twelve(
      arms: arms, scheme: "periods: {pairs: 2, length: 3, drop: 1}", statistic: "mean-difference",
      level: "0.5")
    for drop in [0, 2] {
      let asked = try ask(periods, ReviewQuestion(washout: drop))
      same(
        asked.test,
        try direct(
          periods, moods(without: []), statistic: .meanDifference,
          kept: (0..<12).map { $0 % 3 >= drop }))
      #expect(!asked.answer.dropsAfterChanges)
    }
    #expect(try ask(periods, ReviewQuestion(washout: 1)).answer.question.isThePlan)
    let trial = try MadeTrial.twelve()
    let asked = try ask(trial, ReviewQuestion(washout: 1))
    let scheme = trial.design.scheme
    let byHand = try CarryOverTest(
      outcome: ExactOutcome(units: MadeTrial.moods.map { Int64($0) }, decimals: 0),
      observed: trial.assignment.arms, kept: scheme.keptSlots,
      reference: ReferenceSet(layers: scheme.automaton().layers),
      elsewhere: Array(repeating: false, count: 12), whitening: .none, covariates: [], level: 0.9
    ).leavingOut(1)
    same(asked.test, byHand)
    #expect(asked.answer.dropsAfterChanges)
    #expect(asked.answer.words == "without the first slot after each change of arm")
    // The slots that follow a slot of their own arm: 1 (none before it), 3, 7, 10, 12.
    #expect(asked.answer.outcome.count == 5)
  }

  @Test func whatATrialDoesNotHaveIsRefused() throws {
    let review = try MadeTrial.twelve(
      scheme: "complete: {slots: 12, active: 6}", statistic: "mean-difference"
    ).review()
    func fault(_ question: ReviewQuestion) -> ReviewFault? {
      do {
        _ = try review.answer(question)
        return nil
      } catch { return error }
    }
    #expect(
      fault(ReviewQuestion(outcome: "nap"))?.message
        == "outcome: found \"nap\", expected mood, sleep")
    #expect(
      fault(ReviewQuestion(part: .slots(3...13)))?.message
        == "slots: found \"3 to 13\", expected a first and a last one between 1 and 12")
    #expect(fault(ReviewQuestion(statistic: .blockAdjusted)) == .noBlocks)
    #expect(fault(ReviewQuestion(statistic: .signedRank)) == .noPairs)
    #expect(
      fault(ReviewQuestion(washout: 6))?.message == "washout: found 6, expected 0 to 5")
    #expect(
      fault(ReviewQuestion(statistic: .rankSum, washout: 1))?.message
        == "statistic: found another one beside slots left out after a change, expected the difference in means"
    )
    let pairs = try MadeTrial.twelve(
      arms: [0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 1, 0], scheme: "pairs: {count: 6}"
    ).review()
    #expect(throws: ReviewFault.washoutTooLong(found: 2, most: 1)) {
      try pairs.answer(ReviewQuestion(washout: 2))
    }
  }

  @Test func nothingLeftIsAnAnswer() throws {
    let trial = try MadeTrial.twelve()
    let answer = try trial.review().answer(ReviewQuestion(part: .slots(2...3)))
    #expect(answer.outcome.test == nil)
    #expect(answer.answers[0].headline == "We cannot tell.")
    #expect(answer.answers[0].further == nil)
  }
}
