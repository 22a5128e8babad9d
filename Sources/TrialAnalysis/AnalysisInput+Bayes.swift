import BlindRecord
import TrialDesign
import TrialStatistics

extension AnalysisInput {
  /// The Bayesian effect of one arm against the reference, as the plan has it.
  func bayes(_ series: OutcomeSeries, arm: Int) throws -> BayesEffect {
    let kept = scheme.keptSlots
    let posterior = try AR1Posterior(
      outcome: series.values.enumerated().map { kept[$0.offset] ? $0.element : nil },
      active: observed.map { $0 == arm ? 1 : 0 },
      day: days.map { $0.map { Double($0.ordinal) } }, level: plan.level)
    let threshold = plan.relevance?.value.magnitude
    return BayesEffect(
      mean: posterior.mean, sd: posterior.sd, lower: posterior.lower, upper: posterior.upper,
      probabilityPositive: posterior.probabilityPositive, autocorrelation: posterior.phiMean,
      relevance: threshold.map {
        BayesEffect.Relevance(
          threshold: $0, above: posterior.probability(above: $0),
          below: 1 - posterior.probability(above: -$0), within: posterior.probability(within: $0))
      }, sensitivity: [])
  }
}
