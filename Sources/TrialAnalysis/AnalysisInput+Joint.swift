import BlindRecord
import TrialDesign
import TrialStatistics

extension AnalysisInput {
  /// The outcomes of the plan, the primary one first, with p-values that allow for all comparisons.
  ///
  /// - Parameter isBrief: whether what stands beside test and model is left out.
  func planned(
    _ outcomes: [(series: OutcomeSeries, item: Item?)], isBrief: Bool = false
  ) -> [OutcomeResult] {
    // One of very many trials is analysed beside others as it is.
    let workers = isBrief ? 1 : AtOnce.processors
    var results = AtOnce.map(Array(outcomes.enumerated()), workers: workers) { place, outcome in
      self.outcome(
        outcome.series, item: outcome.item,
        role: isBrief ? .brief : place == 0 ? .primary : .alsoTested)
    }
    let places = results.indices.flatMap { outcome in
      results[outcome].contrasts.indices.map { (outcome: outcome, contrast: $0) }
    }
    guard places.count > 1 else { return results }
    // A comparison that could not be made counts with p = 1: it was planned.
    let raw = places.map { results[$0.outcome].contrasts[$0.contrast].test?.planned.p ?? 1 }
    guard let holm = try? SeveralOutcomes.holm(raw) else { return results }
    var ofArms: ArmsResult?
    if arms.count > 2 {
      var global: [ArmsResult.Global?]
      if outcomes.count == 1 {
        ofArms = try? armsTest(outcomes[0].series).result()
        global = [ofArms?.global]
      } else {
        // Closed testing is of the arms of one outcome: of several only the common test is asked for.
        global = AtOnce.map(outcomes, workers: workers) { try? self.armsTest($0.series).global() }
        for place in global.indices where results[place].contrasts.allSatisfy({ $0.test == nil }) {
          global[place] = nil
        }
      }
      for place in global.indices {
        results[place].global = global[place].map { GlobalTest(p: $0.p, arms: arms.count) }
      }
    }
    let maxT = commonP(outcomes.map(\.series), ofArms)
    for (index, place) in places.enumerated() {
      results[place.outcome].contrasts[place.contrast].adjusted = AdjustedP(
        maxT: maxT.map { max($0[index], raw[index]) }, holm: holm[index],
        comparisons: places.count)
    }
    return results
  }

  /// One p-value for each comparison from their common distribution; `nil` where there is none.
  ///
  /// It exists for several outcomes of two arms (max-T, stepping down) and for several arms of one
  /// outcome (closed testing by max-T), two-sided and with whole ties.
  private func commonP(
    _ outcomes: [OutcomeSeries], _ ofArms: ArmsResult?
  ) -> [Double]? {
    guard !plan.midP, plan.sides == .doubled || plan.sides == .absolute else { return nil }
    guard arms.count == 2 else { return ofArms?.contrasts.map(\.adjusted) }
    return try? JointTest(
      outcomes: outcomes.map {
        try JointTest.Outcome($0.exact(), whitening: whitening, covariates: covariates($0))
      }, observed: observed, kept: scheme.keptSlots, reference: reference,
      statistic: statisticKind, level: plan.level
    ).result().maxT.stepDown
  }

  private func armsTest(_ series: OutcomeSeries) throws -> ArmsTest {
    try ArmsTest(
      outcome: series.exact(), observed: observed, kept: scheme.keptSlots,
      layers: automaton.layers, ends: automaton.ends, armCount: arms.count,
      statistic: statisticKind, whitening: whitening, covariates: covariates(series),
      level: plan.level)
  }
}
