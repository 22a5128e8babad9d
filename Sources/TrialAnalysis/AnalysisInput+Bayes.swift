import BlindRecord
import TrialDesign
import TrialStatistics

extension AnalysisInput {
  /// The Bayesian effect of one arm against the reference, as the plan has it.
  ///
  /// With more arms each other one is a column of the model, so that all ratings tell about the noise.
  ///
  /// - Parameter isPrimary: whether the plan's threshold of relevance is about the outcome, and other
  ///   priors stand beside the plan's.
  func bayes(_ series: OutcomeSeries, arm: Int, isPrimary: Bool) throws -> BayesEffect {
    let values = modelled(series)
    let posterior = try AR1Posterior(
      outcome: values, active: column(of: arm).map { Int($0) }, day: modelDays,
      covariates: modelColumns(series, values, beside: arm), priors: priors, level: plan.level)
    let threshold = isPrimary ? plan.relevance?.value.magnitude : nil
    var effect = BayesEffect(
      mean: posterior.mean, sd: posterior.sd.isFinite ? posterior.sd : nil, lower: posterior.lower,
      upper: posterior.upper,
      probabilityPositive: posterior.probabilityPositive, autocorrelation: posterior.phiMean,
      relevance: threshold.map {
        BayesEffect.Relevance(
          threshold: $0, above: posterior.probability(above: $0),
          below: 1 - posterior.probability(above: -$0), within: posterior.probability(within: $0))
      }, sensitivity: isPrimary ? try sensitivity(posterior) : [])
    if isPrimary { effect.density = density(of: posterior) }
    return effect
  }

  /// What the ratings alone say of the effect, whatever the plan believes of it beforehand: the mean and
  /// the standard deviation of the posterior under a flat prior.
  ///
  /// This is what can be pooled: a prior of each trial would enter a series as often as there are trials.
  func flatEffect(_ series: OutcomeSeries, arm: Int) throws -> (mean: Double, sd: Double) {
    let values = modelled(series)
    let posterior = try AR1Posterior(
      outcome: values, active: column(of: arm).map { Int($0) }, day: modelDays,
      covariates: modelColumns(series, values, beside: arm),
      priors: AR1Priors(effect: .flat, autocorrelation: priors.autocorrelation),
      level: plan.level)
    return (posterior.mean, posterior.sd)
  }

  /// The density at equal steps over all but a thousandth of the probability.
  private func density(of posterior: AR1Posterior) -> [DensityPoint] {
    let (start, end) = (posterior.quantile(0.0005), posterior.quantile(0.9995))
    guard start.isFinite, end.isFinite, end > start else { return [] }
    return (0...100).map { step in
      let effect = start + (end - start) * Double(step) / 100
      return DensityPoint(effect: effect, density: posterior.density(at: effect))
    }
  }

  /// The plan's priors first, then the usual others.
  private func sensitivity(_ posterior: AR1Posterior) throws -> [BayesEffect.PriorLine] {
    let others = try posterior.sensitivity().filter { $0.priors != posterior.priors }
    return ([posterior] + others).enumerated().map { place, line in
      BayesEffect.PriorLine(
        prior: line.priors.words, isPlanned: place == 0, mean: line.mean, lower: line.lower,
        upper: line.upper, probabilityPositive: line.probabilityPositive,
        bayesFactor: line.bayesFactor)
    }
  }

  /// What the arm of the slot before adds, in the same model.
  func lagInModel(_ series: OutcomeSeries, arm: Int) throws -> CarryOverResult.LagBayes? {
    var values = modelled(series)
    if !values.isEmpty { values[0] = nil }
    let others = modelColumns(series, values, beside: arm)
    let before = arms.indices.dropFirst().map { other in
      [0] + column(of: other).dropLast()
    }
    let posterior = try AR1Posterior(
      outcome: values, active: column(of: arm).map { Int($0) }, day: modelDays,
      covariates: others + before, priors: priors, level: plan.level)
    return posterior.coefficient(ofCovariate: others.count + arm - 1).map {
      CarryOverResult.LagBayes(mean: $0.mean, lower: $0.lower, upper: $0.upper)
    }
  }

  /// The values of the endpoint.
  private func modelled(_ series: OutcomeSeries) -> [Double?] {
    let kept = scheme.keptSlots
    return series.differences.enumerated().map { kept[$0.offset] ? $0.element : nil }
  }

  private var modelDays: [Double]? { days.map { $0.map { Double($0.ordinal) } } }

  private var priors: AR1Priors {
    AR1Priors(
      effect: plan.priors.effectSD.map { .normal(sd: $0.value) } ?? .flat,
      autocorrelation: plan.priors.autocorrelation == .uniform ? .uniform : .reference)
  }

  /// 1 where a slot has the arm.
  private func column(of arm: Int) -> [Double] { observed.map { $0 == arm ? 1 : 0 } }

  /// The plan's columns and those of the arms other than `arm` and the reference.
  ///
  /// The model has an intercept: of the levels of the weekdays one is left out, and what does not
  /// vary over the values has nothing to tell.
  private func modelColumns(
    _ series: OutcomeSeries, _ values: [Double?], beside arm: Int
  ) -> [[Double]] {
    let rows = values.indices.filter { values[$0] != nil }
    var columns = arms.indices.dropFirst().filter { $0 != arm }.map { column(of: $0) }
    for adjustment in plan.adjustments {
      let own = covariates(series, adjustment).filter { column in
        Set(rows.map { column[$0] }).count > 1
      }
      columns += adjustment == .weekday ? Array(own.dropFirst()) : own
    }
    return columns
  }
}

extension AR1Priors {
  /// The priors as a row of a table names them.
  fileprivate var words: String {
    let size =
      switch effect {
      case .flat: "flat effect"
      case .normal(let sd): "normal effect, SD \(ShownNumber.text(sd))"
      case .student(let degrees, let scale):
        "t effect, \(ShownNumber.text(degrees)) degrees, scale \(ShownNumber.text(scale))"
      }
    return size
      + (autocorrelation == .uniform ? "" : "; reference prior of φ")
  }
}
