import Testing

@testable import TrialStatistics

@Suite("Adjustments by covariates")
struct AdjustmentTests {
  private let sizes = [4, 4, 4]
  private let observed = [0, 1, 1, 0, 1, 1, 0, 0, 0, 1, 0, 1]
  private let values: [Double?] = [3, 5, 4, nil, 7, 8, 6, 6, nil, 9, 6, 8]
  private var all: [[Int]] { blockAssignments([4, 4, 4], [2, 2, 2]) }
  private var set: ReferenceSet {
    ReferenceSet(layers: blockLayers(sizes: [4, 4, 4], active: [2, 2, 2]))
  }
  private var trend: [[Double]] { Covariates.trend(days: Array(0..<12)) }
  private var weekday: [[Double]] { Covariates.weekday(ordinals: Array(100..<112)) }

  @Test("the usual columns")
  func columns() {
    #expect(Covariates.trend(days: [1, 2, 6]) == [[-2, -1, 3]])
    #expect(
      Covariates.weekday(ordinals: [-1, 6, 0, 1]) == [[0, 0, 1, 0], [0, 0, 0, 1], [1, 1, 0, 0]])
    #expect(Covariates.previous(outcome: [2, nil, 6, 7]) == [[5, 2, 5, 6]])
    #expect(Covariates.previous(outcome: [nil, nil]) == [[0, 0]])
    #expect(Covariates.trend(days: []) == [[]])
  }

  @Test("p-values and limits by full matrices", arguments: [nil, -0.4, 0.6])
  func definition(phi: Double?) throws {
    let used = values.map { $0 != nil }
    let previous = Covariates.previous(outcome: values)
    for (blocks, extra) in [
      ([0..<12], trend), ([0..<12], trend + previous),
      ([0..<12], trend + trend + [[Double](repeating: 7, count: 12)]),
      (ranges(sizes), trend), (ranges(sizes), previous),
    ] {
      let kind: StatisticKind =
        blocks.count == 1 ? .meanDifference : .blockAdjusted(blocks: blocks)
      let result = try RandomizationTest(
        outcome: ExactOutcome(values: values), observed: observed, kept: nil, reference: set,
        statistic: kind, whitening: phi.map { .fixed($0) } ?? .none, covariates: extra, level: 0.8
      ).result()
      let dummies = blocks.map { block in (0..<12).map { block.contains($0) ? 1.0 : 0 } }
      let dense = DenseModel(phi: phi ?? 0, used: used, columns: dummies + extra)
      let scale = dense.form(observed, dense.rows.map { Double(observed[$0]) })
      func share(_ effect: Double, _ extreme: (Double, Double) -> Bool) -> Double {
        let adjusted = dense.rows.map { (values[$0] ?? 0) - effect * Double(observed[$0]) }
        let here = dense.form(observed, adjusted)
        return Double(all.count { extreme(dense.form($0, adjusted), here) }) / Double(all.count)
      }
      let greater = { (there: Double, here: Double) in there >= here - 1e-9 }
      let less = { (there: Double, here: Double) in there <= here + 1e-9 }
      let absolute = { (there: Double, here: Double) in abs(there) >= abs(here) - 1e-9 }
      #expect(result.method == .exact && result.autocorrelation == phi)
      let estimate = dense.form(observed, dense.rows.map { values[$0] ?? 0 }) / scale
      #expect(abs(result.estimate - estimate) < 1e-10)
      #expect(result.statistic == result.estimate && result.distributionIsClassed)
      #expect(result.pGreater == share(0, greater) && result.pLess == share(0, less))
      #expect(result.pAbsolute == share(0, absolute))
      #expect(isLimit(result.interval.lower, outwards: -1, 0.1) { share($0, greater) })
      #expect(isLimit(result.interval.upper, outwards: 1, 0.1) { share($0, less) })
      #expect(isLimit(result.intervalAbsolute.lower, outwards: -1, 0.2) { share($0, absolute) })
      #expect(isLimit(result.intervalAbsolute.upper, outwards: 1, 0.2) { share($0, absolute) })
    }
  }

  @Test("the autocorrelation is estimated with the covariates")
  func estimated() throws {
    let series: [Double] = [1, 2, 2, 4, 5, 5, 7, 8, 8, 10, 11, 11]
    let result = try RandomizationTest(
      outcome: ExactOutcome(values: series), observed: observed, kept: nil, reference: set,
      statistic: .meanDifference, whitening: .estimated, covariates: trend, level: 0.9
    ).result()
    let gaps = [0] + [Int](repeating: 1, count: 11)
    let ones = series.map { _ in 1.0 }
    let with = AR1Fit.restrictedPhi(outcome: series, columns: [ones] + trend, gaps: gaps)
    let without = AR1Fit.restrictedPhi(outcome: series, columns: [ones], gaps: gaps)
    #expect(abs((result.autocorrelation ?? .nan) - with) < 1e-6)
    #expect(abs(with - without) > 0.3)
  }

  @Test("a trend is taken out wholly: adding one changes nothing")
  func invariance() throws {
    func run(_ slope: Double) throws -> RandomizationResult {
      let moved = values.enumerated().map { day, value in
        value.map { $0 + slope * Double(day) }
      }
      return try RandomizationTest(
        outcome: ExactOutcome(values: moved), observed: observed, kept: nil, reference: set,
        statistic: .meanDifference, whitening: .none, covariates: trend, level: 0.9
      ).result()
    }
    let (plain, steep) = (try run(0), try run(3.5))
    #expect(plain.pGreater == steep.pGreater && plain.pAbsolute == steep.pAbsolute)
    #expect(abs(plain.estimate - steep.estimate) < 1e-9)
    #expect(abs((plain.interval.lower ?? .nan) - (steep.interval.lower ?? .nan)) < 1e-9)
  }

  @Test("over all assignments the size holds, and the interval covers a constant effect")
  func calibration() throws {
    let noise: [Double] = [2, 4, 3, 6, 5, 5, 8, 7, 9, 7, 10, 12]
    let columns = trend + weekday.prefix(2)
    func run(_ arms: [Int], _ effect: Double) throws -> RandomizationResult {
      try RandomizationTest(
        outcome: ExactOutcome(values: zip(noise, arms).map { $0 + effect * Double($1) }),
        observed: arms, kept: nil, reference: set, statistic: .meanDifference, whitening: .none,
        covariates: columns, level: 0.9
      ).result()
    }
    let share = try rejected(all, at: 0.1) { try run($0, 0).pDoubled }
    #expect(share <= 0.1 && share > 0.05)
    let previous = try rejected(all, at: 0.1) { arms in
      try RandomizationTest(
        outcome: ExactOutcome(values: noise), observed: arms, kept: nil, reference: set,
        statistic: .meanDifference, whitening: .estimated,
        covariates: trend + Covariates.previous(outcome: noise), level: 0.9
      ).result().pDoubled
    }
    #expect(previous <= 0.1 && previous > 0.05)
    let covered = try all.filter { arms in
      let interval = try run(arms, 3).interval
      return (interval.lower ?? -.infinity) <= 3 + 1e-9 && (interval.upper ?? .infinity) >= 3 - 1e-9
    }.count
    #expect(Double(covered) / Double(all.count) >= 0.9)
  }

  @Test("columns that cannot be used")
  func refusals() {
    func run(_ columns: [[Double]], _ kind: StatisticKind = .meanDifference) throws {
      _ = try RandomizationTest(
        outcome: ExactOutcome(values: values), observed: observed, kept: nil, reference: set,
        statistic: kind, whitening: .none, covariates: columns, level: 0.9
      ).result()
    }
    let arms = observed.map { 2 * Double($0) - 5 }
    let many = (0..<12).map { slot in (0..<12).map { $0 == slot ? 1.0 : 0 } }
    for kind in [
      StatisticKind.meanDifference, .studentised(blocks: nil), .rankSum(blocks: nil),
    ] {
      #expect(throws: StatisticsError.adjustmentsExplainArms) { try run([arms], kind) }
      #expect(throws: StatisticsError.tooFewSlots(found: 10, needed: 11)) { try run(many, kind) }
      #expect(throws: StatisticsError.covariateNotFinite(covariate: 2, slot: 5)) {
        try run([trend[0], trend[0].enumerated().map { $0 == 4 ? .nan : $1 }], kind)
      }
      #expect(throws: StatisticsError.lengthsDiffer(name: "covariate 1", found: 1, expected: 12)) {
        try run([[1]], kind)
      }
    }
    // A value that is not finite where the outcome is missing does no harm.
    #expect(throws: Never.self) { try run([trend[0].enumerated().map { $0 == 3 ? .nan : $1 }]) }
    #expect(
      StatisticsError.adjustmentsExplainArms.description
        == "what is taken out of the ratings explains the arms: leave out an adjustment that follows "
        + "their order, and state an autocorrelation where an estimated one does")
    #expect(
      StatisticsError.covariateNotFinite(covariate: 2, slot: 5).description
        == "covariate 2, slot 5: found a value that is not a finite number")
  }

  /// b exceeds 1 for many assignments of a small whitened set, so that far out p rises again.
  @Test("effects that are not rejected beyond rejected ones belong to the interval, which says so")
  func gaps() throws {
    let values: [Double?] = [8.35, nil, 3.17, 8.83, nil, 0.41, 9.06, nil]
    let observed = [1, 1, 0, 1, 1, 1, 0, 1]
    let layers = blockLayers(sizes: [3, 5], active: [2, 4])
    func result(_ effect: Double) throws -> RandomizationResult {
      let shifted = zip(values, observed).map { value, arm in
        value.map { $0 - effect * Double(arm) }
      }
      return try RandomizationTest(
        outcome: ExactOutcome(values: shifted), observed: observed, kept: nil,
        reference: ReferenceSet(layers: layers),
        statistic: .blockAdjusted(blocks: [0..<3, 3..<8]), whitening: .fixed(-0.3),
        covariates: Covariates.trend(days: Array(0..<8)), level: 0.5
      ).result()
    }
    let at = try result(0)
    #expect(try result(6).pDoubled < 0.5 && result(1000).pDoubled > 0.5)
    #expect(at.interval.upper == nil && at.intervalIsHull)
  }
}
