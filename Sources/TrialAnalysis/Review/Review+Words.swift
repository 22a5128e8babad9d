package import TrialDesign

extension Review {
  /// The question in words, such as "sleep instead of mood, the second half only".
  ///
  /// - Parameter question: one in its shortest form.
  public func words(of question: ReviewQuestion) -> String {
    var parts: [String] = []
    if let outcome = question.outcome { parts.append("\(outcome) instead of \(outcomes[0])") }
    switch question.part {
    case .all: break
    case .firstHalf: parts.append("the first half only")
    case .secondHalf: parts.append("the second half only")
    case .slots(let range) where range.count == 1:
      parts.append("slot \(range.lowerBound) only")
    case .slots(let range): parts.append("slots \(range.lowerBound) to \(range.upperBound) only")
    }
    for filter in ReviewQuestion.Filter.allCases where question.without.contains(filter) {
      parts.append(filter.words)
    }
    if let washout = question.washout { parts.append(words(ofWashout: washout)) }
    if let statistic = question.statistic { parts.append("by \(statistic.words)") }
    if let whitening = question.whitening { parts.append(whitening.words) }
    for adjustment in AnalysisPlan.Adjustment.allCases {
      guard let isIn = question.adjustments[adjustment] else { continue }
      parts.append("\(isIn ? "taking out" : "without taking out") \(adjustment.words)")
    }
    return parts.isEmpty ? "the planned analysis" : parts.joined(separator: ", ")
  }

  private func words(ofWashout washout: Int) -> String {
    let slots = washout == 1 ? "the first slot" : "the first \(washout) slots"
    if !hasPeriods { return "without \(slots) after each change of arm" }
    let usual = "the plan leaves out \(plannedWashout)"
    return washout == 0
      ? "without a washout (\(usual))" : "without \(slots) of each period (\(usual))"
  }

  /// Questions that this trial invites: each changes one thing, and none is without consequence.
  public var suggestions: [ReviewQuestion] {
    var found = ReviewQuestion.Filter.allCases.filter { !slots($0).isEmpty }
      .map { ReviewQuestion(without: [$0]) }
    if source.rows.count >= 4 {
      found += [ReviewQuestion(part: .firstHalf), ReviewQuestion(part: .secondHalf)]
    }
    found += outcomes.dropFirst().map { ReviewQuestion(outcome: $0) }
    if hasPeriods {
      found += [plannedWashout - 1, plannedWashout + 1]
        .filter { (0...longestWashout).contains($0) }.map { ReviewQuestion(washout: $0) }
    } else if longestWashout > 0 {
      found.append(ReviewQuestion(washout: 1))
    }
    let others: [AnalysisPlan.Statistic] =
      plannedStatistic == .meanDifference
      ? [.blockAdjusted, .rankSum] : [.meanDifference, .rankSum]
    found += others.filter { statistics.contains($0) && $0 != plannedStatistic }
      .map { ReviewQuestion(statistic: $0) }
    found.append(
      ReviewQuestion(whitening: plannedWhitening.isOn ? AnalysisPlan.Whitening.none : .estimated))
    found.append(
      ReviewQuestion(adjustments: [.trend: !plannedAdjustments.contains(.trend)]))
    return found
  }
}

extension ReviewQuestion.Filter {
  /// As in "the second half only, without days with another kit".
  package var words: String {
    switch self {
    case .wrongKit: "without days with another kit"
    case .deviation: "without days with a deviation"
    case .late: "without days recorded late"
    case .armKnown: "without days whose arm was known from a code break"
    case .afterCodeBreak: "without days rated after the first code break"
    }
  }
}

extension AnalysisPlan.Statistic {
  /// As in "by the difference in means".
  package var words: String {
    switch self {
    case .meanDifference: "the plain difference in means"
    case .blockAdjusted: "the difference in means within blocks"
    case .studentised: "the difference in means over its standard error"
    case .rankSum: "the ranks of the ratings"
    case .signedRank: "the signed ranks of pairs"
    }
  }
}

extension AnalysisPlan.Whitening {
  /// Whether anything is done.
  package var isOn: Bool {
    switch self {
    case .none: false
    case .estimated: true
    case .fixed(let phi): phi != 0
    }
  }

  /// As a part of a question.
  package var words: String {
    switch self {
    case .none: "without whitening"
    case .estimated: "with whitening by an estimated autocorrelation"
    case .fixed(let phi): "with whitening by an autocorrelation of \(ShownNumber.text(phi))"
    }
  }
}

extension AnalysisPlan.Adjustment {
  /// As in "taking out a trend over the days".
  package var words: String {
    switch self {
    case .trend: "a trend over the days"
    case .weekday: "the days of the week"
    case .previous: "the rating of the slot before"
    }
  }
}
