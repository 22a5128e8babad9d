import BigInt
import BlindRecord
import TrialDesign
import TrialStatistics

extension AnalysisInput {
  /// Two arms: the assignments of the scheme; with more, those that are the real one wherever that
  /// has a third arm.
  func comparing(_ arm: Int) -> (reference: ReferenceSet, observed: [Int], kept: [Bool]) {
    if arms.count == 2 { return (reference, observed, scheme.keptSlots) }
    let pair = ReferenceSet.comparing(
      layers: automaton.layers, observed: observed, arm: arm, ends: automaton.ends)
    return (pair.reference, pair.observed, zip(pair.kept, scheme.keptSlots).map { $0 && $1 })
  }

  /// The randomization test of one arm against the reference, as the plan has it.
  func randomizationTest(
    _ series: OutcomeSeries, arm: Int, used: Set<Int>
  ) throws -> EffectTest {
    let (result, planned) = try plannedTest(series, arm: arm)
    let reference = comparing(arm).reference
    return EffectTest(
      result, planned: planned,
      referenceSet: referenceCount(result, reference, arm: arm, used: used),
      hasOwnUnit: !statisticIsTheEffect)
  }

  /// The same without what only a report needs: the one path of an analysis and of a simulation.
  ///
  /// - Parameter drawing: draws that stand for the whole set, and their seed; for simulations.
  func plannedTest(
    _ series: OutcomeSeries, arm: Int, drawing: (count: Int, seed: UInt64)? = nil
  ) throws -> (result: RandomizationResult, planned: EffectTest.Planned) {
    let outcome = try series.exact()
    let (reference, observed, kept) = comparing(arm)
    func test(_ level: Double) throws -> RandomizationResult {
      let test = try RandomizationTest(
        outcome: outcome, observed: observed, kept: kept, reference: reference,
        statistic: statisticKind, whitening: whitening, covariates: covariates(series),
        level: level)
      return try (drawing.map { test.drawing($0.count, seed: $0.seed) } ?? test).result()
    }
    let result = try test(plan.level)
    return (result, try planned(result, again: test))
  }

  /// How many assignments there are, and how many of them have no statistic.
  private func referenceCount(
    _ result: RandomizationResult, _ reference: ReferenceSet, arm: Int, used: Set<Int>
  ) -> EffectTest.ReferenceCount {
    let isPlain = plan.statistic == .meanDifference || plan.statistic == .blockAdjusted
    if arms.count == 2, isPlain {
      let blocks =
        plan.statistic == .blockAdjusted ? scheme.blocks : [0..<automaton.slotCount]
      return EffectTest.ReferenceCount(
        count: String(automaton.count),
        undefined: String(automaton.countWithoutContrast(observed: used, blocks: blocks)))
    }
    let count = automaton.conditionalCount(
      of: Assignment(arms: observed), arms: (0, arm))
    let rounded = result.undefinedShare * reference.count
    // Beyond what a Double holds the share of all is what is known.
    let undefined =
      result.undefinedCount.map { String($0) }
      ?? String(
        rounded.isFinite
          ? BigUInt(rounded.rounded())
          : count * BigUInt((result.undefinedShare * 0x1p53).rounded()) >> 53)
    return EffectTest.ReferenceCount(count: String(count), undefined: undefined)
  }

  /// The statistic of the plan, with the blocks of the scheme where it has some.
  ///
  /// A standard error between blocks needs several of them: with fewer than five the studentised
  /// statistic is Welch's.
  var statisticKind: StatisticKind {
    switch plan.statistic {
    case .meanDifference: .meanDifference
    case .blockAdjusted: .blockAdjusted(blocks: scheme.blocks)
    case .studentised: .studentised(blocks: isStudentisedByBlocks ? scheme.blocks : nil)
    case .rankSum: .rankSum(blocks: scheme.blocks.count > 1 ? scheme.blocks : nil)
    case .signedRank: .signedRank(pairs: scheme.blocks)
    }
  }

  /// Whether the standard error of a studentised statistic is that between blocks.
  var isStudentisedByBlocks: Bool { scheme.blocks.count >= 5 }

  /// Whether the statistic is the effect itself, in the outcome's unit.
  private var statisticIsTheEffect: Bool {
    plan.statistic == .meanDifference || plan.statistic == .blockAdjusted
  }

  /// What is done to the autocorrelation.
  var whitening: Whitening {
    switch plan.whitening {
    case .none: .none
    case .estimated: .estimated
    case .fixed(let phi): .fixed(phi)
    }
  }

  /// The columns that the plan takes out of a series.
  func covariates(_ series: OutcomeSeries) -> [[Double]] {
    plan.adjustments.flatMap { covariates(series, $0) }
  }

  /// The columns of one adjustment; the slots stand for days where there are none.
  func covariates(
    _ series: OutcomeSeries, _ adjustment: AnalysisPlan.Adjustment
  ) -> [[Double]] {
    let ordinals = days?.map(\.ordinal) ?? Array(observed.indices)
    return switch adjustment {
    case .trend: Covariates.trend(days: ordinals)
    case .weekday: Covariates.weekday(ordinals: ordinals)
    case .previous: Covariates.previous(outcome: series.differences)
    }
  }

  /// The p-value and the interval that the plan fixed.
  ///
  /// - Parameter again: the same test at another level. The bound of a one-sided test at 1 − α is
  ///   one end of the equal-tailed interval at 1 − 2α.
  func planned(
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
  /// - Parameter hasOwnUnit: whether the statistic has another unit than the effect.
  init(
    _ result: RandomizationResult, planned: Planned, referenceSet: ReferenceCount,
    hasOwnUnit: Bool = false
  ) {
    switch result.method {
    case .exact: method = .exact
    case .monteCarlo(let draws, let error):
      method = .monteCarlo(draws: draws, standardError: error)
    }
    estimate = result.estimate
    let own = hasOwnUnit ? result.statistic : result.estimate
    let drawn = Bar.finite(result.distribution)
    infinity = drawn.infinity
    statistic = hasOwnUnit && own.isFinite ? own : nil
    observed = own.isFinite ? own : (own > 0 ? 1 : -1) * (drawn.infinity ?? 1)
    roundingUnit = result.roundingUnit
    self.hasOwnUnit = hasOwnUnit
    hodgesLehmann = result.hodgesLehmann
    p = PValues(
      greater: result.pGreater, less: result.pLess, doubled: result.pDoubled,
      absolute: result.pAbsolute, midGreater: result.midGreater)
    interval = Bounds(result.interval)
    intervalAbsolute = Bounds(result.intervalAbsolute)
    intervalDraws = result.intervalDraws
    intervalIsHull = result.intervalIsHull
    self.planned = planned
    self.referenceSet = referenceSet
    distribution = Bar.bars(
      of: drawn.values, observed: observed,
      areClasses: result.autocorrelation != nil || result.distributionIsClassed,
      tails: result.tails)
    autocorrelation = result.autocorrelation
  }
}

extension RandomizationResult {
  /// The shares of the distribution at least as far from zero as the statistic, on either side;
  /// assignments without a statistic are not drawn.
  fileprivate var tails: (below: Double, above: Double) {
    let near = (statistic < 0 ? pLess : pGreater) - undefinedShare
    let far = pAbsolute - undefinedShare - near
    return statistic < 0 ? (near, far) : (far, near)
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
  ///
  /// None is found among the classes of a distribution of more than 2,000 values; these ties then
  /// count whole, which makes the p-value larger by at most their half.
  private var mirroredTies: Double {
    guard statistic != 0 else { return 0 }
    return distribution.reduce(0) {
      let isOpposite =
        $1.value == -statistic
        || ($1.value + statistic).magnitude <= 1e-12 * statistic.magnitude
      return isOpposite ? $0 + $1.probability : $0
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
