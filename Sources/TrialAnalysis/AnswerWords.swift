import TrialDesign

/// Finds the words for one tested contrast.
struct AnswerWords {
  let result: OutcomeResult
  let contrast: Contrast
  let test: EffectTest
  /// The smallest difference that matters; `nil` where none was named.
  let threshold: Double?
  let adjustment: AdjustmentWords?

  private var bounds: EffectTest.Bounds { test.planned.interval }

  /// What the interval and the p-value after all comparisons allow to be said.
  var verdict: PlainAnswer.Verdict {
    PlainAnswer.Verdict(
      test.planned, adjustedP: contrast.adjusted?.value, threshold: threshold)
  }

  /// The side of the effect, where zero is excluded.
  var direction: PlainAnswer.Direction? {
    guard test.planned.excludesZero else { return nil }
    return (bounds.lower ?? -.infinity) + (bounds.upper ?? .infinity) > 0 ? .higher : .lower
  }

  /// Whether the plain means differ the other way, or not at all.
  var opposesMeans: Bool {
    guard let plain, let direction else { return false }
    return direction == .higher ? plain <= 0 : plain >= 0
  }

  var headline: String {
    let side = direction?.rawValue ?? ""
    let turned = "after the \(adjustment?.isPlanned == false ? "" : "planned ")adjustment"
    let arm = contrast.name + (opposesMeans ? " \(turned)" : "")
    return switch verdict {
    case .relevantEffect: "Ratings were \(side) under \(arm), by an amount that matters."
    case .effect: "Ratings were \(side) under \(arm)."
    case .smallEffect: "Ratings were slightly \(side) under \(arm), by less than matters."
    case .noRelevantEffect: "No effect that would matter."
    case .cannotTell, .several: "We cannot tell."
    case .notAfterComparisons:
      "We cannot tell, after allowing for \(contrast.adjusted?.comparisons ?? 1) comparisons."
    }
  }

  /// The plain difference of the means, where the statistic is another number.
  private var plain: Double? {
    guard adjustment != nil, let plain = contrast.meanDifference else { return nil }
    let size = max(plain.magnitude, test.estimate.magnitude)
    return (plain - test.estimate).magnitude > 1e-9 * size ? plain : nil
  }

  /// "On average, …", with the plain difference first where the statistic is another number.
  var sentence: String {
    let slots = "on \(contrast.name) slots than on \(contrast.reference) slots"
    let estimate = comparison(test.estimate)
    let found = "(\(PlainAnswer.interval(test.planned)); \(p))."
    let planned = adjustment?.isPlanned == false ? "" : ", as planned"
    guard let plain else { return "On average, \(result.name) was \(estimate) \(slots) \(found)" }
    return "On average, \(result.name) was \(comparison(plain)) \(slots). "
      + "After allowing for \(adjustment?.text ?? "")\(planned), it was \(estimate) \(found)"
  }

  /// "two-sided p = 0.04; 0.08 after allowing for 2 comparisons".
  private var p: String {
    let planned = test.planned
    if planned.isAnytimeValid { return "p = \(ShownNumber.p(planned.p)), valid at any time" }
    let name =
      (planned.sides.isOneSided ? "one-sided " : "two-sided ") + (planned.isMidP ? "mid-p" : "p")
    let value = "\(name) = \(ShownNumber.p(planned.p))" + (test.isLeastOfDraws ? " or less" : "")
    guard let adjusted = contrast.adjusted else { return value }
    return value + "; \(ShownNumber.p(adjusted.value)) after allowing for "
      + "\(adjusted.comparisons) comparisons"
  }

  /// "0.5 points higher".
  private func comparison(_ difference: Double) -> String {
    difference == 0
      ? "neither higher nor lower"
      : "\(amount(difference.magnitude)) \(difference > 0 ? "higher" : "lower")"
  }

  var judgement: String {
    guard verdict.isClaim, let better = result.better else { return worth }
    return worth + " By the protocol, \(better.rawValue) is better."
  }

  /// The effect against the threshold.
  private var worth: String {
    if verdict == .notAfterComparisons {
      return "Alone, the interval would exclude zero; among \(contrast.adjusted?.comparisons ?? 1) "
        + "comparisons one such interval may do so by chance."
    }
    let side = test.planned.sides
    if verdict == .cannotTell, side.isOneSided {
      return "The plan looked for \(side == .greater ? "higher" : "lower") ratings only, and the "
        + "data do not show them."
    }
    guard let threshold else {
      return verdict == .cannotTell
        ? "The data agree with no effect, and with every effect in the interval."
        : "No smallest effect that matters was named beforehand, so relevance is not judged."
    }
    let size = amount(threshold)
    return switch verdict {
    case .relevantEffect:
      "The whole interval lies at or beyond \(size), which the plan calls relevant."
    case .effect:
      "Whether it reaches \(size), which the plan calls relevant, we cannot tell."
    case .smallEffect: "It is smaller than \(size), which the plan calls relevant."
    case .noRelevantEffect:
      "An effect of \(size), which the plan calls relevant, is excluded in both directions."
    case .cannotTell, .notAfterComparisons, .several:
      "The data agree with no effect, and with effects of \(size) or more, which the plan calls "
        + "relevant."
    }
  }

  /// "0.5 points", "1 point".
  func amount(_ value: Double) -> String {
    guard let unit = result.unit else { return ShownNumber.text(value) }
    let isPlural = unit.utf8.count > 4 && unit.hasSuffix("s") && !unit.contains(" ")
    return "\(ShownNumber.text(value)) \(value == 1 && isPlural ? String(unit.dropLast()) : unit)"
  }
}

extension PlainAnswer.Verdict {
  /// What a test and the p-value after all comparisons allow to be said.
  ///
  /// - Parameters:
  ///   - planned: p and interval of the plan.
  ///   - adjustedP: `nil` where this is the only comparison.
  ///   - threshold: the smallest difference that matters, above 0; `nil` where none was named.
  init(_ planned: EffectTest.Planned, adjustedP: Double?, threshold: Double?) {
    let bounds = planned.interval
    let (lower, upper) = (bounds.lower ?? -.infinity, bounds.upper ?? .infinity)
    let inside = threshold.map { -$0 < lower && upper < $0 } ?? false
    let beyond = threshold.map { lower >= $0 || upper <= -$0 } ?? false
    if !planned.excludesZero {
      self = inside ? .noRelevantEffect : .cannotTell
    } else if let adjustedP, adjustedP > 1 - bounds.level + 1e-12 {
      self = .notAfterComparisons
    } else {
      self = inside ? .smallEffect : beyond ? .relevantEffect : .effect
    }
  }

  /// Whether it claims an effect.
  var isClaim: Bool { self == .relevantEffect || self == .effect || self == .smallEffect }
}
