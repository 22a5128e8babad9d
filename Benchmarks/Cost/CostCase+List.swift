import TrialDesign
import TrialStatistics

extension CostCase {
  /// The lengths of the first table, in slots.
  static let lengths = [14, 28, 56, 112, 182, 364]

  /// Everything that is measured, in the order of the tables.
  static let all = byLength + byResolution + others

  /// The four families at a length.
  private static func families(_ slots: Int) -> [(name: String, scheme: RandomizationScheme)] {
    let fours = slots / 4
    let rest = slots % 4
    let sizes = [Int](repeating: 4, count: fours) + (rest > 0 ? [rest] : [])
    return [
      ("pairs", .pairs(RandomizedPairs(count: slots / 2))),
      ("blocks of four", .blocks(PermutedBlocks(sizes: sizes, active: sizes.map { $0 / 2 }))),
      ("complete", .complete(CompleteRandomization(slots: slots, active: slots / 2))),
      (
        "longest run 3",
        .alternation(RestrictedAlternation(slots: slots, active: slots / 2, longestRun: 3))
      ),
    ]
  }

  private static let byLength = lengths.flatMap { slots in
    families(slots).map { CostCase(group: "length", name: $0.name, scheme: $0.scheme) }
  }

  private static let byResolution = families(56).flatMap { family in
    Resolution.allCases.map {
      CostCase(group: "resolution", name: family.name, scheme: family.scheme, resolution: $0)
    }
  }

  /// Slots without a rating, in the cases that have some.
  static let missing = [5, 18, 33, 47]

  /// Equal blocks with half of each arm.
  static func blocks(_ size: Int, _ count: Int) -> RandomizationScheme {
    .blocks(
      PermutedBlocks(
        sizes: [Int](repeating: size, count: count),
        active: [Int](repeating: size / 2, count: count)))
  }

  private static let others = plain + whitened + statistics

  private static let plain = [Resolution.integers, .one, .two].flatMap { resolution in
    let four = blocks(4, 14)
    return [
      CostCase(
        group: "other", name: "14 blocks of four, block-adjusted", scheme: four,
        resolution: resolution, statistic: .blockAdjusted(blocks: four.blocks)),
      CostCase(
        group: "other", name: "14 blocks of four, four slots missing", scheme: four,
        resolution: resolution, missing: missing),
      CostCase(
        group: "other", name: "the same, block-adjusted", scheme: four, resolution: resolution,
        missing: missing, statistic: .blockAdjusted(blocks: four.blocks)),
      CostCase(
        group: "other", name: "7 blocks of eight", scheme: blocks(8, 7), resolution: resolution),
      CostCase(
        group: "other", name: "coin, at least 15 of each arm",
        scheme: .coin(BoundedCoin(slots: 56, fewest: 15)), resolution: resolution),
    ]
  }

  private static let whitened = [
    CostCase(
      group: "whitened", name: "14 pairs", scheme: .pairs(RandomizedPairs(count: 14)),
      whitening: .estimated),
    CostCase(
      group: "whitened", name: "28 pairs", scheme: .pairs(RandomizedPairs(count: 28)),
      whitening: .estimated),
    CostCase(
      group: "whitened", name: "14 blocks of four", scheme: blocks(4, 14), whitening: .estimated),
    CostCase(
      group: "whitened", name: "14 blocks of four, four slots missing", scheme: blocks(4, 14),
      missing: missing, whitening: .estimated),
    CostCase(
      group: "whitened", name: "complete, 28 of 56",
      scheme: .complete(CompleteRandomization(slots: 56, active: 28)), whitening: .estimated),
    CostCase(
      group: "whitened", name: "28 pairs with a trend instead",
      scheme: .pairs(RandomizedPairs(count: 28)), hasTrend: true),
    CostCase(
      group: "whitened", name: "14 blocks of four with a trend instead", scheme: blocks(4, 14),
      hasTrend: true),
  ]

  private static let statistics = {
    let pairs = RandomizationScheme.pairs(RandomizedPairs(count: 28))
    let (six, fourteen, year) = (blocks(4, 6), blocks(4, 14), blocks(4, 91))
    let complete = RandomizationScheme.complete(CompleteRandomization(slots: 56, active: 28))
    func made(
      _ name: String, _ scheme: RandomizationScheme, _ statistic: StatisticKind, trend: Bool = false
    ) -> CostCase {
      CostCase(
        group: "statistic", name: name, scheme: scheme, statistic: statistic, hasTrend: trend)
    }
    return [
      made("Welch's t, 28 of 56", complete, .studentised(blocks: nil)),
      made("t over 28 pairs", pairs, .studentised(blocks: pairs.blocks)),
      made("t over 6 blocks of four", six, .studentised(blocks: six.blocks)),
      made("t over 14 blocks of four", fourteen, .studentised(blocks: fourteen.blocks)),
      made("rank sum in 14 blocks of four", fourteen, .rankSum(blocks: fourteen.blocks)),
      made("rank sum, 28 of 56", complete, .rankSum(blocks: nil)),
      made("rank sum in 91 blocks of four", year, .rankSum(blocks: year.blocks)),
      made(
        "rank sum in 14 blocks, with a trend", fourteen, .rankSum(blocks: fourteen.blocks),
        trend: true),
      made("rank sum of 14 blocks, without blocks in the ranks", fourteen, .rankSum(blocks: nil)),
      made("signed ranks of 28 pairs", pairs, .signedRank(pairs: pairs.blocks)),
      made("signed ranks, with a trend", pairs, .signedRank(pairs: pairs.blocks), trend: true),
    ]
  }()
}
