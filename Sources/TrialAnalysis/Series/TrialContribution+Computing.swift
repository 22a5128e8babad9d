import TrialDesign
package import TrialSeal
import TrialStatistics

extension TrialContribution {
  /// What an unblinded trial gives to a series.
  ///
  /// - Parameter result: its planned analysis.
  package static func list(_ unblinding: Unblinding, _ result: TrialResult) throws
    -> [TrialContribution]
  {
    let source = try SealedSource(
      design: unblinding.design, assignment: unblinding.allocation.assignment,
      record: unblinding.record, spareArms: unblinding.spareArms)
    let tested = [result.primary] + result.alsoTested
    return source.input.contributions(
      of: tested, tested.map { source.series($0.name) }, guesses: result.guesses, units: [:],
      withSums: true)
  }
}

extension AnalysisInput {
  /// One contribution for each planned outcome and each arm but the reference.
  func contributions(
    of tested: [OutcomeResult], _ series: [OutcomeSeries], guesses: GuessResult?,
    units: [String: String], withSums: Bool
  ) -> [TrialContribution] {
    zip(tested, series).flatMap { outcome, series in
      outcome.contrasts.map { contrast in
        let arm = contrast.arm
        let effect = pooledEffect(contrast, series)
        return TrialContribution(
          outcome: outcome.name, unit: outcome.unit ?? units[outcome.name], arm: contrast.name,
          reference: contrast.reference, effect: effect.mean, se: effect.se,
          reason: effect.reason, difference: contrast.meanDifference,
          ratings: [outcome.arms[arm].count, outcome.arms[0].count],
          referenceSD: outcome.arms[0].sd, guesses: guesses?.table(of: contrast.name, arms[0]),
          sums: withSums ? sums(series, arm: arm) : nil)
      }
    }
  }

  /// Effect and standard error under a flat prior, or why there are none.
  private func pooledEffect(
    _ contrast: Contrast, _ series: OutcomeSeries
  ) -> (mean: Double?, se: Double?, reason: String?) {
    func checked(_ mean: Double, _ sd: Double?) -> (mean: Double?, se: Double?, reason: String?) {
      guard let sd, sd.isFinite else {
        return (
          mean, nil, "its effect has no standard error: too few ratings, or the arm alternates"
        )
      }
      guard sd > 0 else { return (mean, nil, "its ratings do not vary beside the effect") }
      return (mean, sd, nil)
    }
    if plan.priors.effectSD == nil, let bayes = contrast.bayes {
      return checked(bayes.mean, bayes.sd)
    }
    do {
      let flat = try flatEffect(series, arm: contrast.arm)
      return checked(flat.mean, flat.sd)
    } catch {
      return (nil, nil, reason(error, arm: contrast.arm))
    }
  }

  /// The randomization distribution of the sum under an arm.
  private func sums(_ series: OutcomeSeries, arm: Int) -> TrialSums? {
    let (reference, observed, kept) = comparing(arm)
    guard let outcome = try? series.exact() else { return nil }
    return TrialSums(outcome: outcome, observed: observed, kept: kept, reference: reference)
  }
}

extension GuessResult {
  /// The counts under one arm and under the reference; `nil` for an arm without a pill.
  fileprivate func table(of arm: String, _ reference: String) -> GuessTable? {
    guard let active = arms.first(where: { $0.arm == arm }),
      let inactive = arms.first(where: { $0.arm == reference })
    else { return nil }
    return GuessTable(
      active: GuessTable.Row(
        active: active.right, reference: active.wrong, dontKnow: active.unknown),
      reference: GuessTable.Row(
        active: inactive.wrong, reference: inactive.right, dontKnow: inactive.unknown))
  }
}
