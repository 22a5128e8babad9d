import GroupStudy
import TrialAnalysis

/// The sentences about one outcome.
struct StudyWords {
  let result: StudyResult
  let outcome: StudyOutcome

  var active: String { result.arms[1] }
  var reference: String { result.arms[0] }

  /// "95 %".
  var level: String { ShownNumber.percent(result.level) }

  /// " points", or nothing.
  var unit: String { outcome.unit.map { " \($0)" } ?? "" }

  /// What the arm did, and whether it still does with the guess beside it, in a few words.
  var headline: String {
    guard let effect = outcome.withoutGuess.effect else {
      return "No difference in \(outcome.name) could be estimated."
    }
    let beside = outcome.withGuess?.effect
    guard effect.excludesZero else {
      guard let beside, beside.excludesZero else {
        return "No clear difference in \(outcome.name) between \(active) and \(reference)."
      }
      return "No clear difference in \(outcome.name); with the guess beside the arm it is "
        + "\(StudyWords.side(beside.estimate)) under \(active)."
    }
    let found = "\(outcome.name) was \(StudyWords.side(effect.estimate)) under \(active)"
    guard let beside else { return found + "." }
    if !beside.excludesZero {
      return found + "; beside what people guessed, no clear difference is left."
    }
    return beside.estimate.sign == effect.estimate.sign
      ? found + ", also beside what people guessed."
      : found + ", but \(StudyWords.side(beside.estimate)) beside what people guessed."
  }

  /// The effect without the guess.
  var effect: String {
    guard let effect = outcome.withoutGuess.effect, let model = outcome.withoutGuess.model else {
      return "The model was not fitted: \(outcome.withoutGuess.refusal ?? "no rows")."
    }
    let better =
      outcome.direction == "neither"
      ? ""
      : (effect.estimate > 0) == (outcome.direction == "higher")
        ? ", which is better" : ", which is worse"
    return "Under \(active), \(outcome.name) was \(StudyWords.amount(effect.estimate))\(unit) "
      + "\(StudyWords.side(effect.estimate)) than under \(reference)\(better) "
      + "(\(level) interval \(StudyWords.range(effect)), p = \(ShownNumber.p(effect.p)); "
      + "\(model.rows) rows of \(model.persons) people)."
  }

  /// The effect against the smallest that matters; `nil` where the plan names none.
  var relevance: String? {
    guard let relevance = outcome.relevance, let effect = outcome.withoutGuess.effect else {
      return nil
    }
    let size = "\(ShownNumber.text(relevance))\(unit)"
    if effect.lower >= relevance || effect.upper <= -relevance {
      return "The whole interval lies beyond \(size), which the plan calls relevant."
    }
    if effect.lower > -relevance, effect.upper < relevance {
      return "The whole interval lies within \(size), below what the plan calls relevant."
    }
    return "The plan calls \(size) relevant; the interval holds smaller and larger effects."
  }

  /// What is left beside the guess, and what the guess goes with.
  var guess: String {
    guard let with = outcome.withGuess else {
      return "Nobody was asked which arm it was, so what the guess did cannot be seen."
    }
    guard let effect = with.effect, let guess = with.guess else {
      return "The guess could not be put beside the arm: \(with.refusal ?? "no rows")."
    }
    var text =
      "With the guess beside the arm the difference is \(StudyWords.number(effect.estimate))\(unit) "
      + "(\(StudyWords.range(effect)), p = \(ShownNumber.p(effect.p)))"
    if let change = outcome.change {
      text += ", \(StudyWords.number(change.estimate)) less"
      if let draws = change.draws {
        text += " (\(StudyWords.range(draws.lower, draws.upper)) when people are drawn anew)"
      }
    }
    if let same = outcome.withoutGuessSameRows?.effect {
      text +=
        " than the \(StudyWords.number(same.estimate)) without it on the same "
        + "\(outcome.rowsWithGuess) rows"
    }
    return text + ". Whoever guessed \(active) rated \(StudyWords.amount(guess.estimate))\(unit) "
      + "\(StudyWords.side(guess.estimate)) than whoever guessed \(reference) "
      + "(\(StudyWords.range(guess))), the capsule being the same."
  }

  /// The four contrasts, in words.
  var strata: String? {
    guard let strata = outcome.strata else { return nil }
    if let refusal = strata.refusal { return "The groups were not compared: \(refusal)." }
    let within = strata.withinGuess
    guard within.count == 2, let interaction = strata.interaction else { return nil }
    func said(_ line: StudyContrast) -> String {
      "\(StudyWords.number(line.estimate)) (\(StudyWords.range(line)))"
    }
    return
      "Where \(reference) was guessed, \(active) minus \(reference) is \(said(within[0])); where "
      + "\(active) was guessed it is \(said(within[1])), more by \(said(interaction))."
  }

  /// The difference at the rate of a coin.
  var coin: String? {
    guard let curve = outcome.curve else { return nil }
    guard let rate = curve.observedRate, let line = curve.model ?? curve.rows else {
      return curve.refusal.map { "There is no curve: \($0)." }
    }
    let draws = line.blind.draws.map { " (\(StudyWords.range($0.lower, $0.upper)))" } ?? ""
    return
      "\(ShownNumber.percent(rate)) of the guesses were right. Had it been half of them, as with "
      + "a coin, the difference would be \(StudyWords.number(line.blind.difference))\(unit)\(draws)."
  }

  /// The answer as it stands at the top.
  var answer: PlainAnswer {
    let isClear = outcome.withoutGuess.effect?.excludesZero == true
    let beside = [coin, outcome.withGuess == nil ? nil : result.caveat].compactMap { $0 }
    return PlainAnswer(
      verdict: isClear ? .effect : .cannotTell, outcome: outcome.name, arm: active,
      headline: headline,
      sentence: ([effect] + [relevance].compactMap { $0 }).joined(separator: " "),
      judgement: guess, further: beside.isEmpty ? nil : beside.joined(separator: " "))
  }

  // MARK: Parts of sentences

  static func side(_ value: Double) -> String { value < 0 ? "lower" : "higher" }

  static func amount(_ value: Double) -> String { ShownNumber.text(value.magnitude) }

  static func number(_ value: Double) -> String { ShownNumber.text(value) }

  static func range(_ contrast: StudyContrast) -> String { range(contrast.lower, contrast.upper) }

  static func range(_ lower: Double, _ upper: Double) -> String {
    "\(ShownNumber.text(lower)) to \(ShownNumber.text(upper))"
  }
}
