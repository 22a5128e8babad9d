import BlindRecord
import TrialAnalysis
import TrialReport
import TrialStatistics

/// A pooled series for people: a page with a forest plot, and the same words as text.
package struct SeriesReport: Sendable {
  /// The page.
  package let html: String
  /// The text.
  package let markdown: String

  /// Trials whose effects are listed one by one; of more of them the page has the figure alone.
  static let mostListed = 500

  /// Writes a result.
  package init(_ result: SeriesResult) throws {
    let words = SeriesWords(result)
    let page = try SeriesPage(
      title: "\(words.trials) together", subtitle: result.key.words, banners: words.banners,
      sections: [
        SeriesReport.answer(result, words), SeriesReport.forest(result),
        SeriesReport.means(result), SeriesReport.differences(result),
        SeriesReport.randomization(result), SeriesReport.blinding(result),
        SeriesReport.trials(result), SeriesReport.leftOut(result), SeriesReport.method(result),
      ].compactMap { $0 },
      footer: "Every number is in the JSON with full precision. Made by SelfBlind.")
    html = page.html
    markdown = page.markdown
  }

  private static func answer(_ result: SeriesResult, _ words: SeriesWords) -> SeriesPage.Section {
    SeriesPage.Section(
      id: "together", title: "What they say together",
      parts: words.answer.map(SeriesPage.Part.paragraph))
  }

  private static func forest(_ result: SeriesResult) -> SeriesPage.Section {
    let z = NormalDistribution().quantile(above: (1 - result.level) / 2)
    var pooled: [SeriesForest.Row] = []
    let main = result.main
    let mean = main.hartungKnapp ?? main.plain
    pooled.append(
      SeriesForest.Row(
        label: "mean of \(result.lines.count), restricted likelihood", value: main.mean,
        lower: mean.lower, upper: mean.upper))
    if let posterior = try? result.posterior.get() {
      pooled.append(
        SeriesForest.Row(
          label: "mean, Bayesian", value: posterior.effect.mean, lower: posterior.effect.lower,
          upper: posterior.effect.upper))
      pooled.append(
        SeriesForest.Row(
          label: "another trial of the kind", value: posterior.prediction.mean,
          lower: posterior.prediction.lower, upper: posterior.prediction.upper))
    }
    let forest = SeriesForest(
      trials: result.lines.map {
        SeriesForest.Row(
          label: $0.name, value: $0.effect, lower: $0.effect - z * $0.se,
          upper: $0.effect + z * $0.se)
      }, pooled: pooled, axis: "effect on \(result.key.outcome)")
    return SeriesPage.Section(id: "trials", title: "Every trial", parts: [.forest(forest)])
  }

  private static func means(_ result: SeriesResult) -> SeriesPage.Section {
    var rows: [[SeriesPage.Cell]] = []
    for mean in result.means {
      let name = mean.estimator.words
      if let knapp = mean.hartungKnapp {
        rows.append([
          .text("\(name), Hartung-Knapp-Sidik-Jonkman"), .number(mean.mean), .number(knapp.lower),
          .number(knapp.upper), .p(knapp.p), .number(mean.tau2.squareRoot()),
        ])
      }
      rows.append([
        .text("\(name), plain"), .number(mean.mean), .number(mean.plain.lower),
        .number(mean.plain.upper), .p(mean.plain.p), .number(mean.tau2.squareRoot()),
      ])
    }
    var parts: [SeriesPage.Part] = [
      .table(
        caption: "The mean effect", header: ["Method", "Mean", "Lower", "Upper", "p", "τ"],
        rows: rows)
    ]
    switch result.posterior {
    case .success(let posterior):
      parts.append(
        .table(
          caption: "The hierarchical model, τ half-normal with scale "
            + ShownNumber.text(posterior.scale),
          header: ["Quantity", "Mean", "SD", "Lower", "Upper"],
          rows: [
            row("mean effect", posterior.effect), row("another trial", posterior.prediction),
            [
              .text("τ, the standard deviation between trials"), .number(posterior.tauMean),
              .number(posterior.tauSD), .number(nil), .number(nil),
            ],
          ]))
      parts.append(
        .paragraph(
          "The probability that the mean effect is above 0 is "
            + ShownNumber.chance(posterior.probabilityPositive) + "."))
    case .failure(let fault): parts.append(.note("No hierarchical model: \(fault.message)."))
    }
    return SeriesPage.Section(id: "means", title: "The numbers", parts: parts)
  }

  private static func row(
    _ name: String, _ quantity: HierarchicalPosterior.Quantity
  ) -> [SeriesPage.Cell] {
    [
      .text(name), .number(quantity.mean), .number(quantity.sd), .number(quantity.lower),
      .number(quantity.upper),
    ]
  }

  private static func differences(_ result: SeriesResult) -> SeriesPage.Section? {
    guard result.lines.count > 1 else { return nil }
    let found = result.heterogeneity
    var rows: [[SeriesPage.Cell]] = [
      [.text("Q, on \(found.degrees) degrees of freedom"), .number(found.q)],
      [.text("p of Q without heterogeneity"), .p(found.p)],
    ]
    if let share = result.main.i2 {
      rows.append([.text("I², the share of variance between trials"), .share(share)])
    }
    if let lower = found.tau2Lower, let upper = found.tau2Upper {
      rows.append([.text("τ, lower end by the profile of Q"), .number(lower.squareRoot())])
      rows.append([.text("τ, upper end"), .number(upper.squareRoot())])
    }
    if let lower = result.main.predictionLower, let upper = result.main.predictionUpper {
      rows.append([.text("Another trial, lower end"), .number(lower)])
      rows.append([.text("Another trial, upper end"), .number(upper)])
    }
    return SeriesPage.Section(
      id: "differences", title: "How much the trials differ",
      parts: [
        .table(caption: "Heterogeneity", header: ["Quantity", "Value"], rows: rows)
      ])
  }

  private static func randomization(_ result: SeriesResult) -> SeriesPage.Section {
    switch result.test {
    case .failure(let fault):
      return SeriesPage.Section(
        id: "randomization", title: "The randomization test over all trials",
        parts: [.note("Not computed: \(fault.message).")])
    case .success(let test):
      var how = "Every combination of the schedules that the schemes could have drawn was counted."
      if case .monteCarlo(let draws, let error) = test.method {
        how =
          "There are too many combinations to count: \(draws) were drawn; the standard error of the "
          + "two-sided p is \(ShownNumber.text(error, digits: 2))."
      }
      return SeriesPage.Section(
        id: "randomization", title: "The randomization test over all trials",
        parts: [
          .table(
            caption: "No rating of anybody would have been another", header: ["Quantity", "Value"],
            rows: [
              [
                .text("Mean difference within the trials, weighted by their ratings"),
                .number(result.difference),
              ],
              [.text("Two-sided p, twice the smaller side"), .p(test.pDoubled)],
              [.text("One-sided p, greater"), .p(test.pGreater)],
              [.text("One-sided p, less"), .p(test.pLess)],
            ]), .paragraph(how),
        ])
    }
  }

  private static func method(_ result: SeriesResult) -> SeriesPage.Section {
    let scale = result.scaleIsGiven ? "given" : "half of the median SD under the reference"
    return SeriesPage.Section(
      id: "method", title: "How it was done",
      parts: [
        .list([
          "Each trial was analysed by its own plan. Its effect and standard error are the mean and the "
            + "standard deviation of its Bayesian model with autocorrelated noise and a flat prior.",
          "Plain intervals take the variance between trials for known and are too narrow with few "
            + "trials: with three of them, and a standard deviation between them of 0.5, they cover "
            + "87 % instead of 95 %. Those of Hartung, Knapp, Sidik and Jonkman cover 94 %.",
          "In the hierarchical model the prior of the mean is flat and that of τ half-normal; its scale "
            + "is \(scale).",
          "A trial that is left out was left out by a rule that does not look at its result.",
        ])
      ])
  }
}

extension HeterogeneityEstimator {
  /// The name as it is read.
  var words: String {
    switch self {
    case .derSimonianLaird: "DerSimonian-Laird"
    case .pauleMandel: "Paule-Mandel"
    case .restrictedLikelihood: "Restricted likelihood"
    }
  }
}
