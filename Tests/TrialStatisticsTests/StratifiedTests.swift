import Testing

@testable import TrialStatistics

/// The randomization test over several trials, against every combination of their schedules.
struct StratifiedTests {
  /// Pairs of slots, AB or BA each.
  private static func pairs(_ count: Int) -> ReferenceSet {
    ReferenceSet(
      layers: (0..<2 * count).map { slot in slot % 2 == 0 ? [[0, 1]] : [[-1, 0], [0, -1]] })
  }

  /// Every assignment of pairs.
  private static func assignments(_ count: Int) -> [[Int]] {
    (0..<1 << count).map { bits in
      (0..<count).flatMap { bits >> $0 & 1 == 1 ? [1, 0] : [0, 1] }
    }
  }

  /// Any order of so many slots with so many active ones.
  private static func complete(_ slots: Int, _ active: Int) -> ReferenceSet {
    ReferenceSet(
      layers: (0..<slots).map { slot in
        (0...min(slot, active)).map { used in
          let left = slots - slot - 1
          let without: Int32 = active - used <= left ? Int32(used) : -1
          return [without, used < active ? Int32(used + 1) : -1]
        }
      })
  }

  private struct Trial {
    let values: [Int64?]
    let decimals: Int
    let observed: [Int]
    let assignments: [[Int]]
    let reference: ReferenceSet

    var sums: TrialSums? {
      TrialSums(
        outcome: ExactOutcome(units: values, decimals: decimals), observed: observed,
        kept: values.map { _ in true }, reference: reference)
    }

    /// The sum less the rounded mean, in units of three decimals.
    func sum(_ arms: [Int]) -> Int {
      let there = values.compactMap { $0 }
      let mean = (Double(there.reduce(0, +)) / Double(there.count)).rounded()
      var unit = 1
      for _ in decimals..<3 { unit *= 10 }
      return arms.indices.reduce(0) {
        $0 + (arms[$1] == 1 ? Int((values[$1] ?? Int64(mean)) - Int64(mean)) * unit : 0)
      }
    }
  }

  private static func trial(_ seed: Int) -> Trial {
    var generator = CounterGenerator(seed: 11, simulation: seed, stream: .noise)
    let isPairs = seed % 2 == 0
    let slots = isPairs ? 6 : 5
    let decimals = seed % 3
    let values = (0..<slots).map { slot -> Int64? in
      slot == seed % 7 ? nil : Int64(generator.uniform() * 9)
    }
    let all =
      isPairs
      ? assignments(3)
      : (0..<32).filter { $0.nonzeroBitCount == 2 }.map { bits in (0..<5).map { bits >> $0 & 1 } }
    return Trial(
      values: values, decimals: decimals, observed: all[seed % all.count], assignments: all,
      reference: isPairs ? pairs(3) : complete(5, 2))
  }

  @Test("one trial's sums are those of every assignment", arguments: 0..<12)
  func counted(seed: Int) throws {
    let trial = Self.trial(seed)
    let sums = try #require(trial.sums)
    var unit = 1
    for _ in trial.decimals..<3 { unit *= 10 }
    var expected: [Int: Double] = [:]
    for arms in trial.assignments { expected[trial.sum(arms) / unit, default: 0] += 1 }
    let found = Dictionary(
      uniqueKeysWithValues: sums.weights.enumerated().filter { $0.element > 0 }
        .map { (sums.low + $0.offset, $0.element) })
    #expect(found == expected)
    #expect(sums.observed == trial.sum(trial.observed) / unit)
  }

  @Test("three trials are every combination of their assignments", arguments: 0..<8)
  func combined(seed: Int) throws {
    let trials = [seed, seed + 1, seed + 3].map(Self.trial)
    let observed = trials.reduce(0) { $0 + $1.sum($1.observed) }
    var (greater, less, all) = (0, 0, 0)
    for one in trials[0].assignments {
      for two in trials[1].assignments {
        for three in trials[2].assignments {
          let sum = trials[0].sum(one) + trials[1].sum(two) + trials[2].sum(three)
          all += 1
          if sum >= observed { greater += 1 }
          if sum <= observed { less += 1 }
        }
      }
    }
    let sums = try trials.map { try #require($0.sums) }
    let test = try StratifiedTest(sums)
    #expect(test.method == .exact)
    #expect(agree(test.pGreater, Double(greater) / Double(all)))
    #expect(agree(test.pLess, Double(less) / Double(all)))
    let turned = try StratifiedTest(Array(sums.reversed()))
    #expect(agree(turned.pGreater, test.pGreater, 1e-14))
  }

  @Test("draws agree with the convolution, and say their error")
  func drawn() throws {
    let sums = try (0..<6).map { try #require(Self.trial($0).sums) }
    let exact = try StratifiedTest(sums)
    let drawn = try StratifiedTest(sums, seed: 5, work: 0)
    guard case .monteCarlo(let draws, let error) = drawn.method else {
      Issue.record("it was counted")
      return
    }
    #expect(draws == 99_999)
    #expect(error > 0 && error < 0.01)
    #expect(abs(drawn.pGreater - exact.pGreater) < 2 * error)
    #expect(abs(drawn.pLess - exact.pLess) < 2 * error)
    #expect(try StratifiedTest(sums, seed: 5, work: 0) == drawn)
    #expect(try StratifiedTest(sums, seed: 6, work: 0) != drawn)
    // (c + 1) / (m + 1) is never 0, however extreme the observed sum.
    let extreme = try #require(
      TrialSums(low: 0, weights: [1e15, 1], observed: 1, decimals: 0))
    let least = try StratifiedTest([extreme, extreme], work: 0)
    #expect(least.pGreater == 1.0 / 100_000)
  }

  @Test("huge sets are chances, not counts")
  func huge() throws {
    let slots = 140
    let values = (0..<slots).map { Int64(($0 * 7) % 5) as Int64? }
    let observed = (0..<slots).map { $0 % 2 }
    let sums = try #require(
      TrialSums(
        outcome: ExactOutcome(units: values, decimals: 0), observed: observed,
        kept: values.map { _ in true }, reference: Self.pairs(slots / 2)))
    #expect(abs(sums.weights.reduce(0, +) - 1) < 1e-12)
    let test = try StratifiedTest([sums])
    let peer = try RandomizationTest(
      outcome: ExactOutcome(units: values, decimals: 0), observed: observed, kept: nil,
      reference: Self.pairs(slots / 2), statistic: .meanDifference, whitening: .none, level: 0.95
    ).result()
    #expect(agree(test.pGreater, peer.pGreater, 1e-12))
    #expect(agree(test.pLess, peer.pLess, 1e-12))
  }

  @Test func whatIsNoDistribution() {
    #expect(TrialSums(low: 0, weights: [1, 0], observed: 1, decimals: 0) == nil)
    #expect(TrialSums(low: 0, weights: [1, -1], observed: 0, decimals: 0) == nil)
    #expect(TrialSums(low: 0, weights: [.nan], observed: 0, decimals: 0) == nil)
    #expect(TrialSums(low: 0, weights: [1], observed: 5, decimals: 0) == nil)
    #expect(TrialSums(low: 0, weights: [1], observed: 0, decimals: 13) == nil)
    #expect(TrialSums(low: 3, weights: [1], observed: 3, decimals: 0) != nil)
    #expect(throws: PoolingError.noTrial) { try StratifiedTest([]) }
  }
}
