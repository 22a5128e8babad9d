import Testing

@testable import TrialAnalysis

/// The answer in plain words never claims more than interval and threshold allow.
struct AnswerTests {
  private func answer(
    _ estimate: Double, _ lower: Double?, _ upper: Double?, relevance: Double?,
    unit: String? = "points"
  ) -> PlainAnswer {
    let contrast = MadeAnswer.contrast(MadeAnswer.test(estimate, lower, upper))
    return PlainAnswer(
      MadeAnswer.outcome([contrast], unit: unit), contrast, relevance: relevance)
  }

  /// Interval, threshold, and what they allow.
  private struct Rule {
    let lower: Double?
    let upper: Double?
    let relevance: Double?
    let verdict: PlainAnswer.Verdict

    init(_ lower: Double?, _ upper: Double?, _ relevance: Double?, _ verdict: PlainAnswer.Verdict) {
      self.lower = lower
      self.upper = upper
      self.relevance = relevance
      self.verdict = verdict
    }
  }

  @Test func verdicts() {
    let rules = [
      Rule(0.5, 1.5, 1, .effect), Rule(1, 2, 1, .relevantEffect),
      Rule(-2, -1.2, 1, .relevantEffect),
      Rule(0.1, 0.9, 1, .smallEffect), Rule(-0.9, -0.1, 1, .smallEffect),
      Rule(-0.5, 0.9, 1, .noRelevantEffect), Rule(-0.5, 1, 1, .cannotTell),
      Rule(-0.5, 0.5, nil, .cannotTell), Rule(0.1, 0.5, nil, .effect),
      Rule(nil, 0.5, 1, .cannotTell), Rule(nil, -1, 1, .relevantEffect),
      Rule(nil, nil, 1, .cannotTell), Rule(0.5, nil, 1, .effect),
    ]
    for rule in rules {
      let found = answer(0.4, rule.lower, rule.upper, relevance: rule.relevance).verdict
      #expect(found == rule.verdict, "\(rule)")
    }
  }

  /// Of tied ratings p may jump at zero: the interval then begins there, and zero is rejected all the same.
  @Test func anIntervalThatIsBoundedByZero() {
    let cases: [(lower: Double, upper: Double, p: Double, words: String?)] = [
      (0, 2, 0.015, "above 0, up to 2"), (-2, 0, 0.015, "from −2 to below 0"),
      (0, 2, 0.2, nil), (-1, 2, 0.015, nil), (0, 0, 0.015, nil),
    ]
    for (lower, upper, p, words) in cases {
      let planned = MadeAnswer.test(lower + upper, lower, upper, p: p).planned
      #expect(planned.excludesZero == (words != nil))
      let verdict = PlainAnswer.Verdict(planned, adjustedP: nil, threshold: 1)
      #expect((verdict == .effect) == (words != nil), "\(verdict)")
      if let words { #expect(PlainAnswer.interval(planned) == "95 % interval \(words)") }
    }
    let midP = MadeAnswer.test(1, 0, 2, isMidP: true, p: 0.015).planned
    #expect(!midP.excludesZero)
  }

  @Test func sentences() {
    let unsure = answer(0.5, -0.25, 1.25, relevance: 1)
    #expect(unsure.headline == "We cannot tell.")
    #expect(
      unsure.sentence
        == "On average, mood was 0.5 points higher on active slots than on placebo slots "
        + "(95 % interval −0.25 to 1.25; two-sided p = 0.04).")
    #expect(
      unsure.judgement
        == "The data agree with no effect, and with effects of 1 point or more, which the plan "
        + "calls relevant.")
    let lower = answer(-1.5, -2, -1, relevance: 1, unit: nil)
    #expect(lower.headline == "Ratings were lower under active, by an amount that matters.")
    #expect(lower.sentence.hasPrefix("On average, mood was 1.5 lower on active slots"))
    let open = answer(0, nil, nil, relevance: nil)
    #expect(
      open.sentence
        == "On average, mood was neither higher nor lower on active slots than on placebo slots "
        + "(the 95 % interval has no bounds: too few possible schedules; two-sided p = 0.04).")
  }

  @Test(arguments: [
    (0.0, "0"), (1, "1"), (-0.5, "−0.5"), (0.123456, "0.123"), (12345.6, "12346"),
    (-0.00012345, "−0.000123"), (1e-20, "0"), (0.9996, "1"), (99.96, "100"), (1.005, "1"),
  ])
  func numbers(value: Double, text: String) { #expect(ShownNumber.text(value) == text) }

  @Test func pValuesAreNeverZeroAndRarelyOne() {
    #expect(ShownNumber.p(1e-9) == "less than 0.000001")
    #expect(ShownNumber.p(0.034973) == "0.035")
    #expect(ShownNumber.p(0.9966) == "0.9966")
    #expect(ShownNumber.p(0.99999) == "more than 0.9999")
    #expect(ShownNumber.p(1) == "1")
  }

  @Test func countsHaveGroups() {
    #expect(
      ShownNumber.count("126410606437752") == "126\u{202F}410\u{202F}606\u{202F}437\u{202F}752")
    #expect(ShownNumber.count("8") == "8")
  }
}
