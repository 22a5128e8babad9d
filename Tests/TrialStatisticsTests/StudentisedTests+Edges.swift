import Testing

@testable import TrialStatistics

extension StudentisedTests {
  @Test("over all assignments the size holds, and the interval covers a constant effect")
  func calibration() throws {
    let sizes = [3, 4]
    let all = blockAssignments(sizes, [1, 2])
    let set = NaiveScheme(all).reference
    let noise: [Double] = [2, 9, 3, 6, 1, 5, 8]
    func run(_ arms: [Int], _ effect: Double, _ columns: [[Double]]) throws -> RandomizationResult {
      try RandomizationTest(
        outcome: ExactOutcome(values: zip(noise, arms).map { $0 + effect * Double($1) }),
        observed: arms, kept: nil, reference: set, statistic: .studentised(blocks: nil),
        whitening: .none, covariates: columns, level: 0.75
      ).result()
    }
    for columns in [[], Covariates.trend(days: Array(0..<7))] {
      let share = try rejected(all, at: 0.25) { try run($0, 0, columns).pDoubled }
      #expect(share <= 0.25 && share > 0)
      let covered = try all.filter { arms in
        let interval = try run(arms, 4, columns).interval
        return (interval.lower ?? -.infinity) <= 4 + 1e-6
          && (interval.upper ?? .infinity) >= 4 - 1e-6
      }.count
      #expect(Double(covered) / Double(all.count) >= 0.75)
    }
  }

  @Test("adjusted, whitened and drawn")
  func routes() throws {
    let all = blockAssignments([3, 4], [1, 2])
    let values: [Double] = [2, 9, 3, 6, 1, 5, 8]
    let result = try RandomizationTest(
      outcome: ExactOutcome(values: values), observed: all[7], kept: nil,
      reference: NaiveScheme(all).reference, statistic: .studentised(blocks: nil),
      whitening: .fixed(0.4), covariates: Covariates.trend(days: Array(0..<7)), level: 0.8
    ).result()
    let dense = DenseModel(
      phi: 0.4, used: [Bool](repeating: true, count: 7),
      columns: [[Double](repeating: 1, count: 7)] + Covariates.trend(days: Array(0..<7)))
    let scores = dense.adjusted(values)
    let effects = dense.adjusted(all[7].map { Double($0) })
    func share(_ effect: Double, _ side: Side) -> Double {
      let left = zip(scores, effects).map { $0 - effect * $1 }
      let here = t(all[7], left, nil) ?? .nan
      return Double(all.count { side.extreme(t($0, left, nil) ?? .infinity, here) })
        / Double(all.count)
    }
    #expect(result.pGreater == share(0, .greater) && result.pAbsolute == share(0, .absolute))
    #expect(isLimit(result.interval.lower, outwards: -1, 0.1) { share($0, .greater) })
    #expect(isLimit(result.interval.upper, outwards: 1, 0.1) { share($0, .less) })
    #expect(result.autocorrelation == 0.4)

    // A coin over 24 slots is drawn from.
    let coin = ReferenceSet(layers: layers(slots: 24, start: 0) { _, state, _ in state })
    let arms = (0..<24).map { $0 % 2 }
    let drawn = try RandomizationTest(
      outcome: ExactOutcome(
        values: arms.enumerated().map { Double($1) * 1.5 + Double($0 * $0 % 7) + .pi / 8 }),
      observed: arms, kept: nil, reference: coin, statistic: .studentised(blocks: nil),
      whitening: .none, level: 0.9
    ).result()
    guard case .monteCarlo(let draws, _) = drawn.method else {
      Issue.record("expected draws")
      return
    }
    #expect(draws == 100_000 && drawn.pGreater >= 1 / 100_001)
    #expect((drawn.interval.lower ?? .nan) <= drawn.estimate)
  }

  @Test("outcomes that do not vary, and too few slots")
  func degenerate() throws {
    let all = blockAssignments([7], [3])
    func run(_ values: [Double?], _ blocks: [Range<Int>]? = nil) throws -> RandomizationResult {
      try RandomizationTest(
        outcome: ExactOutcome(values: values), observed: [1, 1, 1, 0, 0, 0, 0], kept: nil,
        reference: NaiveScheme(all).reference, statistic: .studentised(blocks: blocks),
        whitening: .none, level: 0.8
      ).result()
    }
    let same = try run([4, 4, 4, 4, 4, 4, 4])
    #expect(same.statistic == 0 && same.pGreater == 1 && same.pAbsolute == 1)
    #expect(same.interval == Interval(level: 0.8, lower: 0, upper: 0))
    // Constant in each arm: t is infinite, and no other assignment reaches it.
    let apart = try run([5, 5, 5, 2, 2, 2, 2])
    #expect(apart.statistic == .infinity && apart.pGreater == 1 / 35 && apart.pAbsolute == 1 / 35)
    #expect(abs((apart.interval.lower ?? .nan) - 3) < 1e-6)
    #expect(abs((apart.interval.upper ?? .nan) - 3) < 1e-6)
    #expect(throws: StatisticsError.tooFewForStandardError) { try run([5, nil, nil, 2, 3, 4, 5]) }
    #expect(throws: StatisticsError.tooFewForStandardError) {
      try run([5, 1, 6, 2, 3, 4, 5], [0..<7])
    }
    #expect(
      StatisticsError.tooFewForStandardError.description
        == "a studentised difference needs two observed slots of each arm, or two blocks with both arms"
    )
    #expect(throws: StatisticsError.notFinite(slot: 2)) { try run([5, .nan, 6, 2, 3, 4, 5]) }
    // Seventeen digits.
    let fine = try run([5.1234567890123456, 1, 6, 2, 3.3333333333333333, 4, 5])
    #expect(fine.pGreater > 0 && fine.pGreater < 1 && fine.statistic.isFinite)
  }

  @Test("the sweep over effects: ends count, gaps are said, sides may be open")
  func sweep() {
    var sweep = EffectSweep()
    sweep.add([0, 1], [false, true, false])
    sweep.add([1, 2], [false, true, false])
    // Two at once only where the one ends and the other begins.
    let touching = sweep.limits(1)
    #expect(touching == (1, 1, false))
    #expect(sweep.limits(0) == (0, 2, false))
    sweep.add([5, 6], [false, true, false])
    #expect(sweep.limits(0) == (0, 6, true))
    sweep.add([3], [true, false])
    #expect(sweep.limits(0) == (nil, 6, true))
    sweep.addAlways()
    #expect(sweep.limits(0) == (nil, nil, false))
    // Nothing is kept.
    #expect(sweep.limits(9) == (nil, nil, false))
  }

  @Test("roots of polynomials of degree four")
  func roots() {
    for wanted in [[-3, -0.5, 0.25, 8], [-1e4, -1e-3, 0.7, 0.9], [-1, 0.3, 1, 3], [2.0]] {
      var coefficients = [1.0]
      for root in wanted {
        var next = [Double](repeating: 0, count: coefficients.count + 1)
        for (power, value) in coefficients.enumerated() {
          next[power] -= root * value
          next[power + 1] += value
        }
        coefficients = next
      }
      let found = RealRoots.all(coefficients)
      #expect(found.count == wanted.count)
      for (one, two) in zip(found, wanted) { #expect(agree(one, two, 1e-9)) }
    }
    #expect(RealRoots.all([1, 0, 1]).isEmpty && RealRoots.all([0, 0, 0]).isEmpty)
    #expect(RealRoots.all([0, 1, 0, 0, 0]) == [0])
  }
}
