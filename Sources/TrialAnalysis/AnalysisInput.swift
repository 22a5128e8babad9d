import BigInt
import BlindRecord
import TrialDesign
import TrialStatistics

/// What every analysis of one trial shares: the scheme, the true assignment, the plan.
struct AnalysisInput {
  /// The arms' names, the reference first.
  let arms: [String]
  /// The scheme that drew the assignment.
  let scheme: RandomizationScheme
  /// The same, compiled.
  let automaton: SlotAutomaton
  /// The arm of each slot.
  let observed: [Int]
  /// The analysis as it was fixed.
  let plan: AnalysisPlan
  /// The day of each slot, for the model with time in it; `nil` where slots are all there is.
  let days: [CalendarDay]?

  private let reference: ReferenceSet

  /// - Throws: `SchemeError` when the scheme has no reference set.
  init(
    arms: [Arm], scheme: RandomizationScheme, observed: [Int], plan: AnalysisPlan,
    days: [CalendarDay]?
  ) throws {
    self.arms = arms.map(\.name)
    self.scheme = scheme
    automaton = try scheme.automaton()
    self.observed = observed
    self.plan = plan
    self.days = days
    reference = ReferenceSet(layers: automaton.layers)
  }

  /// The analysis of one outcome over one set of slots.
  func outcome(
    _ series: OutcomeSeries, item: Item?, set: String = "as scheduled"
  ) -> OutcomeResult {
    let kept = scheme.keptSlots
    let used = series.values.indices.filter { kept[$0] && series.values[$0] != nil }
    let summaries = arms.indices.map { arm in
      ArmSummary(
        arm: arms[arm],
        values: used.filter { observed[$0] == arm }.compactMap { series.values[$0] })
    }
    var test: EffectTest?
    var note: String?
    do {
      test = try randomizationTest(series, used: Set(used))
    } catch {
      note = "\(series.name): \(error)"
    }
    var bayes: BayesEffect?
    do {
      bayes = try posterior(series)
    } catch {
      note = note ?? "the Bayesian model of \(series.name) was not computed: \(error)"
    }
    return OutcomeResult(
      name: series.name, prompt: item?.prompt ?? series.name, unit: item?.unit, set: set,
      arms: summaries, test: test, bayes: bayes, note: note)
  }

  private func posterior(_ series: OutcomeSeries) throws(StatisticsError) -> BayesEffect {
    let kept = scheme.keptSlots
    let posterior = try AR1Posterior(
      outcome: series.values.enumerated().map { kept[$0.offset] ? $0.element : nil },
      active: observed, day: days.map { $0.map { Double($0.ordinal) } }, level: plan.level)
    return BayesEffect(
      mean: posterior.mean, sd: posterior.sd, lower: posterior.lower, upper: posterior.upper,
      probabilityPositive: posterior.probabilityPositive)
  }

  private func randomizationTest(
    _ series: OutcomeSeries, used: Set<Int>
  ) throws(StatisticsError) -> EffectTest {
    let outcome =
      if let units = series.units {
        ExactOutcome(units: units, decimals: series.decimals)
      } else {
        try ExactOutcome(values: series.values)
      }
    let statistic: StatisticKind =
      switch plan.statistic {
      case .meanDifference: .meanDifference
      case .blockAdjusted: .blockAdjusted(blocks: scheme.blocks)
      case .studentised, .rankSum, .signedRank: .meanDifference  // NOT YET: branch issue3 only
      }
    let whitening: Whitening =
      switch plan.whitening {
      case .none: .none
      case .estimated: .estimated
      case .fixed(let phi): .fixed(phi)
      }
    let result = try RandomizationTest(
      outcome: outcome, observed: observed, kept: scheme.keptSlots, reference: reference,
      statistic: statistic, whitening: whitening, level: plan.level
    ).result()
    let blocks =
      plan.statistic == .blockAdjusted ? scheme.blocks : [0..<automaton.slotCount]
    return EffectTest(
      result,
      referenceSet: EffectTest.ReferenceCount(
        count: String(automaton.count),
        undefined: String(automaton.countWithoutContrast(observed: used, blocks: blocks))))
  }
}

extension EffectTest {
  init(_ result: RandomizationResult, referenceSet: ReferenceCount) {
    switch result.method {
    case .exact: method = .exact
    case .monteCarlo(let draws, let error):
      method = .monteCarlo(draws: draws, standardError: error)
    }
    estimate = result.estimate
    hodgesLehmann = result.hodgesLehmann
    p = PValues(
      greater: result.pGreater, less: result.pLess, doubled: result.pDoubled,
      absolute: result.pAbsolute, midGreater: result.midGreater)
    interval = Bounds(result.interval)
    intervalAbsolute = Bounds(result.intervalAbsolute)
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
}

extension EffectTest.Bounds {
  init(_ interval: Interval) {
    level = interval.level
    lower = interval.lower
    upper = interval.upper
  }
}

extension Item {
  /// The unit of a numeric item, where it has one.
  var unit: String? {
    if case .number(_, _, _, let unit) = kind { unit } else { nil }
  }
}
