import BlindRecord
import TrialDesign

extension AnalysisInput {
  /// The same trial under another plan, and with other slots of its periods left out.
  ///
  /// - Parameter scheme: one that gives the same assignments: washout is no part of the draw.
  func asking(_ plan: AnalysisPlan, scheme: RandomizationScheme) -> AnalysisInput {
    var input = self
    input.plan = plan
    input.scheme = scheme
    return input
  }

  /// The outcome without the first slots after each change of arm, worked out for every assignment.
  func outcome(
    _ series: OutcomeSeries, item: Item?, set: String, afterChanges dropped: Int
  ) -> OutcomeResult {
    let used = Set(
      observed.indices.filter { slot in
        series.values[slot] != nil
          && (0..<min(dropped, slot)).allSatisfy { observed[slot - 1 - $0] == observed[slot] }
      })
    let summaries = arms.indices.map { arm in
      ArmSummary(arm: arms[arm], values: ratings(series, arm: arm, used))
    }
    let contrasts = arms.indices.dropFirst().map { arm -> Contrast in
      var test: EffectTest?
      var note: String?
      do {
        test = try effectAfterChanges(series, arm: arm, dropped: dropped)
      } catch {
        note = reason(error, arm: arm)
      }
      var difference: Double?
      if let reference = summaries[0].mean, let mean = summaries[arm].mean {
        difference = mean - reference
      }
      return Contrast(
        arm: arm, name: arms[arm], reference: arms[0], meanDifference: difference, test: test,
        adjusted: nil, bayes: nil, effectSizes: [], carryOver: nil, note: note)
    }
    return OutcomeResult(
      name: series.name, prompt: item?.prompt ?? series.name, scale: item?.scaleInWords,
      unit: item?.unit, set: set,
      arms: summaries, contrasts: contrasts, global: nil, better: item?.better)
  }
}
