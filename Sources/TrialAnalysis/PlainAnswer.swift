/// The trial's answer in plain words.
public struct PlainAnswer: Hashable, Sendable, Codable {
  /// What kind of answer it is.
  public enum Verdict: String, Hashable, Sendable, Codable {
    /// The whole interval lies at or beyond the threshold of relevance.
    case relevantEffect = "relevant-effect"
    /// The interval excludes zero; nothing, or not everything, is known about relevance.
    case effect
    /// The interval excludes zero and every relevant effect.
    case smallEffect = "small-effect"
    /// The interval holds zero and excludes every relevant effect.
    case noRelevantEffect = "no-relevant-effect"
    /// The interval holds zero and effects that would matter, or there is no interval.
    case cannotTell = "cannot-tell"
  }

  /// What kind of answer it is.
  public let verdict: Verdict
  /// The answer in a few words.
  public let headline: String
  /// The effect in the outcome's own units, with its interval.
  public let sentence: String
  /// The effect against the threshold of relevance.
  public let judgement: String

  /// The answer of a primary analysis.
  ///
  /// - Parameters:
  ///   - relevance: the smallest difference that matters, as the protocol has it.
  ///   - adjustment: what the statistic allows for beside the plain difference of the means.
  init(_ result: OutcomeResult, relevance: Double?, adjustment: String? = nil) {
    guard let test = result.test else {
      verdict = .cannotTell
      headline = "We cannot tell."
      sentence = result.note ?? "The analysis of \(result.name) could not be computed."
      judgement = "Without ratings under both arms there is nothing to compare."
      return
    }
    let threshold = relevance.map(\.magnitude)
    verdict = PlainAnswer.verdict(test.interval, threshold)
    let plain = PlainAnswer.plainDifference(result, test, adjustment)
    let isOpposed = plain.map { $0 * test.estimate <= 0 } ?? false
    headline = PlainAnswer.headline(
      verdict, up: test.estimate > 0,
      result.arms[1].arm + (isOpposed ? " after the planned adjustment" : ""))
    sentence = PlainAnswer.sentence(result, test, plain: plain, adjustment: adjustment ?? "")
    judgement = PlainAnswer.judgement(verdict, test.interval, threshold, result.unit)
  }

  private static func verdict(_ interval: EffectTest.Bounds, _ threshold: Double?) -> Verdict {
    let lower = interval.lower ?? -Double.infinity
    let upper = interval.upper ?? Double.infinity
    let holdsZero = lower <= 0 && upper >= 0
    let inside = threshold.map { -$0 < lower && upper < $0 } ?? false
    let beyond = threshold.map { lower >= $0 || upper <= -$0 } ?? false
    if holdsZero { return inside ? .noRelevantEffect : .cannotTell }
    return inside ? .smallEffect : beyond ? .relevantEffect : .effect
  }

  private static func headline(_ verdict: Verdict, up: Bool, _ arm: String) -> String {
    let side = up ? "higher" : "lower"
    return switch verdict {
    case .relevantEffect: "Ratings were \(side) under \(arm), by an amount that matters."
    case .effect: "Ratings were \(side) under \(arm)."
    case .smallEffect: "Ratings were slightly \(side) under \(arm), by less than matters."
    case .noRelevantEffect: "No effect that would matter."
    case .cannotTell: "We cannot tell."
    }
  }

  /// The plain difference of the means, where the statistic is another number.
  private static func plainDifference(
    _ result: OutcomeResult, _ test: EffectTest, _ adjustment: String?
  ) -> Double? {
    guard adjustment != nil, let plain = result.meanDifference else { return nil }
    let size = max(plain.magnitude, test.estimate.magnitude)
    return (plain - test.estimate).magnitude > 1e-9 * size ? plain : nil
  }

  /// "On average, …", with the plain difference first where the statistic is another number.
  private static func sentence(
    _ result: OutcomeResult, _ test: EffectTest, plain: Double?, adjustment: String
  ) -> String {
    let slots = "on \(result.arms[1].arm) slots than on \(result.arms[0].arm) slots"
    let found = "(\(interval(test.interval)); two-sided p = \(ShownNumber.p(test.p.doubled)))."
    let estimate = comparison(test.estimate, result.unit)
    guard let plain else { return "On average, \(result.name) was \(estimate) \(slots) \(found)" }
    return "On average, \(result.name) was \(comparison(plain, result.unit)) \(slots). "
      + "After allowing for \(adjustment), as planned, it was \(estimate) \(found)"
  }

  /// "0.5 points higher".
  private static func comparison(_ difference: Double, _ unit: String?) -> String {
    difference == 0
      ? "neither higher nor lower"
      : "\(amount(difference.magnitude, unit)) \(difference > 0 ? "higher" : "lower")"
  }

  private static func judgement(
    _ verdict: Verdict, _ interval: EffectTest.Bounds, _ threshold: Double?, _ unit: String?
  ) -> String {
    guard let threshold else {
      return verdict == .cannotTell
        ? "The data agree with no effect, and with every effect in the interval."
        : "No smallest effect that matters was named beforehand, so relevance is not judged."
    }
    let size = amount(threshold, unit)
    return switch verdict {
    case .relevantEffect:
      "The whole interval lies at or beyond \(size), which the plan calls relevant."
    case .effect:
      "Whether it reaches \(size), which the plan calls relevant, we cannot tell."
    case .smallEffect: "It is smaller than \(size), which the plan calls relevant."
    case .noRelevantEffect:
      "An effect of \(size), which the plan calls relevant, is excluded in both directions."
    case .cannotTell:
      "The data agree with no effect, and with effects of \(size) or more, which the plan calls "
        + "relevant."
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

  /// "0.5 points", "1 point".
  private static func amount(_ value: Double, _ unit: String?) -> String {
    guard let unit else { return ShownNumber.text(value) }
    let isPlural = unit.utf8.count > 4 && unit.hasSuffix("s") && !unit.contains(" ")
    return "\(ShownNumber.text(value)) \(value == 1 && isPlural ? String(unit.dropLast()) : unit)"
  }
}
