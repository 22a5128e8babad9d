import Testing
import TrialTestSupport

@testable import TrialStatistics

@Suite("Rank statistics over the scheme's set")
struct RankStatisticTests {
  /// Mid-ranks within a list, by counting.
  func ranks(_ values: [Ratio]) -> [Ratio] {
    values.map { value in
      let below = values.count { $0 < value }
      let same = values.count { $0 == value }
      return Ratio(below) + Ratio(same + 1, 2)
    }
  }

  /// The active slots' ranks less the mean rank, summed over blocks; `nil` without a contrast.
  func rankSum(_ arms: [Int], _ values: [Ratio?], _ blocks: [Range<Int>]) -> Ratio? {
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
  func signedRank(_ arms: [Int], _ values: [Ratio?], _ pairs: [Range<Int>]) -> Ratio? {
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

  struct Shares: Equatable {
    var greater = 0.0
    var less = 0.0
    var absolute = 0.0
    var ties = 0.0
  }

  typealias Statistic = ([Int], [Ratio?]) -> Ratio?

  func shares(
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
  func compare(
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
}
