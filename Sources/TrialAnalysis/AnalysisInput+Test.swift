import BigInt
import TrialDesign
import TrialStatistics

extension AnalysisInput {
  /// The randomization test of one arm against the reference, as the plan has it.
  func randomizationTest(
    _ series: OutcomeSeries, arm: Int, used: Set<Int>
  ) throws -> EffectTest {
    let outcome = try series.exact()
    let result = try test(outcome, level: plan.level)
    let blocks =
      plan.statistic == .blockAdjusted ? scheme.blocks : [0..<automaton.slotCount]
    return EffectTest(
      result, planned: try planned(result) { try test(outcome, level: $0) },
      referenceSet: EffectTest.ReferenceCount(
        count: String(automaton.count),
        undefined: String(automaton.countWithoutContrast(observed: used, blocks: blocks))))
  }

  private func test(
    _ outcome: ExactOutcome, level: Double
  ) throws(StatisticsError) -> RandomizationResult {
    try RandomizationTest(
      outcome: outcome, observed: observed, kept: scheme.keptSlots, reference: reference,
      statistic: statisticKind, whitening: whitening, level: level
    ).result()
  }

  private var statisticKind: StatisticKind {
    switch plan.statistic {
    case .meanDifference: .meanDifference
    case .blockAdjusted: .blockAdjusted(blocks: scheme.blocks)
    case .studentised, .rankSum, .signedRank: .meanDifference  // NOT YET: branch issue3 only
    }
  }

  private var whitening: Whitening {
    switch plan.whitening {
    case .none: .none
    case .estimated: .estimated
    case .fixed(let phi): .fixed(phi)
    }
  }

  /// The p-value and the interval that the plan fixed.
  ///
  /// - Parameter again: the same test at another level. The bound of a one-sided test at 1 − α is
  ///   one end of the equal-tailed interval at 1 − 2α.
  private func planned(
    _ result: RandomizationResult, again: (Double) throws -> RandomizationResult
  ) throws -> EffectTest.Planned {
    let p = result.p(plan.sides, isMidP: plan.midP)
    let level = plan.level
    func oneSided(_ bound: (Interval) -> (lower: Double?, upper: Double?)) throws
      -> EffectTest.Bounds
    {
      // Below one half even the empty interval would do; no bound is claimed then.
      guard level > 0.5 else { return EffectTest.Bounds(level: level, lower: nil, upper: nil) }
      let ends = bound(try again(2 * level - 1).interval)
      return EffectTest.Bounds(level: level, lower: ends.lower, upper: ends.upper)
    }
    let interval =
      switch plan.sides {
      case .doubled: EffectTest.Bounds(result.interval)
      case .absolute: EffectTest.Bounds(result.intervalAbsolute)
      case .greater: try oneSided { ($0.lower, nil) }
      case .less: try oneSided { (nil, $0.upper) }
      }
    return EffectTest.Planned(sides: plan.sides, isMidP: plan.midP, p: p, interval: interval)
  }
}

extension OutcomeSeries {
  /// The values as the tests take them: whole units where they fit, exact decimals else.
  func exact() throws(StatisticsError) -> ExactOutcome {
    if let units { return ExactOutcome(units: units, decimals: decimals) }
    return try ExactOutcome(values: values)
  }
}

extension EffectTest {
  init(_ result: RandomizationResult, planned: Planned, referenceSet: ReferenceCount) {
    switch result.method {
    case .exact: method = .exact
    case .monteCarlo(let draws, let error):
      method = .monteCarlo(draws: draws, standardError: error)
    }
    estimate = result.estimate
    statistic = nil
    hodgesLehmann = result.hodgesLehmann
    p = PValues(
      greater: result.pGreater, less: result.pLess, doubled: result.pDoubled,
      absolute: result.pAbsolute, midGreater: result.midGreater)
    interval = Bounds(result.interval)
    intervalAbsolute = Bounds(result.intervalAbsolute)
    self.planned = planned
    self.referenceSet = referenceSet
    distribution = Bar.bars(
      of: result.distribution, observed: result.estimate,
      areClasses: result.autocorrelation != nil, tails: result.tails)
  }
}

extension RandomizationResult {
  /// The shares of the distribution at least as far from zero as the estimate, on either side;
  /// assignments without a statistic are not drawn.
  fileprivate var tails: (below: Double, above: Double) {
    let near = (estimate < 0 ? pLess : pGreater) - undefinedShare
    let far = pAbsolute - undefinedShare - near
    return estimate < 0 ? (near, far) : (far, near)
  }

  /// The p-value of the given sides; as mid-p without half of the ties.
  fileprivate func p(_ sides: AnalysisPlan.Sides, isMidP: Bool) -> Double {
    let half = isMidP ? pGreater - midGreater : 0
    return switch sides {
    case .greater: pGreater - half
    case .less: pLess - half
    case .doubled: min(1, 2 * (min(pGreater, pLess) - half))
    case .absolute: pAbsolute - (isMidP ? half + mirroredTies / 2 : 0)
    }
  }

  /// The share of assignments with exactly the opposite statistic.
  private var mirroredTies: Double {
    guard estimate != 0 else { return 0 }
    return distribution.reduce(0) {
      ($1.value + estimate).magnitude <= 1e-12 * estimate.magnitude ? $0 + $1.probability : $0
    }
  }
}

extension EffectTest.Bounds {
  init(_ interval: Interval) {
    level = interval.level
    lower = interval.lower
    upper = interval.upper
  }
}
