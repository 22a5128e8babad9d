import Testing
import TrialDesign

@testable import TrialAnalysis

/// With several comparisons an effect is claimed only where the p-value over all of them allows it.
struct SeveralAnswersTests {
  /// A contrast with an interval and a p-value over three comparisons.
  private func contrast(
    _ name: String, arm: Int, _ lower: Double, _ upper: Double, adjusted: Double
  ) -> Contrast {
    let middle = (lower + upper) / 2
    return MadeAnswer.contrast(
      MadeAnswer.test(middle, lower, upper), arm: arm, name: name, difference: middle,
      adjusted: AdjustedP(maxT: adjusted, holm: 1, comparisons: 2))
  }

  private func answers(_ outcome: OutcomeResult, relevance: Double? = nil) -> [PlainAnswer] {
    outcome.contrasts.map { PlainAnswer(outcome, $0, relevance: relevance) }
  }

  private func whole(_ contrasts: [Contrast], relevance: Double? = nil) -> PlainAnswer {
    let outcome = MadeAnswer.outcome(contrasts, global: GlobalTest(p: 0.012, arms: 3))
    return PlainAnswer.whole(outcome, answers(outcome, relevance: relevance))
  }

  @Test func anIntervalWithoutZeroIsNotEnough() {
    let outcome = MadeAnswer.outcome([contrast("active", arm: 1, 0.5, 1.5, adjusted: 0.06)])
    let answer = answers(outcome, relevance: 0.2)[0]
    #expect(answer.verdict == .notAfterComparisons)
    #expect(answer.headline == "We cannot tell, after allowing for 2 comparisons.")
    #expect(
      answer.sentence
        == "On average, mood was 1 point higher on active slots than on placebo slots (95 % "
        + "interval 0.5 to 1.5; two-sided p = 0.04; 0.06 after allowing for 2 comparisons).")
    #expect(
      answer.judgement
        == "Alone, the interval would exclude zero; among 2 comparisons one such interval may do "
        + "so by chance.")
  }

  /// The value at the level itself is significant, as the interval that touches it is.
  @Test(arguments: [
    (0.05, PlainAnswer.Verdict.relevantEffect), (0.0501, .notAfterComparisons),
    (0.001, .relevantEffect),
  ])
  func theLevelDecides(adjusted: Double, verdict: PlainAnswer.Verdict) {
    let outcome = MadeAnswer.outcome([contrast("active", arm: 1, 0.5, 1.5, adjusted: adjusted)])
    #expect(answers(outcome, relevance: 0.2)[0].verdict == verdict)
  }

  @Test func withoutACommonDistributionHolmDecides() {
    let adjusted = AdjustedP(maxT: nil, holm: 0.2, comparisons: 2)
    let one = MadeAnswer.contrast(MadeAnswer.test(1, 0.5, 1.5), adjusted: adjusted)
    #expect(answers(MadeAnswer.outcome([one]))[0].verdict == .notAfterComparisons)
  }

  @Test func anIntervalWithZeroStaysWhatItIs() {
    let outcome = MadeAnswer.outcome([contrast("active", arm: 1, -0.1, 0.3, adjusted: 0.5)])
    #expect(answers(outcome, relevance: 0.5)[0].verdict == .noRelevantEffect)
  }

  @Test func theHeadlineOfThreeArms() {
    let caffeine = contrast("caffeine", arm: 1, 0.5, 1.5, adjusted: 0.02)
    let decaf = contrast("decaf", arm: 2, -0.5, 1.5, adjusted: 0.9)
    let mixed = whole([decaf, caffeine], relevance: 0.4)
    #expect(
      mixed.headline
        == "Against placebo, ratings were higher under caffeine, by an amount that matters; under "
        + "decaf we cannot tell.")
    #expect(mixed.verdict == .several)
    #expect(
      mixed.sentence
        == "Each other arm was compared with placebo, and the p-values allow for the number of "
        + "comparisons. The test of all 3 arms together, whether mood differs under any of them: p = 0.012."
    )
    let nothing = whole([contrast("caffeine", arm: 1, -1, 1, adjusted: 1), decaf], relevance: 0.4)
    #expect(nothing.headline == "We cannot tell, for either arm.")
    #expect(nothing.verdict == .cannotTell)
    let alike = whole([caffeine, contrast("decaf", arm: 2, 0.5, 1.5, adjusted: 0.02)])
    #expect(alike.headline == "Against placebo, ratings were higher under caffeine and decaf.")
    let small = whole(
      [
        contrast("caffeine", arm: 1, -0.1, 0.1, adjusted: 1),
        contrast("decaf", arm: 2, -0.3, -0.1, adjusted: 0.3),
      ], relevance: 0.4)
    #expect(
      small.headline
        == "Against placebo, no effect of caffeine that would matter; under decaf we cannot tell "
        + "after allowing for the other comparisons.")
  }

  @Test func oneComparisonIsItsOwnAnswer() {
    let outcome = MadeAnswer.outcome([MadeAnswer.contrast(MadeAnswer.test(1, 0.5, 1.5))])
    #expect(PlainAnswer.whole(outcome, answers(outcome)) == answers(outcome)[0])
  }

  @Test func sidesAndMidPAreSaid() {
    func said(_ test: EffectTest) -> PlainAnswer {
      let contrast = MadeAnswer.contrast(test)
      return PlainAnswer(MadeAnswer.outcome([contrast]), contrast, relevance: nil)
    }
    let greater = said(MadeAnswer.test(1, 0.5, nil, sides: .greater))
    #expect(greater.sentence.hasSuffix("(95 % interval from 0.5 upwards; one-sided p = 0.04)."))
    #expect(greater.verdict == .effect)
    let less = said(MadeAnswer.test(1, nil, 1.5, sides: .less, isMidP: true))
    #expect(less.sentence.hasSuffix("(95 % interval up to 1.5; one-sided mid-p = 0.04)."))
    #expect(
      less.judgement == "The plan looked for lower ratings only, and the data do not show them.")
    let mid = said(MadeAnswer.test(1, 0.5, 1.5, isMidP: true))
    #expect(mid.sentence.contains("two-sided mid-p = 0.04"))
  }
}
