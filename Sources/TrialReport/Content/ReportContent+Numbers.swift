import TrialAnalysis

extension ReportContent {
  /// The figures that carry the answer.
  static func evidence(_ result: TrialResult) -> Section {
    let figures = [
      EffectFigure(result).figure, RatingsFigure(result).figure,
      DistributionFigure(result)?.figure,
    ]
    return Section(
      id: "evidence", title: "The evidence", blocks: figures.compactMap { $0.map(Block.figure) })
  }

  /// The primary analysis, its sensitivity, and the other items.
  static func numbers(_ result: TrialResult) -> Section {
    let primary = result.primary
    var blocks: [Block] = []
    if let test = primary.test {
      blocks.append(.table(testTable(primary, test, result.adjustment)))
    }
    if let note = primary.note { blocks.append(.note(sentence(note))) }
    if let bayes = primary.bayes { blocks.append(.table(bayesTable(bayes, result))) }
    blocks.append(.table(armTable(primary)))
    if !result.sensitivity.isEmpty {
      blocks.append(
        .table(
          outcomeTable(
            "Sensitivity: the primary analysis over other sets of slots",
            [primary] + result.sensitivity, first: "Analysis set", label: \.set)))
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

  /// The estimate, and before it the plain difference where the statistic is not that.
  private static func estimateRows(
    _ outcome: OutcomeResult, _ test: EffectTest, _ adjustment: String?
  ) -> [[Cell]] {
    let unit = outcome.unit.map { " (\($0))" } ?? ""
    let contrast = "\(outcome.arms[1].arm) minus \(outcome.arms[0].arm)\(unit)"
    guard let adjustment else {
      return [[.text("Estimate, \(contrast)"), .number(test.estimate)]]
    }
    return [
      [.text("Plain difference of the means, \(contrast)"), .number(outcome.meanDifference)],
      [
        .text("Estimate of the plan, after allowing for \(adjustment)"), .number(test.estimate),
      ],
    ]
  }

  private static func testTable(
    _ outcome: OutcomeResult, _ test: EffectTest, _ adjustment: String?
  ) -> Table {
    var rows = estimateRows(outcome, test, adjustment)
    rows.append([.text("Hodges-Lehmann estimate"), .number(test.hodgesLehmann)])
    let level = ShownNumber.percent(test.interval.level)
    rows += bounds("\(level) interval, equal-tailed", test.interval)
    rows += bounds("\(level) interval of the absolute test", test.intervalAbsolute)
    rows += [
      [.text("Two-sided p, twice the smaller side"), .p(test.p.doubled)],
      [.text("Two-sided p, absolute difference"), .p(test.p.absolute)],
      [.text("One-sided p, greater"), .p(test.p.greater)],
      [.text("One-sided p, less"), .p(test.p.less)],
      [.text("One-sided mid-p, greater"), .p(test.p.midGreater)],
      [.text("Schedules that the scheme could have drawn"), .count(test.referenceSet.count)],
      [
        .text("of these without both arms rated, counted as extreme"),
        .count(test.referenceSet.undefined),
      ],
    ]
    switch test.method {
    case .exact: rows.append([.text("Method"), .text("exact, over all of them")])
    case .monteCarlo(let draws, let error):
      rows.append([.text("Method: Monte-Carlo, draws"), .count(draws)])
      rows.append([.text("Standard error of the two-sided p"), .number(error, digits: 2)])
    }
    return Table(
      caption: "Randomization test of \(outcome.name)", header: ["Quantity", "Value"], rows: rows)
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

  private static func bayesTable(_ bayes: BayesEffect, _ result: TrialResult) -> Table {
    let level = ShownNumber.percent(result.level)
    return Table(
      caption: "Bayesian model of \(result.primary.name): AR(1) noise, flat prior on the effect",
      header: ["Quantity", "Value"],
      rows: [
        [.text("Posterior mean of the effect"), .number(bayes.mean)],
        [.text("Posterior standard deviation"), .number(bayes.sd)],
        [.text("\(level) interval, lower"), .number(bayes.lower)],
        [.text("\(level) interval, upper"), .number(bayes.upper)],
        [
          .text("Probability that the effect is above zero"),
          .share(bayes.probabilityPositive),
        ],
      ])
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
    Table(
      caption: caption, header: [first, "Ratings", "Estimate", "Lower", "Upper", "Two-sided p"],
      rows: outcomes.map { outcome in
        let test = outcome.test
        return [
          .text(label(outcome)), .count(outcome.arms.reduce(0) { $0 + $1.count }),
          .number(test?.estimate), .number(test?.interval.lower), .number(test?.interval.upper),
          test.map { .p($0.p.doubled) } ?? .text("–"),
        ]
      })
  }

  /// The table by block or week.
  static func blocks(_ result: TrialResult) -> Section {
    let arms = result.primary.arms.map(\.arm)
    let rows = result.blocks.map { block -> [Cell] in
      [
        .text("\(block.number)"),
        .text(block.first == block.last ? "\(block.first)" : "\(block.first)–\(block.last)"),
        .text("\(block.rated[0]) of \(block.planned[0])"),
        .text("\(block.rated[1]) of \(block.planned[1])"),
        .number(block.means[0]), .number(block.means[1]), .number(block.difference),
      ]
    }
    let word = result.blockWord.title
    return Section(
      id: "blocks", title: "\(word) by \(word.lowercased())",
      blocks: [
        .paragraph("The scheme: \(result.scheme)."),
        .table(
          Table(
            caption: "Means of \(result.primary.name); rated slots of those planned for each arm",
            header: [
              word, "Slots", "\(arms[0]): rated", "\(arms[1]): rated", "\(arms[0]): mean",
              "\(arms[1]): mean", "Difference",
            ], rows: rows)),
      ])
  }

  /// The text with a capital first letter and a full stop.
  static func sentence(_ text: String) -> String {
    let stop = text.last.map { ".!?…".contains($0) } ?? true
    return text.prefix(1).uppercased() + text.dropFirst() + (stop ? "" : ".")
  }
}

extension TrialResult {
  /// What a row of the table by blocks is called.
  var blockWord: (title: String, plural: String) {
    if blocksAreDesigned { return ("Block", "blocks") }
    return slots.contains { $0.day != nil } ? ("Week", "weeks") : ("Part", "runs of seven slots")
  }
}
