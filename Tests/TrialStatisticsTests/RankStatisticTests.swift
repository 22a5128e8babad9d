import Testing
import TrialTestSupport

@testable import TrialStatistics

@Suite("Rank statistics over the scheme's set")
struct RankStatisticTests {
  /// Mid-ranks within a list, by counting.
  private func ranks(_ values: [Ratio]) -> [Ratio] {
    values.map { value in
      let below = values.count { $0 < value }
      let same = values.count { $0 == value }
      return Ratio(below) + Ratio(same + 1, 2)
    }
  }

  /// The active slots' ranks less the mean rank, summed over blocks; `nil` without a contrast.
  private func rankSum(_ arms: [Int], _ values: [Ratio?], _ blocks: [Range<Int>]) -> Ratio? {
    var sum = Ratio(0)
    var compares = false
    for block in blocks {
      let slots = block.filter { values[$0] != nil }
      let own = ranks(slots.compactMap { values[$0] })
      for (slot, rank) in zip(slots, own) where arms[slot] == 1 {
        sum = sum + rank - Ratio(slots.count + 1, 2)
      }
      if Set(slots.map { arms[$0] }).count == 2 { compares = true }
    }
    return compares ? sum : nil
  }

  /// Ranks of the magnitudes of all differences, signed; 0 has a rank and no sign.
  private func signedRank(_ arms: [Int], _ values: [Ratio?], _ pairs: [Range<Int>]) -> Ratio? {
    func mean(_ slots: [Int]) -> Ratio {
      slots.compactMap { values[$0] }.reduce(Ratio(0), +) / Ratio(slots.count)
    }
    var differences: [Ratio] = []
    for pair in pairs {
      let seen = pair.filter { values[$0] != nil }
      let (one, zero) = (seen.filter { arms[$0] == 1 }, seen.filter { arms[$0] == 0 })
      if !one.isEmpty, !zero.isEmpty { differences.append(mean(one) - mean(zero)) }
    }
    let own = ranks(differences.map(\.magnitude))
    return zip(differences, own).reduce(Ratio(0)) { sum, pair in
      pair.0 == Ratio(0) ? sum : pair.0 < Ratio(0) ? sum - pair.1 : sum + pair.1
    }
  }

  private struct Shares: Equatable {
    var greater = 0.0
    var less = 0.0
    var absolute = 0.0
    var ties = 0.0
  }

  private typealias Statistic = ([Int], [Ratio?]) -> Ratio?

  private func shares(
    _ all: [[Int]], _ observed: [Int], _ values: [Int?], _ effect: Ratio, _ statistic: Statistic
  ) -> Shares {
    let moved = values.indices.map { slot in
      values[slot].map { observed[slot] == 1 ? Ratio($0) - effect : Ratio($0) }
    }
    var shares = Shares()
    guard let here = statistic(observed, moved) else { return shares }
    for arms in all {
      let there = statistic(arms, moved)
      if there.map({ $0 >= here }) ?? true { shares.greater += 1 }
      if there.map({ $0 <= here }) ?? true { shares.less += 1 }
      if there.map({ $0.magnitude >= here.magnitude }) ?? true { shares.absolute += 1 }
      if there == here { shares.ties += 1 }
    }
    let total = Double(all.count)
    return Shares(
      greater: shares.greater / total, less: shares.less / total,
      absolute: shares.absolute / total, ties: shares.ties / total)
  }

  /// Everything against the definition, limits on all effects that are multiples of a quarter: ranks of
  /// integers change only at halves.
  private func compare(
    _ kind: StatisticKind, _ all: [[Int]], _ observed: [Int], _ values: [Int?],
    _ reference: ReferenceSet? = nil, _ statistic: Statistic
  ) throws {
    let level = 0.8
    let result = try RandomizationTest(
      outcome: ExactOutcome(units: values.map { $0.map { Int64($0) } }, decimals: 0),
      observed: observed, kept: nil, reference: reference ?? NaiveScheme(all).reference,
      statistic: kind, whitening: .none, level: level
    ).result()
    let place: Comment = "\(kind) \(observed) \(values)"
    let here = shares(all, observed, values, Ratio(0), statistic)
    #expect(abs(result.pGreater - here.greater) < 1e-12, place)
    #expect(abs(result.pLess - here.less) < 1e-12, place)
    #expect(abs(result.pAbsolute - here.absolute) < 1e-12, place)
    #expect(abs(result.midGreater - here.greater + here.ties / 2) < 1e-12, place)
    let own = statistic(observed, values.map { $0.map { Ratio($0) } })
    #expect(result.statistic == own?.value, place)
    let effects = (-120...120).map { Ratio($0, 8) }
    let scan = effects.map { shares(all, observed, values, $0, statistic) }
    func limits(_ keeps: (Shares) -> Bool) -> (Double?, Double?) {
      let kept = scan.indices.filter { keeps(scan[$0]) }
      guard let first = kept.first, let last = kept.last else { return (nil, nil) }
      // A kept eighth between two halves stands for the whole stretch.
      func down(_ index: Int) -> Double? {
        index == 0 ? nil : (effects[index].value * 2).rounded(.down) / 2
      }
      func up(_ index: Int) -> Double? {
        index == scan.count - 1 ? nil : (effects[index].value * 2).rounded(.up) / 2
      }
      return (down(first), up(last))
    }
    let tail = (1 - level) / 2 + 1e-12
    #expect(result.interval.lower == limits { $0.greater > tail }.0, place)
    #expect(result.interval.upper == limits { $0.less > tail }.1, place)
    let absolute = limits { $0.absolute > 2 * tail }
    #expect(result.intervalAbsolute.lower == absolute.0, place)
    #expect(result.intervalAbsolute.upper == absolute.1, place)
    let middle = (
      limits { $0.greater >= $0.less - 1e-12 }.0, limits { $0.greater <= $0.less + 1e-12 }.1
    )
    if let low = middle.0, let high = middle.1 {
      #expect(result.hodgesLehmann == (low + high) / 2, place)
      #expect(result.estimate == result.hodgesLehmann, place)
    }
  }

  @Test("rank sums within blocks, with ties and missing slots", arguments: 0..<16)
  func sums(seed: Int) throws {
    var generator = SamplingGenerator(seed: UInt64(500 + seed))
    let sizes = [[7], [4, 3], [2, 4], [3, 3]][seed % 4]
    let active = sizes.map { max(1, $0 / 2) }
    let all = blockAssignments(sizes, active)
    let values = (0..<sizes.reduce(0, +)).map { slot in
      slot == 2 && seed > 7 ? nil : Optional(Int.random(in: -4...5, using: &generator))
    }
    let set = ReferenceSet(layers: blockLayers(sizes: sizes, active: active))
    for observed in all.shuffled(using: &generator).prefix(2) {
      for blocks in [ranges(sizes), [0..<values.count]]
      where rankSum(observed, values.map { $0.map { Ratio($0) } }, blocks) != nil {
        let given = blocks.count == 1 && seed % 2 == 0 ? nil : blocks
        try compare(.rankSum(blocks: given), all, observed, values, set) {
          rankSum($0, $1, blocks)
        }
      }
    }
  }

  @Test("rank sums of a coin, where some assignments have no statistic")
  func coin() throws {
    let all = (0..<128).map { bits in (0..<7).map { bits >> $0 & 1 } }
    for blocks in [[0..<7], [0..<3, 3..<7]] {
      try compare(.rankSum(blocks: blocks), all, [0, 1, 1, 0, 1, 0, 0], [3, 7, 5, 4, 9, 4, 2]) {
        rankSum($0, $1, blocks)
      }
    }
  }

  @Test("signed ranks of pairs and of pairs of periods", arguments: 0..<12)
  func signed(seed: Int) throws {
    var generator = SamplingGenerator(seed: UInt64(600 + seed))
    let length = seed % 3 == 0 ? 2 : 1
    let count = length == 2 ? 4 : 6
    let all = blockAssignments(
      [Int](repeating: 2, count: count), [Int](repeating: 1, count: count)
    ).map { arms in arms.flatMap { [Int](repeating: $0, count: length) } }
    let slots = 2 * length * count
    let values = (0..<slots).map { slot in
      (slot == 3 && seed > 5) || slot == 5 && seed > 8
        ? nil
        : Optional(2 * Int.random(in: -3...4, using: &generator))
    }
    let pairs = (0..<count).map { 2 * length * $0..<2 * length * ($0 + 1) }
    let observed = all[Int.random(in: 0..<all.count, using: &generator)]
    try compare(.signedRank(pairs: pairs), all, observed, values) { signedRank($0, $1, pairs) }
  }

  @Test("signed ranks of randomized pairs are Wilcoxon's test, as coin has it")
  func wilcoxon() throws {
    let active = [5.5, 6, 4, 7, 8, 3.5, 6, 9]
    let reference = [4.0, 6.5, 3, 4, 6, 4.5, 3, 4]
    let known = try WilcoxonSignedRank(active: active, reference: reference, zeros: .ranked)
    let arms = [1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 1, 0, 0, 1, 1, 0]
    let values = (0..<8).flatMap { pair in
      arms[2 * pair] == 1
        ? [active[pair], reference[pair]] : [reference[pair], active[pair]]
    }
    let set = ReferenceSet(
      layers: blockLayers(
        sizes: [Int](repeating: 2, count: 8), active: [Int](repeating: 1, count: 8)))
    let result = try RandomizationTest(
      outcome: ExactOutcome(values: values), observed: arms, kept: nil, reference: set,
      statistic: .signedRank(pairs: ranges([Int](repeating: 2, count: 8))), whitening: .none,
      level: 0.9
    ).result()
    #expect(result.pGreater == known.pGreater && result.pLess == known.pLess)
    #expect(result.statistic == 2 * known.statistic - 36)
    let shift = try HodgesLehmann(pairsActive: active, reference: reference, level: 0.9)
    #expect(result.hodgesLehmann == shift.estimate)
  }

  @Test("with a trend taken out, against the definition")
  func adjusted() throws {
    let all = blockAssignments([4, 4], [2, 2])
    let observed = all[9]
    let values: [Double] = [3, 5, 4, 8, 7, 10, 9, 12]
    let trend = Covariates.trend(days: Array(0..<8))
    let ones = [[Double](repeating: 1, count: 8)]
    for blocks in [[0..<8], ranges([4, 4])] {
      let result = try RandomizationTest(
        outcome: ExactOutcome(values: values), observed: observed, kept: nil,
        reference: NaiveScheme(all).reference, statistic: .rankSum(blocks: blocks),
        whitening: .none, covariates: trend, level: 0.7
      ).result()
      let dummies = blocks.map { block in (0..<8).map { block.contains($0) ? 1.0 : 0 } }
      let dense = DenseModel(
        phi: 0, used: [Bool](repeating: true, count: 8),
        columns: (blocks.count == 1 ? ones : dummies) + trend)
      let (scores, effects) = (
        dense.adjusted(values), dense.adjusted(observed.map { Double($0) })
      )
      func share(_ effect: Double, _ extreme: (Int, Int) -> Bool) -> Double {
        let left = zip(scores, effects).map { Int((($0 - effect * $1) * 1e8).rounded()) }
        let own = blocks.flatMap { block in
          left[block].map { value in
            2 * left[block].count { $0 < value } + left[block].count { $0 == value } - block.count
          }
        }
        func sum(_ arms: [Int]) -> Int { zip(arms, own).reduce(0) { $0 + $1.0 * $1.1 } }
        return Double(all.count { extreme(sum($0), sum(observed)) }) / Double(all.count)
      }
      #expect(result.pGreater == share(0, >=) && result.pLess == share(0, <=))
      #expect(result.pAbsolute == share(0) { abs($0) >= abs($1) })
      if !result.intervalIsHull {
        #expect(isLimit(result.interval.lower, outwards: -1, 0.15 + 1e-12) { share($0, >=) })
        #expect(isLimit(result.interval.upper, outwards: 1, 0.15 + 1e-12) { share($0, <=) })
      }
    }
    let pairs = blockAssignments([2, 2, 2, 2], [1, 1, 1, 1])
    let signed = try RandomizationTest(
      outcome: ExactOutcome(values: values), observed: pairs[5], kept: nil,
      reference: NaiveScheme(pairs).reference, statistic: .signedRank(pairs: ranges([2, 2, 2, 2])),
      whitening: .none, covariates: trend, level: 0.7
    ).result()
    let dense = DenseModel(
      phi: 0, used: [Bool](repeating: true, count: 8), columns: ones + trend)
    func differences(_ effect: Double) -> [Double] {
      let left = zip(dense.adjusted(values), dense.adjusted(pairs[5].map { Double($0) }))
        .map { $0 - effect * $1 }
      return (0..<4).map { left[2 * $0] - left[2 * $0 + 1] }
    }
    func share(_ effect: Double) -> Double {
      let found = differences(effect)
      func sum(_ arms: [Int]) -> Double {
        found.indices.reduce(0) { total, pair in
          let size = abs(found[pair])
          let rank =
            Double(found.count { abs($0) < size - 1e-9 })
            + Double(found.count { abs(abs($0) - size) < 1e-9 } + 1) / 2
          let sign = found[pair] * Double(2 * arms[2 * pair] - 1)
          return total + (abs(sign) < 1e-9 ? 0 : sign > 0 ? rank : -rank)
        }
      }
      let here = sum(pairs[5])
      return Double(pairs.count { sum($0) >= here - 1e-9 }) / 16
    }
    #expect(signed.pGreater == share(0))
    #expect(isLimit(signed.interval.lower, outwards: -1, 0.15) { share($0) })
  }

  @Test("over all assignments the size holds, and the interval covers a constant effect")
  func calibration() throws {
    let sizes = [4, 4]
    let all = blockAssignments(sizes, [2, 2])
    let pairs = blockAssignments([2, 2, 2, 2], [1, 1, 1, 1])
    let noise: [Double] = [2, 9, 3, 6, 1, 5, 8, 8]
    let trend = Covariates.trend(days: Array(0..<8))
    for (list, kind, columns) in [
      (all, StatisticKind.rankSum(blocks: nil), []), (all, .rankSum(blocks: ranges(sizes)), []),
      (all, .rankSum(blocks: nil), trend),
      (pairs, .signedRank(pairs: ranges([2, 2, 2, 2])), []),
      (pairs, .signedRank(pairs: ranges([2, 2, 2, 2])), trend),
    ] {
      let set = NaiveScheme(list).reference
      func run(_ arms: [Int], _ effect: Double) throws -> RandomizationResult {
        try RandomizationTest(
          outcome: ExactOutcome(values: zip(noise, arms).map { $0 + effect * Double($1) }),
          observed: arms, kept: nil, reference: set, statistic: kind, whitening: .none,
          covariates: columns, level: 0.75
        ).result()
      }
      let share = try rejected(list, at: 0.25) { try run($0, 0).pDoubled }
      #expect(share <= 0.25 && share > 0, "\(kind)")
      let covered = try list.filter { arms in
        let interval = try run(arms, 4).interval
        return (interval.lower ?? -.infinity) <= 4 + 1e-6
          && (interval.upper ?? .infinity) >= 4 - 1e-6
      }.count
      #expect(Double(covered) / Double(list.count) >= 0.75, "\(kind)")
    }
  }

  @Test("what has no ranks, or no pairs")
  func degenerate() throws {
    let set = ReferenceSet(layers: blockLayers(sizes: [2, 2, 2], active: [1, 1, 1]))
    let blocks = ranges([2, 2, 2])
    func run(
      _ values: [Double?], _ kind: StatisticKind, _ reference: ReferenceSet? = nil
    ) throws -> RandomizationResult {
      try RandomizationTest(
        outcome: ExactOutcome(values: values), observed: [0, 1, 1, 0, 0, 1], kept: nil,
        reference: reference ?? set, statistic: kind, whitening: .none, level: 0.5
      ).result()
    }
    for kind in [
      StatisticKind.rankSum(blocks: nil), .rankSum(blocks: blocks), .signedRank(pairs: blocks),
    ] {
      let same = try run([4, 4, 4, 4, 4, 4], kind)
      #expect(same.pGreater == 1 && same.pAbsolute == 1 && same.statistic == 0)
      #expect(same.interval == Interval(level: 0.5, lower: 0, upper: 0))
      #expect(throws: StatisticsError.notFinite(slot: 1)) { try run([.nan, 1, 2, 3, 4, 5], kind) }
      let fine = try run([1.2345678901234567, 2.0000000000000004, 1, 3.3, 2.2, 1e-9], kind)
      #expect(fine.pGreater > 0 && fine.pGreater <= 1)
    }
    let halves: [Double?] = [nil, 2, 3, nil, 4, nil]
    #expect(throws: StatisticsError.noCompletePair) { try run(halves, .signedRank(pairs: blocks)) }
    #expect(throws: StatisticsError.noBlockWithBothArms) {
      try run(halves, .rankSum(blocks: blocks))
    }
    #expect(throws: StatisticsError.blocksDoNotCover) {
      try run([1, 2, 3, 4, 5, 6], .signedRank(pairs: [0..<2]))
    }
    // Blocks of three are no pairs, nor are pairs that depend on each other.
    #expect(throws: StatisticsError.notPairs(slot: 1)) {
      try run(
        [1, 2, 3, 4, 5, 6], .signedRank(pairs: [0..<3, 3..<6]),
        ReferenceSet(layers: blockLayers(sizes: [3, 3], active: [2, 1])))
    }
    #expect(throws: StatisticsError.notPairs(slot: 3)) {
      try run(
        [1, 2, 3, 4, 5, 6], .signedRank(pairs: blocks),
        NaiveScheme([[0, 1, 1, 0, 0, 1], [1, 0, 0, 1, 1, 0]]).reference)
    }
    #expect(
      StatisticsError.noCompletePair.description
        == "no pair has both halves observed: there is nothing to rank")
    #expect(
      StatisticsError.notPairs(slot: 3).description
        == "slot 3: the scheme does not swap the two halves of this pair independently of the rest")
    #expect(
      StatisticsError.tooManyPairs(found: 1001, limit: 1000).description
        == "found 1001 pairs, expected at most 1000 for signed ranks")
  }
}
