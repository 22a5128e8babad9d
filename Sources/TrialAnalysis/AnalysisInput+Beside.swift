import BlindRecord
import TrialDesign
import TrialStatistics

/// What stands beside the primary test: the usual t-test, the slots that were missing, the test's parts.
extension AnalysisInput {
  /// Welch's t-test over the ratings of one arm and the reference.
  func naive(_ series: OutcomeSeries, arm: Int, _ used: Set<Int>) -> NaiveComparison? {
    NaiveComparison(
      values: series.differences.enumerated().map { slot, value in
        used.contains(slot) && (observed[slot] == 0 || observed[slot] == arm) ? value : nil
      }, active: observed.map { $0 == arm }, level: plan.level)
  }

  /// The slots that an effect of the plan's threshold would have needed beyond those of the trial.
  func further(_ test: EffectTest?, arm: Int, _ used: Set<Int>) -> FurtherSlots? {
    guard let test, let threshold = plan.relevance?.value.magnitude else { return nil }
    return FurtherSlots(
      test.interval, degrees: degrees(arm: arm, used), scheduled: observed.count,
      effect: threshold)
  }

  /// What a test of one arm and the reference has: randomized units with a rating, less the blocks with a
  /// rating, less one.
  ///
  /// A block with one of the two arms only takes its own mean and tells nothing beside it, so it costs as
  /// much as it brings.
  func degrees(arm: Int, _ used: Set<Int>) -> Int {
    let compared = used.filter { observed[$0] == 0 || observed[$0] == arm }
    var units = compared.count
    if case .periods(let periods) = scheme {
      units = Set(compared.map { $0 / max(1, periods.length) }).count
    }
    let blocks = scheme.blocks.count { block in compared.contains(where: block.contains) }
    return units - max(1, blocks) - 1
  }

  /// The primary test in numbers.
  func primaryTest(_ series: OutcomeSeries, arm: Int, phi: Double?) -> PrimaryTest {
    let (reference, observed, kept) = comparing(arm)
    let isBlocked: Bool
    switch statisticKind {
    case .meanDifference, .studentised(nil), .rankSum(nil): isBlocked = false
    case .blockAdjusted, .studentised, .rankSum, .signedRank: isBlocked = true
    }
    let blocks = reference.withLots(isBlocked ? scheme.blocks : [0..<observed.count])
    return PrimaryTest(
      outcome: series.name, arm: arms[arm], reference: arms[0],
      statistic: plan.statistic.rawValue, sides: plan.sides.rawValue, midP: plan.midP,
      level: plan.level, phi: phi, phiIsEstimated: plan.whitening == .estimated,
      values: reference.withLots(series.differences, nil), observed: reference.withLots(observed),
      kept: reference.withLots(kept, false),
      blocks: blocks.map { [$0.lowerBound, $0.upperBound - 1] },
      columns: covariates(series).map { reference.withLots($0, 0) },
      layers: reference.layers,
      monitoring: plan.monitoring.map { rule in
        PrimaryTest.Monitoring(
          sd: rule.sd.value, ends: reference.withLots(scheme.blocks).map(\.upperBound))
      })
  }
}
