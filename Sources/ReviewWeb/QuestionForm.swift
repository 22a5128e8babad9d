import BlindRecord
import LocalWeb
import TrialAnalysis
import TrialDesign

/// The form of a question: what is left as it stands is as in the plan.
struct QuestionForm {
  let review: Review

  /// The form, filled in with a question.
  func markup(_ question: ReviewQuestion) -> Markup {
    let isOpen: Markup = isSpecial(question) ? " open" : ""
    return """
      <form method="get" action="/ask" class="ask">
      \(outcome(question))\(part(question))\(filters(question))
      <details\(isOpen)><summary>How it is computed</summary>
      \(statistic(question))\(whitening(question))\(adjustments(question))\(washout(question))</details>
      <button>Ask</button></form>
      """
  }

  private func isSpecial(_ question: ReviewQuestion) -> Bool {
    question.statistic != nil || question.whitening != nil || !question.adjustments.isEmpty
      || question.washout != nil
  }

  private func outcome(_ question: ReviewQuestion) -> Markup? {
    guard review.outcomes.count > 1 else { return nil }
    return select(
      "outcome", "Outcome", chosen: question.outcome ?? "",
      review.outcomes.enumerated().map { place, name in
        (place == 0 ? "" : name, place == 0 ? "\(name) (as planned)" : name)
      })
  }

  private func part(_ question: ReviewQuestion) -> Markup {
    var chosen = ""
    var (from, to) = ("", "")
    switch question.part {
    case .all: break
    case .firstHalf: chosen = "first"
    case .secondHalf: chosen = "second"
    case .slots(let range): (from, to) = (String(range.lowerBound), String(range.upperBound))
    }
    let first = review.days.first?.description ?? ""
    return """
      \(select("part", "Which days", chosen: chosen, [
        ("", "all, or those below"), ("first", "the first half"), ("second", "the second half"),
      ]))<div class="two"><p><label for="from">First slot or day</label>\
      <input id="from" name="from" value="\(from)" placeholder="1" autocomplete="off"></p>\
      <p><label for="to">Last slot or day</label>\
      <input id="to" name="to" value="\(to)" placeholder="\(review.days.count)" autocomplete="off"></p></div>\
      <p class="hint">Slots 1 to \(review.days.count), or days such as \(first).</p>
      """
  }

  private func filters(_ question: ReviewQuestion) -> Markup {
    let boxes = ReviewQuestion.Filter.allCases.map { filter -> Markup in
      let name = filter.rawValue
      let isChosen: Markup = question.without.contains(filter) ? " checked" : ""
      return """
        <label for="\(name)"><input type="checkbox" id="\(name)" name="\(name)" value="out"\(isChosen)>\
        \(filter.words.dropping("without ")) (\(review.slots(filter).count))</label>
        """
    }
    return "<fieldset><legend>Leave out</legend>\(boxes)</fieldset>"
  }

  private func statistic(_ question: ReviewQuestion) -> Markup {
    select(
      "statistic", "Compared by", chosen: question.statistic?.rawValue ?? "",
      [("", "\(review.plannedStatistic.words) (as planned)")]
        + review.statistics.filter { $0 != review.plannedStatistic }.map { ($0.rawValue, $0.words) }
    )
  }

  private func whitening(_ question: ReviewQuestion) -> Markup {
    var chosen = ""
    var options = [("", "\(review.plannedWhitening.words) (as planned)")]
    let usual: [(String, AnalysisPlan.Whitening)] = [("none", .none), ("estimated", .estimated)]
    options += usual.filter { $0.1 != review.plannedWhitening }.map { ($0.0, $0.1.words) }
    switch question.whitening {
    case nil: break
    case .none?: chosen = "none"
    case .estimated?: chosen = "estimated"
    case .fixed(let phi)?:
      chosen = "\(phi)"
      options.append((chosen, AnalysisPlan.Whitening.fixed(phi).words))
    }
    return select("whitening", "Days that resemble the day before", chosen: chosen, options)
  }

  private func adjustments(_ question: ReviewQuestion) -> [Markup] {
    AnalysisPlan.Adjustment.allCases.map { adjustment in
      let isPlanned = review.plannedAdjustments.contains(adjustment)
      let chosen = question.adjustments[adjustment].map { $0 ? "in" : "out" } ?? ""
      return select(
        adjustment.rawValue, "Take out \(adjustment.words)", chosen: chosen,
        [("", "\(isPlanned ? "yes" : "no") (as planned)")]
          + [isPlanned ? ("out", "no") : ("in", "yes")])
    }
  }

  private func washout(_ question: ReviewQuestion) -> Markup? {
    guard review.longestWashout > 0 else { return nil }
    let what =
      review.hasPeriods ? "Slots left out of each period" : "Slots left out after a change of arm"
    let planned = review.plannedWashout
    return select(
      "washout", what, chosen: question.washout.map(String.init) ?? "",
      [("", "\(planned) (as planned)")]
        + (0...min(review.longestWashout, 14)).filter { $0 != planned }
        .map { (String($0), String($0)) })
  }

  private func select(
    _ name: String, _ label: String, chosen: String, _ options: [(String, String)]
  ) -> Markup {
    let items = options.map { value, text -> Markup in
      let isChosen: Markup = value == chosen ? " selected" : ""
      return "<option value=\"\(value)\"\(isChosen)>\(text)</option>"
    }
    return """
      <p><label for="\(name)">\(label)</label><select id="\(name)" name="\(name)">\(items)</select></p>
      """
  }
}

extension String {
  /// Without its beginning, where it has that one.
  fileprivate func dropping(_ start: String) -> String {
    hasPrefix(start) ? String(dropFirst(start.count)) : self
  }
}
