import TrialDesign

extension AnalysisInput {
  /// The difference of one arm and the reference on other scales.
  func effectSizes(_ series: OutcomeSeries, arm: Int, _ used: Set<Int>) -> [EffectSizeLine] {
    EffectSizeLine.lines(
      active: ratings(series, arm: arm, used), reference: ratings(series, arm: 0, used),
      pairs: pairs(series, used), phases: phases(series, arm: arm, used), level: plan.level)
  }

  /// The ratings by pair, where the scheme is pairs of slots; pairs with a missing one are left out.
  private func pairs(
    _ series: OutcomeSeries, _ used: Set<Int>
  ) -> (active: [Double], reference: [Double])? {
    guard case .pairs = scheme else { return nil }
    var result: (active: [Double], reference: [Double]) = ([], [])
    for pair in scheme.blocks where pair.allSatisfy(used.contains) {
      for slot in pair {
        guard let value = series.values[slot] else { continue }
        if observed[slot] == 0 {
          result.reference.append(value)
        } else {
          result.active.append(value)
        }
      }
    }
    return result
  }

  /// Baseline and treatment in the order of time, where the reference came first and once.
  private func phases(
    _ series: OutcomeSeries, arm: Int, _ used: Set<Int>
  ) -> (baseline: [Double], treatment: [Double])? {
    guard case .phases = scheme,
      zip(observed, observed.dropFirst()).count(where: { $0 != $1 }) == 1, observed.first == 0
    else { return nil }
    return (ratings(series, arm: 0, used), ratings(series, arm: arm, used))
  }
}
