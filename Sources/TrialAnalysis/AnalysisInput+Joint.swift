import BlindRecord
import TrialDesign
import TrialStatistics

extension AnalysisInput {
  /// The outcomes of the plan, the primary one first, with p-values that allow for all comparisons.
  func planned(_ outcomes: [(series: OutcomeSeries, item: Item?)]) -> [OutcomeResult] {
    var results = outcomes.enumerated().map { place, outcome in
      self.outcome(outcome.series, item: outcome.item, isPlanned: true)
    }
    let places = results.indices.flatMap { outcome in
      results[outcome].contrasts.indices.map { (outcome: outcome, contrast: $0) }
    }
    guard places.count > 1 else { return results }
    // A comparison that could not be made counts with p = 1: it was planned.
    let raw = places.map { results[$0.outcome].contrasts[$0.contrast].test?.planned.p ?? 1 }
    guard let holm = try? SeveralOutcomes.holm(raw) else { return results }
    for (place, p) in zip(places, holm) {
      results[place.outcome].contrasts[place.contrast].adjusted = AdjustedP(
        maxT: nil, holm: p, comparisons: places.count)
    }
    return results
  }
}
