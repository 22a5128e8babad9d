/// How sure the answer is, and what it would have taken to be surer.
extension AnswerWords {
  /// What the plan's Bayesian model says in one sentence.
  var certainty: String? {
    guard let bayes = contrast.bayes else { return nil }
    let isUp = bayes.probabilityPositive >= 0.5
    let chance = isUp ? bayes.probabilityPositive : 1 - bayes.probabilityPositive
    var sentence =
      "How sure: in the Bayesian model of the plan, \(result.name) is \(isUp ? "higher" : "lower") "
      + "under \(contrast.name) with a probability of \(ShownNumber.chance(chance))"
    if let relevance = bayes.relevance {
      sentence +=
        ", and by \(amount(relevance.threshold)) or more with "
        + ShownNumber.chance(isUp ? relevance.above : relevance.below)
    }
    // The two rest on different things, so they can differ; a reader should not have to guess why.
    let sure = (1 + test.planned.interval.level) / 2
    let isRelevant = bayes.relevance.map { (isUp ? $0.above : $0.below) >= sure } ?? false
    let differs =
      test.estimate != 0 && isUp != (test.estimate > 0) && chance >= 0.75
      || verdict == .cannotTell && chance >= sure
      || (verdict == .effect || verdict == .cannotTell) && threshold != nil && isRelevant
    return sentence + "."
      + (differs
        ? " The model supposes normal noise and does not know how the schedule was drawn; where it "
          + "says another thing than the test, as here, the test is the answer." : "")
  }

  /// Where we cannot tell: the slots that an effect of the threshold would have needed.
  func further(_ slotWord: String) -> String? {
    guard verdict == .cannotTell else { return nil }
    let words = slotWord + "s"
    guard threshold != nil else {
      let bounds = contrast.test?.planned.interval
      let isBounded = bounds?.lower != nil && bounds?.upper != nil
      return
        "How many more \(words) would have been needed cannot be said without a smallest effect that "
        + "matters" + (isBounded ? "; four times as many \(words) would halve the interval." : ".")
    }
    guard contrast.test?.planned.isAnytimeValid != true else { return nil }
    guard let further = contrast.further else {
      return
        "How many more \(words) would have been needed cannot be computed: the interval is not "
        + "bounded on both sides."
    }
    let effect = amount(further.effect)
    let reached = ShownNumber.chance(further.reached)
    guard further.slots > 0 else {
      return
        "The trial had \(words) enough for an effect of \(effect): with this noise it would have "
        + "been found in \(reached) of such trials."
    }
    let more = ShownNumber.count(String(further.slots))
    return
      "With the same noise, about \(more) more \(further.slots == 1 ? slotWord : words) would have been "
      + "needed to find an effect of \(effect) in \(ShownNumber.percent(further.power)) of such trials; "
      + "as uncertain as the noise is, \(range(further)). The trial as it went would have found it in "
      + "\(reached)."
  }

  private func range(_ further: FurtherSlots) -> String {
    let least = ShownNumber.count(String(further.fewest))
    return further.most >= 1_000_000_000
      ? "\(least) or more" : "\(least) to \(ShownNumber.count(String(further.most)))"
  }
}
