import BlindRecord
import TrialDesign
import TrialStatistics

extension Review {
  /// A slot that a question leaves out.
  struct LeftOut {
    /// Its number, from 1.
    let slot: Int
    /// Whether the arms may have had a part in that.
    let seesArms: Bool
  }

  /// The question in its shortest form: what says the same as the plan is taken out.
  ///
  /// - Throws: `ReviewFault` for what this trial does not have.
  public func normalized(_ asked: ReviewQuestion) throws(ReviewFault) -> ReviewQuestion {
    let plan = source.design.plan
    var question = asked
    if let name = asked.outcome {
      guard outcomes.contains(name) else {
        throw .noSuchOutcome(name, expected: outcomes)
      }
      if name == plan.outcome { question.outcome = nil }
    }
    if case .slots(let range) = asked.part {
      let count = source.rows.count
      guard range.lowerBound >= 1, range.upperBound <= count else {
        throw .noSuchSlots(found: "\(range.lowerBound) to \(range.upperBound)", count: count)
      }
      if range == 1...count { question.part = .all }
    }
    if let statistic = asked.statistic {
      if let fault = fault(of: statistic) { throw fault }
      if statistic == plan.statistic { question.statistic = nil }
    }
    if asked.whitening == plan.whitening { question.whitening = nil }
    question.adjustments = asked.adjustments.filter {
      plan.adjustments.contains($0.key) != $0.value
    }
    if let washout = asked.washout {
      guard (0...max(0, longestWashout)).contains(washout) else {
        throw .washoutTooLong(found: washout, most: longestWashout)
      }
      if washout == plannedWashout { question.washout = nil }
    }
    if question.washout != nil, !hasPeriods, let statistic = question.statistic,
      statistic != .meanDifference
    {
      throw .washoutWithStatistic
    }
    return question
  }

  /// Answers a question by the same tests, models and words as the report.
  ///
  /// - Throws: `ReviewFault` for what this trial does not have. A question that leaves nothing to
  ///   compare is answered by "we cannot tell", with the reason.
  public func answer(_ asked: ReviewQuestion) throws(ReviewFault) -> ReviewAnswer {
    let question = try normalized(asked)
    let design = source.design
    let name = question.outcome ?? design.plan.outcome
    let item = design.items.first { $0.name == name } ?? design.outcome
    let gone = leftOut(question)
    let series = source.series(name).without(Set(gone.map { $0.slot - 1 }))
    let input = source.input.asking(plan(of: question), scheme: scheme(of: question))
    let words = words(of: question)
    let changes = hasPeriods ? nil : question.washout
    var outcome =
      changes.map { input.outcome(series, item: item, set: words, afterChanges: $0) }
      ?? input.outcome(series, item: item, set: words)
    let comparisons = outcome.contrasts.map { $0.test?.planned.p ?? 1 }
    if comparisons.count > 1, let holm = try? SeveralOutcomes.holm(comparisons) {
      for place in comparisons.indices {
        outcome.contrasts[place].adjusted = AdjustedP(
          maxT: nil, holm: holm[place], comparisons: comparisons.count)
      }
    }
    let relevance = question.outcome == nil ? planned.relevance : nil
    let adjustment = changes == nil ? input.adjustmentInWords : input.adjustmentsAlone
    let answers = outcome.contrasts.map {
      PlainAnswer(
        outcome, $0, relevance: relevance,
        adjustment: adjustment.map { AdjustmentWords(text: $0, isPlanned: false) }, slotWord: nil)
    }
    return ReviewAnswer(
      question: question, words: words, outcome: outcome, planned: inTheReport(name),
      answer: PlainAnswer.whole(outcome, answers), answers: answers, leftOut: gone.map(\.slot),
      standing: standing(gone, question),
      statistic: changes == nil ? input.statisticInWords : "the difference in means",
      adjustment: adjustment, relevance: relevance,
      isPlanned: design.plan.alsoTested.contains(name) && question == ReviewQuestion(outcome: name),
      wasLookedAt: planned.monitoring?.looks.isEmpty == false, dropsAfterChanges: changes != nil)
  }

  /// Slots that have a rating of the outcome in the plan's analysis, and lose it by a filter or part.
  func leftOut(_ question: ReviewQuestion) -> [LeftOut] {
    let name = question.outcome ?? source.design.plan.outcome
    let facts = ReviewFacts(source, outcome: name)
    let values = source.series(name).values
    let kept = scheme(of: question).keptSlots
    let count = values.count
    return (1...max(1, count)).compactMap { slot -> LeftOut? in
      guard slot <= count, kept[slot - 1], values[slot - 1] != nil else { return nil }
      let isInside =
        switch question.part {
        case .all: true
        case .firstHalf: slot <= (count + 1) / 2
        case .secondHalf: slot > (count + 1) / 2
        case .slots(let range): range.contains(slot)
        }
      if !isInside { return LeftOut(slot: slot, seesArms: false) }
      let reasons = question.without.compactMap { facts.slots[$0]?[slot] }
      return reasons.isEmpty ? nil : LeftOut(slot: slot, seesArms: !reasons.contains(false))
    }
  }

  private func standing(
    _ gone: [LeftOut], _ question: ReviewQuestion
  ) -> ReviewAnswer.Standing {
    let seen = gone.filter(\.seesArms).map(\.slot)
    if !seen.isEmpty { return .armsMayHaveDecided(slots: seen) }
    if case .slots = question.part { return .chosenNow }
    return gone.isEmpty ? .nothingLeftOut : .decidedBlind
  }

  /// The outcome as the report has it.
  private func inTheReport(_ name: String) -> OutcomeResult {
    let all = [planned.primary] + planned.alsoTested + planned.exploratory
    return all.first { $0.name == name } ?? planned.primary
  }

  private func scheme(of question: ReviewQuestion) -> RandomizationScheme {
    guard let periods, let washout = question.washout else { return source.design.scheme }
    return .periods(
      RandomizedPeriods(
        sets: periods.sets, arms: periods.arms, length: periods.length, drop: washout))
  }

  private func plan(of question: ReviewQuestion) -> AnalysisPlan {
    let plan = source.design.plan
    return AnalysisPlan(
      outcome: plan.outcome, statistic: question.statistic ?? plan.statistic,
      adjustments: AnalysisPlan.Adjustment.allCases.filter {
        question.adjustments[$0] ?? plan.adjustments.contains($0)
      }, whitening: question.whitening ?? plan.whitening, level: plan.level,
      relevance: plan.relevance, sides: plan.sides, midP: plan.midP, priors: plan.priors)
  }
}
