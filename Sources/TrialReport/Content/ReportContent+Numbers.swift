import TrialAnalysis
import TrialDesign

extension ReportContent {
  /// The outcomes of the plan, their sensitivity, and the other items.
  static func numbers(_ result: TrialResult) -> Section {
    let primary = result.primary
    var blocks: [Block] = []
    if result.answers.count > 1 { blocks.append(.table(comparisonTable(result))) }
    for outcome in [primary] + result.alsoTested {
      for contrast in outcome.contrasts { blocks += numbers(of: contrast, outcome, result) }
      blocks.append(.table(armTable(outcome)))
    }
    if !result.sensitivity.isEmpty {
      blocks.append(
        .table(
          outcomeTable(
            "Sensitivity: the primary analysis over other sets of slots",
            [primary] + result.sensitivity, first: "Analysis set", label: \.set)))
    }
    for contrast in primary.contrasts {
      if let figure = VariationsFigure(result, contrast)?.figure { blocks.append(.figure(figure)) }
    }
    if !result.exploratory.isEmpty {
      blocks.append(
        .table(
          outcomeTable(
            "Exploratory: other items, the same test, not corrected for their number",
            result.exploratory, first: "Item", label: \.name)))
    }
    return Section(id: "numbers", title: "The numbers", blocks: blocks)
  }

  /// Of ratings that are all the same: what their interval does not say.
  static let stillInterval =
    "An interval from 0 to 0 is no precision here: where no rating ever moved, every effect but 0 is "
    + "rejected by construction."

  /// Of an interval that zero does not belong to, though it is the bound.
  static let openInterval =
    "The interval of the plan's test is bounded by 0 and does not hold it: with many equal ratings, the p "
    + "for no effect is smaller than the p for an effect next to it."

  /// Test, model and effect sizes of one contrast.
  private static func numbers(
    of contrast: Contrast, _ outcome: OutcomeResult, _ result: TrialResult
  ) -> [Block] {
    var blocks: [Block] = []
    let name =
      outcome.contrasts.count == 1
      ? outcome.name : "\(outcome.name), \(contrast.name) against \(contrast.reference)"
    if let test = contrast.test {
      blocks.append(.table(testTable(name, outcome, contrast, test, result.adjustment)))
    }
    if let note = contrast.note { blocks.append(.note(sentence(note))) }
    if contrast.test?.planned.isOpenAtZero == true {
      blocks.append(.note(ReportContent.openInterval))
    }
    if outcome.hasStillInterval(contrast) { blocks.append(.note(ReportContent.stillInterval)) }
    if let bayes = contrast.bayes { blocks.append(.table(bayesTable(name, bayes, result))) }
    if contrast.test?.intervalIsHull == true {
      blocks.append(
        .note(
          "The effects that the test does not reject leave gaps within its interval; its ends are "
            + "the least and the largest of them."))
    }
    if !contrast.effectSizes.isEmpty {
      blocks.append(.table(effectSizeTable(name, contrast, result)))
    }
    return blocks
  }

  /// Every comparison of the plan with its p-value before and after allowing for all of them.
  private static func comparisonTable(_ result: TrialResult) -> Table {
    let outcomes = [result.primary] + result.alsoTested
    let hasMaxT = outcomes.contains { $0.contrasts.contains { $0.adjusted?.maxT != nil } }
    let rows = outcomes.flatMap { outcome in
      outcome.contrasts.map { contrast -> [Cell] in
        let name =
          outcomes.count == 1
          ? contrast.name
          : outcome.contrasts.count == 1 ? outcome.name : "\(outcome.name), \(contrast.name)"
        func p(_ value: Double?) -> Cell { value.map { Cell.p($0) } ?? .text("–") }
        return [
          .text(name), .number(contrast.test?.estimate), p(contrast.test?.planned.p),
        ] + (hasMaxT ? [p(contrast.adjusted?.maxT)] : []) + [p(contrast.adjusted?.holm)]
      }
    }
    return Table(
      caption: "The \(result.answers.count) comparisons of the plan",
      header: ["Comparison", "Estimate", "p alone"] + (hasMaxT ? ["p by max-T"] : [])
        + ["p by Holm"],
      rows: rows)
  }

  /// The estimate, and before it the plain difference where the statistic is not that.
  private static func estimateRows(
    _ outcome: OutcomeResult, _ contrast: Contrast, _ test: EffectTest, _ adjustment: String?
  ) -> [[Cell]] {
    let unit = outcome.unit.map { " (\($0))" } ?? ""
    let what = "\(contrast.name) minus \(contrast.reference)\(unit)"
    var rows: [[Cell]] = []
    if let adjustment {
      rows = [
        [
          .text("Plain difference of the means, \(what)"), .number(contrast.meanDifference),
        ],
        [
          .text("Estimate of the plan, after allowing for \(adjustment)"), .number(test.estimate),
        ],
      ]
    } else {
      rows = [[.text("Estimate, \(what)"), .number(test.estimate)]]
    }
    if let statistic = test.statistic {
      rows.append([.text("Statistic of the plan"), .number(statistic)])
    } else if test.isInfinite {
      rows.append([.text("Statistic of the plan"), .text(test.observed > 0 ? "∞" : "−∞")])
    }
    return rows
  }

  private static func testTable(
    _ name: String, _ outcome: OutcomeResult, _ contrast: Contrast, _ test: EffectTest,
    _ adjustment: String?
  ) -> Table {
    var rows = estimateRows(outcome, contrast, test, adjustment)
    rows.append([.text("Hodges-Lehmann estimate"), .number(test.hodgesLehmann)])
    let planned = test.planned
    func label(_ text: String, _ sides: AnalysisPlan.Sides) -> String {
      planned.sides == sides && !planned.isMidP && !planned.isAnytimeValid
        ? text + " (the plan's)" : text
    }
    let level = ShownNumber.percent(test.interval.level)
    if planned.isAnytimeValid {
      rows += bounds(
        "\(level) confidence sequence, valid at any time (the answer's)", planned.interval)
      rows.append([.text("p, valid at any time (the answer's)"), .p(planned.p)])
    } else if planned.sides.isOneSided {
      rows += bounds("\(level) interval, one-sided (the plan's)", planned.interval)
    }
    rows += bounds("\(level) interval, equal-tailed", test.interval)
    rows += bounds("\(level) interval of the absolute test", test.intervalAbsolute)
    if planned.isMidP {
      rows.append([.text("\(planned.sides.mid), ties counted half (the plan's)"), .p(planned.p)])
    }
    rows += [
      [.text(label("Two-sided p, twice the smaller side", .doubled)), .p(test.p.doubled)],
      [.text(label("Two-sided p, absolute difference", .absolute)), .p(test.p.absolute)],
      [.text(label("One-sided p, greater", .greater)), .p(test.p.greater)],
      [.text(label("One-sided p, less", .less)), .p(test.p.less)],
      [.text("One-sided mid-p, greater"), .p(test.p.midGreater)],
    ]
    if let adjusted = contrast.adjusted {
      rows.append([
        .text("p after allowing for \(adjusted.comparisons) comparisons"), .p(adjusted.value),
      ])
    }
    rows += [
      [
        .text("Schedules that \(outcome.possible(for: contrast))"), .count(test.referenceSet.count),
      ],
      [
        .text("of these without both arms rated, counted as extreme"),
        .count(test.referenceSet.undefined),
      ],
    ]
    switch test.method {
    case .exact:
      let what = test.intervalDraws == nil ? "exact" : "p-values exact"
      rows.append([.text("Method"), .text("\(what), over all of them")])
      if let draws = test.intervalDraws {
        rows.append([
          .text("Draws that gave the intervals and the Hodges-Lehmann value"), .count(draws),
        ])
      }
    case .monteCarlo(let draws, let error):
      rows.append([.text("Method: Monte-Carlo, draws"), .count(draws)])
      rows.append([.text("Standard error of the two-sided p"), .number(error, digits: 2)])
    }
    return Table(
      caption: "Randomization test of \(name)", header: ["Quantity", "Value"], rows: rows)
  }

  private static func bounds(_ label: String, _ bounds: EffectTest.Bounds) -> [[Cell]] {
    func cell(_ value: Double?) -> Cell {
      .number(value, shown: value.map { ShownNumber.text($0) } ?? "not bounded")
    }
    return [
      [.text("\(label), lower"), cell(bounds.lower)],
      [.text("\(label), upper"), cell(bounds.upper)],
    ]
  }

  private static func effectSizeTable(
    _ name: String, _ contrast: Contrast, _ result: TrialResult
  ) -> Table {
    Table(
      caption: "Effect sizes of \(name), described as if ratings were independent",
      header: ["Size", "Value", "Lower", "Upper"],
      rows: contrast.effectSizes.map {
        [.text($0.name), .number($0.value), .number($0.lower), .number($0.upper)]
      })
  }

  private static func armTable(_ outcome: OutcomeResult) -> Table {
    Table(
      caption: "Ratings of \(outcome.name) by arm, slots in the analysis",
      header: ["Arm", "Ratings", "Mean", "SD", "Lowest", "Highest"],
      rows: outcome.arms.map { arm in
        [
          .text(arm.arm), .count(arm.count), .number(arm.mean), .number(arm.sd),
          .number(arm.lowest), .number(arm.highest),
        ]
      })
  }

  private static func outcomeTable(
    _ caption: String, _ outcomes: [OutcomeResult], first: String,
    label: (OutcomeResult) -> String
  ) -> Table {
    let rows = outcomes.flatMap { outcome in
      outcome.contrasts.map { contrast -> [Cell] in
        let arm = outcome.contrasts.count == 1 ? "" : ", \(contrast.name)"
        let planned = contrast.test?.planned
        return [
          .text(label(outcome) + arm), .count(outcome.count(of: contrast)),
          .number(contrast.test?.estimate), .number(planned?.interval.lower),
          .number(planned?.interval.upper), planned.map { .p($0.p) } ?? .text("–"),
        ]
      }
    }
    let sides = outcomes.lazy.flatMap(\.contrasts).compactMap { $0.test?.planned }.first
    return Table(
      caption: caption,
      header: [
        first, "Ratings", "Estimate", "Lower", "Upper", sides?.name ?? "Two-sided p",
      ], rows: rows)
  }

  /// The text with a capital first letter and a full stop.
  static func sentence(_ text: String) -> String { PlainAnswer.capital(text) }
}
