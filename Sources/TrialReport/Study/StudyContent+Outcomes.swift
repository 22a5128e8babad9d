import GroupStudy
import TrialAnalysis

extension StudyContent {
  /// One part for each outcome that could be analysed.
  var parts: [ReportContent.Section] {
    result.outcomes.enumerated().compactMap { place, outcome in
      outcome.withoutGuess.model == nil ? nil : part(outcome, place)
    }
  }

  private func part(_ outcome: StudyOutcome, _ place: Int) -> ReportContent.Section {
    let words = StudyWords(result: result, outcome: outcome)
    var blocks: [ReportContent.Block] = [
      .paragraph(words.effect + (words.relevance.map { " \($0)" } ?? "")),
      .paragraph(words.guess),
    ]
    if let figure = StudyForestFigure(words, place: place).figure { blocks.append(.figure(figure)) }
    if let strata = words.strata { blocks.append(.paragraph(strata)) }
    if let figure = StudyCurveFigure(words, place: place).figure { blocks.append(.figure(figure)) }
    if let coin = words.coin { blocks.append(.paragraph(coin)) }
    if let strata = outcome.strata { blocks.append(.table(groups(strata, outcome))) }
    if let table = models(outcome) { blocks.append(.table(table)) }
    return ReportContent.Section(
      id: "outcome-\(place + 1)",
      title: outcome.name
        + (place == 0 && result.outcomes.count > 1 ? ", the primary outcome" : ""),
      blocks: blocks)
  }

  private func groups(_ strata: StudyStrata, _ outcome: StudyOutcome) -> ReportContent.Table {
    ReportContent.Table(
      caption: "\(outcome.name) in the four groups of arm and guess",
      header: ["Arm, guess", "Rows", "People", "Mean", "SD", "Mean of the model", "Interval"],
      rows: strata.groups.enumerated().map { place, group in
        let cell = strata.cells.indices.contains(place) ? strata.cells[place] : nil
        return [
          .text("\(group.arm), guessed \(group.guess)"), .count(group.rows), .count(group.persons),
          .number(group.mean), .number(group.sd), .number(cell?.estimate),
          .text(cell.map(StudyWords.range) ?? "–"),
        ]
      })
  }

  /// Every coefficient of the models without and with the guess, contrasts and variances.
  private func models(_ outcome: StudyOutcome) -> ReportContent.Table? {
    func rows(_ lines: [StudyContrast], _ model: String) -> [[ReportContent.Cell]] {
      lines.map { line in
        [
          .text("\(model): \(line.name)"), .number(line.estimate), .number(line.se),
          .number(line.degrees, digits: 4), .number(line.t), StudyContent.p(line.p),
          .text(StudyWords.range(line)),
        ]
      }
    }
    let strata = outcome.strata
    let lines =
      rows(outcome.withoutGuess.model?.coefficients ?? [], "without the guess")
      + rows(outcome.withGuess?.model?.coefficients ?? [], "with the guess")
      + rows((strata?.withinGuess ?? []) + (strata?.withinArm ?? []), "groups")
      + rows([strata?.interaction].compactMap { $0 }, "groups")
    guard !lines.isEmpty else { return nil }
    let models = [
      ("without the guess", outcome.withoutGuess.model),
      ("with the guess", outcome.withGuess?.model),
      ("groups", strata?.model),
    ]
    let variances = models.compactMap { name, model -> String? in
      guard let model, model.method != "ordinary" else { return nil }
      return "\(name) \(ShownNumber.text(model.personVariance, digits: 4)) and "
        + ShownNumber.text(model.residualVariance, digits: 4)
        + (model.isAtBoundary ? " (people differ no more than rows do)" : "")
    }
    let said =
      variances.isEmpty
      ? "" : "; variances between people and of rows: " + variances.joined(separator: ", ")
    return ReportContent.Table(
      caption: "The models of \(outcome.name)" + said,
      header: ["Coefficient", "Estimate", "Standard error", "Degrees", "t", "p", "Interval"],
      rows: lines)
  }
}
