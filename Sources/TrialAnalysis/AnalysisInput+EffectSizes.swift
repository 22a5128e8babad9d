import TrialDesign

extension AnalysisInput {
  /// The difference of one arm and the reference on other scales.
  func effectSizes(_ series: OutcomeSeries, arm: Int, _ used: Set<Int>) -> [EffectSizeLine] {
    let values = series.differences
    return EffectSizeLine.lines(
      outcome: values.indices.map { slot in
        let isCompared = observed[slot] == 0 || observed[slot] == arm
        return used.contains(slot) && isCompared ? values[slot] : nil
      }, active: observed.map { $0 == arm ? 1 : 0 }, pairs: pairs(series, used), level: plan.level)
  }

  /// The ratings by pair, where the scheme is pairs of slots; pairs with a missing one are left out.
  private func pairs(
    _ series: OutcomeSeries, _ used: Set<Int>
  ) -> (active: [Double], reference: [Double])? {
    guard case .pairs = scheme else { return nil }
    let values = series.differences
    var result: (active: [Double], reference: [Double]) = ([], [])
    for pair in scheme.blocks where pair.allSatisfy(used.contains) {
      for slot in pair {
        guard let value = values[slot] else { continue }
        if observed[slot] == 0 {
          result.reference.append(value)
        } else {
          result.active.append(value)
        }
      }
    }
    return result
  }
}
