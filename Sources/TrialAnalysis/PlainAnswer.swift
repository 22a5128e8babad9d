/// One comparison's answer in plain words: one arm against the reference, for one outcome.
public struct PlainAnswer: Hashable, Sendable, Codable {
  /// What kind of answer it is.
  public enum Verdict: String, Hashable, Sendable, Codable {
    /// The whole interval lies at or beyond the threshold of relevance.
    case relevantEffect = "relevant-effect"
    /// Zero is excluded; nothing, or not everything, is known about relevance.
    case effect
    /// Zero is excluded, and so is every relevant effect.
    case smallEffect = "small-effect"
    /// The interval holds zero and excludes every relevant effect.
    case noRelevantEffect = "no-relevant-effect"
    /// The interval holds zero and effects that would matter, or there is no interval.
    case cannotTell = "cannot-tell"
    /// Zero is excluded, but not after allowing for all comparisons of the plan.
    case notAfterComparisons = "not-after-comparisons"
    /// Several comparisons with different answers, in the headline of the whole trial.
    case several
  }

  /// The side of an effect.
  public enum Direction: String, Hashable, Sendable, Codable {
    /// Ratings were higher under the arm.
    case higher
    /// Ratings were lower under the arm.
    case lower
  }

  /// What kind of answer it is.
  public let verdict: Verdict
  /// The side, where zero is excluded.
  public let direction: Direction?
  /// Whether the plain difference of the means points to another side than the plan's estimate.
  public let opposesMeans: Bool
  /// The outcome.
  public let outcome: String
  /// The arm that is compared with the reference; `nil` where the answer is about several.
  public let arm: String?
  /// The answer in a few words.
  public let headline: String
  /// The effect in the outcome's own units, with its interval.
  public let sentence: String
  /// The effect against the threshold of relevance.
  public let judgement: String
  /// How sure the plan's Bayesian model is; `nil` where it could not be computed.
  public private(set) var certainty: String?
  /// Where we cannot tell: how many more slots would have been needed, or why that cannot be said.
  public private(set) var further: String?

  package init(
    verdict: Verdict, outcome: String, arm: String?, headline: String, sentence: String,
    judgement: String, certainty: String? = nil, further: String? = nil
  ) {
    self.certainty = certainty
    self.further = further
    self.verdict = verdict
    direction = nil
    opposesMeans = false
    self.outcome = outcome
    self.arm = arm
    self.headline = headline
    self.sentence = sentence
    self.judgement = judgement
  }

  /// The answer of one contrast of the plan.
  ///
  /// An effect is claimed only where the test excludes zero (`EffectTest.Planned.excludesZero`) and, in a
  /// plan with several comparisons, the p-value does after allowing for all of them.
  ///
  /// - Parameters:
  ///   - relevance: the smallest difference that matters, as the protocol has it.
  ///   - adjustment: what the statistic does beside comparing the means.
  ///   - slotWord: what a slot is called: a day where there are days; `nil` where nothing shall be said
  ///     of further ones.
  init(
    _ result: OutcomeResult, _ contrast: Contrast, relevance: Double?,
    adjustment: AdjustmentWords? = nil, slotWord: String? = "slot"
  ) {
    outcome = result.name
    arm = contrast.name
    guard let test = contrast.test else {
      verdict = .cannotTell
      direction = nil
      opposesMeans = false
      headline = "We cannot tell."
      sentence =
        contrast.note.map(PlainAnswer.capital)
        ?? "The analysis of \(result.name) could not be computed."
      judgement = "So these ratings cannot say whether there is a difference."
      return
    }
    if let value = result.onlyValue(of: contrast) {
      verdict = .cannotTell
      direction = nil
      opposesMeans = false
      headline = "We cannot tell: every rating was \(ShownNumber.text(value))."
      sentence =
        "All ratings of \(result.name) were \(ShownNumber.text(value)), under \(contrast.name) and under "
        + "\(contrast.reference)."
      judgement =
        "What never moved does not show that there is no effect: the question may be too coarse to see it."
      return
    }
    let words = AnswerWords(
      result: result, contrast: contrast, test: test, threshold: relevance.map(\.magnitude),
      adjustment: adjustment)
    verdict = words.verdict
    direction = words.direction
    opposesMeans = words.opposesMeans
    headline = words.headline
    sentence = words.sentence
    judgement = words.judgement
    certainty = words.certainty
    further = slotWord.flatMap(words.further)
  }

  /// "95 % interval −0.67 to 1.6", or "95 % interval above 0, up to 2" where zero itself is rejected.
  package static func interval(_ planned: EffectTest.Planned) -> String {
    let bounds = planned.interval
    guard planned.isOpenAtZero else { return interval(bounds) }
    let level = ShownNumber.percent(bounds.level)
    let (lower, upper) = (bounds.lower ?? -.infinity, bounds.upper ?? .infinity)
    return switch (lower + upper > 0, upper.isFinite, lower.isFinite) {
    case (true, true, _): "\(level) interval above 0, up to \(ShownNumber.text(upper))"
    case (true, false, _): "\(level) interval above 0"
    case (false, _, true): "\(level) interval from \(ShownNumber.text(lower)) to below 0"
    case (false, _, false): "\(level) interval below 0"
    }
  }

  /// "95 % interval −0.67 to 1.6".
  package static func interval(_ bounds: EffectTest.Bounds) -> String {
    let level = ShownNumber.percent(bounds.level)
    return switch (bounds.lower, bounds.upper) {
    case (let lower?, let upper?):
      "\(level) interval \(ShownNumber.text(lower)) to \(ShownNumber.text(upper))"
    case (let lower?, nil): "\(level) interval from \(ShownNumber.text(lower)) upwards"
    case (nil, let upper?): "\(level) interval up to \(ShownNumber.text(upper))"
    case (nil, nil): "the \(level) interval has no bounds: too few possible schedules"
    }
  }

  /// The text with a capital first letter and a full stop.
  package static func capital(_ text: String) -> String {
    let stop = text.last.map { ".!?…".contains($0) } ?? true
    return text.prefix(1).uppercased() + text.dropFirst() + (stop ? "" : ".")
  }
}

/// What the statistic does beside comparing the means, in the words of a sentence.
struct AdjustmentWords: Hashable, Sendable {
  /// As in "after allowing for differences between blocks".
  let text: String
  /// Whether that was fixed beforehand.
  var isPlanned = true
}
