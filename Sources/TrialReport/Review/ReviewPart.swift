import BlindRecord
package import TrialAnalysis

/// The answer to a question that was not planned, as a piece of a page in the report's style.
package struct ReviewPart: Sendable {
  /// How many questions were asked, which every one of them has to pay for.
  package struct Count: Hashable, Sendable {
    /// Different questions so far, this one among them.
    package let questions: Int
    /// Comparisons in each of them.
    package let comparisons: Int

    /// A count.
    package init(questions: Int, comparisons: Int) {
      self.questions = questions
      self.comparisons = comparisons
    }

    /// All comparisons.
    package var total: Int { questions * comparisons }
  }

  /// The HTML: sections with figures and tables, and the words explained.
  package let html: String

  /// Renders an answer.
  ///
  /// - Parameter count: how many questions were asked so far.
  package init(_ answer: ReviewAnswer, count: Count) throws {
    html = try HTMLRenderer.parts(
      ReportContent(
        answer.answer,
        answers: answer.answers.count < 2
          ? []
          : zip(answer.outcome.contrasts, answer.answers).map {
            (name: "\($0.name) against \($0.reference)", answer: $1)
          },
        sections: [
          ReviewPart.worth(answer, count), ReviewPart.beside(answer, count),
          ReviewPart.evidence(answer),
        ]))
  }

  /// The style sheet that the pieces are made for: the report's.
  package static let style = ReportStyle.sheet

  /// Why it is no finding.
  private static func worth(_ answer: ReviewAnswer, _ count: Count) -> ReportContent.Section {
    var lines = [multiplicity(answer, count), decided(answer)]
    if let line = washout(answer) { lines.append(line) }
    if answer.dropsAfterChanges {
      lines.append(
        "Which slots follow a change of arm was worked out anew for every schedule that could have been "
          + "drawn. The difference in means is the statistic here, without blocks.")
    }
    if answer.wasLookedAt {
      lines.append(
        "The trial was looked at before its end. The answer in the report allows for that; this one does "
          + "not.")
    }
    return ReportContent.Section(
      id: "worth", title: "What this is worth", blocks: [.list(lines)])
  }

  private static func multiplicity(_ answer: ReviewAnswer, _ count: Count) -> String {
    let error = 1 - (answer.outcome.test?.planned.interval.level ?? 0.95)
    let alpha = ShownNumber.text(error)
    let chance = ShownNumber.chance(1 - power(1 - error, count.total))
    let comparisons =
      count.comparisons == 1 ? "" : ", with \(count.total) comparisons in all"
    let asked =
      count.questions == 1
      ? "It is the first question asked since the program was started\(comparisons)."
      : "\(count.questions) questions were asked since the program was started\(comparisons)."
    let risk =
      count.total == 1
      ? ""
      : " If nothing had any effect, one or more of \(count.total) unrelated comparisons would "
        + "show p ≤ \(alpha) with a chance of \(chance)."
    let start =
      answer.isPlanned
      ? "The plan tests this outcome too, together with the others: what counts is the p of the report, "
        + "which allows for all of them, and not the one here. "
      : "Exploratory: nobody fixed this question before the arms were known. "
    return start + asked + risk
      + " Questions of an earlier day are not counted."
  }

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<min(exponent, 10_000)).reduce(1) { product, _ in product * base }
  }

  private static func decided(_ answer: ReviewAnswer) -> String {
    let days = answer.leftOut.count == 1 ? "1 rating" : "\(answer.leftOut.count) ratings"
    switch answer.standing {
    case .nothingLeftOut where answer.isPlanned:
      return "No rating of the planned analysis is left out."
    case .nothingLeftOut where answer.byWashout != 0:
      return
        "Nobody chose ratings to leave out. Had the question been fixed beforehand, its p would be exact."
    case .nothingLeftOut:
      return
        "No rating of the planned analysis is left out. Had the question been fixed beforehand, its "
        + "p would be exact."
    case .decidedBlind:
      return
        "\(days) less. Which ones was decided by the calendar, or by what was written down while "
        + "every arm was hidden. Had the question been fixed beforehand, its p would be exact."
    case .chosenNow:
      return
        "\(days) less, chosen now, by somebody who may have seen the arms. The p is that of slots "
        + "named beforehand; a choice made to please is worth nothing."
    case .armsMayHaveDecided(let slots):
      let listed = slots.prefix(12).map(String.init).joined(separator: ", ")
      let rest = slots.count > 12 ? " and \(slots.count - 12) more" : ""
      return "\(days) less. The arms may have had a part in that for slot "
        + "\(listed)\(rest): an arm was known from a code break by then. So the p is not exact, and may "
        + "be too small or too large."
    }
  }

  /// What the schedule by itself leaves out, or brings back, under another washout.
  private static func washout(_ answer: ReviewAnswer) -> String? {
    guard answer.byWashout != 0 else { return nil }
    let ratings = counted(abs(answer.byWashout), "rating")
    return answer.byWashout > 0
      ? "\(ratings) less than in the plan by the washout that was asked for: which ones follows from the "
        + "schedule."
      : "\(ratings) more than in the plan by the washout that was asked for: which ones follows from the "
        + "schedule."
  }

  /// The planned answer and this one, as a picture and in numbers.
  private static func beside(_ answer: ReviewAnswer, _ count: Count) -> ReportContent.Section {
    let isSeveral = answer.outcome.contrasts.count > 1
    var forest: [ForestDrawing.Row] = []
    var rows: [[ReportContent.Cell]] = []
    for contrast in answer.outcome.contrasts {
      let planned = answer.planned.contrasts.first { $0.arm == contrast.arm }
      let arm = isSeveral ? "\(contrast.name): " : ""
      let look = "of\(SVGCanvas.look(contrast.arm))"
      for (label, found, style, outcome) in [
        ("in the report", planned, "second", answer.planned),
        ("this question", contrast, "main \(look)", answer.outcome),
      ] {
        let number = found.map { outcome.count(of: $0) } ?? outcome.count
        let test = found?.test
        let interval = test?.planned.interval
        forest.append(
          ForestDrawing.Row(
            label: "\(arm)\(label) (\(counted(number, "rating")))", value: test?.estimate,
            lower: interval?.lower, upper: interval?.upper, style: style))
        rows.append([
          .text(arm + label), .count(number), .number(test?.estimate), .number(interval?.lower),
          .number(interval?.upper), test.map { .p($0.planned.p) } ?? .text("–"),
        ])
      }
    }
    let drawing = ForestDrawing(rows: forest, threshold: answer.relevance)
    let unit = answer.outcome.unit.map { " (\($0))" } ?? ""
    var blocks: [ReportContent.Block] = [
      .figure(
        Figure(
          id: "beside", title: "Beside the report",
          description: drawing.said + drawing.bandInWords,
          caption: "The difference in \(answer.outcome.name)\(unit), each arm minus "
            + "\(answer.outcome.arms[0].arm), with its interval. Only what the report says was planned."
            + drawing.bandInWords,
          draw: drawing.draw)),
      .table(
        ReportContent.Table(
          caption: "The same in numbers",
          header: ["Analysis", "Ratings", "Estimate", "Lower", "Upper", "p"], rows: rows)),
    ]
    if let least = answer.outcome.contrasts.compactMap({ $0.test?.planned.p }).min(),
      count.total > 1
    {
      blocks.append(
        .note(
          "The smallest p here, times the \(count.total) comparisons asked so far: "
            + "\(ShownNumber.p(min(1, least * Double(count.total))))."))
    }
    for note in answer.outcome.contrasts.compactMap(\.note) {
      blocks.append(.note(PlainAnswer.capital(note)))
    }
    return ReportContent.Section(id: "beside", title: "Beside what was planned", blocks: blocks)
  }

  /// The distribution behind the p-value.
  private static func evidence(_ answer: ReviewAnswer) -> ReportContent.Section {
    let figures = answer.outcome.contrasts.compactMap {
      DistributionFigure(answer.outcome, $0, adjustment: answer.adjustment)?.figure
    }
    return ReportContent.Section(
      id: "test", title: "The test behind it",
      blocks: [
        .paragraph("The statistic is \(answer.statistic). The other choices are those of the plan.")
      ] + figures.map(ReportContent.Block.figure))
  }
}
