import GroupStudy
import TrialAnalysis

extension StudyContent {
  /// The models and what was drawn at random, for whoever wants to do it again.
  var method: ReportContent.Section {
    let covariates = result.outcomes.filter { !$0.covariates.isEmpty }.map {
      "\($0.name): \($0.covariates.joined(separator: ", "))"
    }
    var items = [
      "Model: a linear mixed model with one random intercept for each person. In R's lme4: "
        + "outcome ~ arm + (1 | person), with the guess as arm + guess, the groups as arm * guess.",
      result.likelihood == "full"
        ? "Variances by the full likelihood (ML)."
        : "Variances by the restricted likelihood (REML).",
      result.degrees == "satterthwaite"
        ? "Degrees of freedom by Satterthwaite's method, as lmerTest has them."
        : "Degrees of freedom and standard errors by Kenward and Roger's method, as pbkrtest has them.",
      "Intervals are at \(ShownNumber.percent(result.level)). Rows without a guess, or with \"don't "
        + "know\", take no part where the guess does.",
      "Curve: the four groups keep their means, and the arms their shares among right and among wrong "
        + "guesses, while the rate of right guesses changes [Szigeti et al. 2023]. Drawn by the means of "
        + "the model with arm, guess and both; the JSON has it by the means of the rows too.",
      draws,
    ]
    if !covariates.isEmpty {
      items.append("Beside the arm stand covariates of \(covariates.joined(separator: "; ")).")
    }
    return ReportContent.Section(id: "method", title: "How it was computed", blocks: [.list(items)])
  }

  private var draws: String {
    let all = result.outcomes.flatMap { outcome in
      [
        outcome.change?.draws, outcome.curve?.model?.blind.draws, outcome.curve?.rows?.blind.draws,
      ].compactMap { $0 }
    }
    // As a share of the interval's width, since outcomes have different units.
    let worst = all.map { max($0.lowerError, $0.upperError) / max($0.upper - $0.lower, 1e-300) }
      .max()
    let undefined = all.map(\.undefined).max() ?? 0
    var text =
      "Bootstrap: \(result.bootstrap.replicates) times as many people as there are were drawn with "
      + "replacement, seed \(result.bootstrap.seed), each with all rows; intervals are percentiles."
    if let worst {
      text +=
        " Having drawn no more than that moves a limit of the differences by up to "
        + "\(ShownNumber.percent(worst)) of the interval's width (one standard error)."
    }
    if undefined > 0 {
      text += " Up to \(undefined) of the draws had an empty group and were left out."
    }
    return text
  }
}
