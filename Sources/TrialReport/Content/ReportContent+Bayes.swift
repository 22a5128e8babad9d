import TrialAnalysis

extension ReportContent {
  /// The Bayesian effect of one contrast.
  static func bayesTable(_ name: String, _ bayes: BayesEffect, _ result: TrialResult) -> Table {
    let level = ShownNumber.percent(result.level)
    var rows: [[Cell]] = [
      [.text("Posterior mean of the effect"), .number(bayes.mean)],
      [.text("Posterior standard deviation"), .number(bayes.sd)],
      [.text("\(level) interval, lower"), .number(bayes.lower)],
      [.text("\(level) interval, upper"), .number(bayes.upper)],
      [
        .text("Probability that the effect is above zero"), .chance(bayes.probabilityPositive),
      ],
    ]
    if let relevance = bayes.relevance {
      let size = ShownNumber.text(relevance.threshold)
      rows += [
        [.text("Probability of an effect of \(size) or more"), .chance(relevance.above)],
        [.text("Probability of an effect of −\(size) or less"), .chance(relevance.below)],
        [
          .text("Probability of an effect between, too small to matter"),
          .chance(relevance.within),
        ],
      ]
    }
    rows.append([
      .text("Autocorrelation of the noise, posterior mean"), .number(bayes.autocorrelation),
    ])
    return Table(
      caption: "Bayesian model of \(name): AR(1) noise, the priors of the plan",
      header: ["Quantity", "Value"], rows: rows)
  }

  /// What other priors would say; nothing where there is no table of them.
  static func priors(_ result: TrialResult) -> Section? {
    let contrasts = result.primary.contrasts.filter { ($0.bayes?.sensitivity.count ?? 0) > 1 }
    guard !contrasts.isEmpty else { return nil }
    var blocks: [Block] = [
      .paragraph(
        "The first row has the priors of the plan, the others stand beside it to show how much "
          + "the answer depends on them. A Bayes factor above 1 says that the ratings are likelier "
          + "with an effect of that prior than with none; below 1, that they are likelier with "
          + "none; a flat prior has none. The standard deviations of the normal priors are a quarter, a "
          + "half, once and twice that of the ratings around the arms' means.")
    ]
    for contrast in contrasts {
      if let figure = PriorFigure(result, contrast)?.figure { blocks.append(.figure(figure)) }
      let arm =
        contrasts.count == 1 && result.primary.contrasts.count == 1
        ? "" : ", \(contrast.name) against \(contrast.reference)"
      blocks.append(
        .table(
          Table(
            caption: "The effect on \(result.primary.name)\(arm) under several priors",
            header: ["Priors", "Mean", "Lower", "Upper", "Above zero", "Bayes factor"],
            rows: (contrast.bayes?.sensitivity ?? []).map { line in
              [
                .text(line.isPlanned ? "as planned: \(line.prior)" : line.prior),
                .number(line.mean), .number(line.lower), .number(line.upper),
                .chance(line.probabilityPositive), .number(line.bayesFactor),
              ]
            })))
    }
    return Section(id: "priors", title: "What was believed beforehand", blocks: blocks)
  }
}
