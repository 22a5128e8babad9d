import Testing

@testable import TrialStatistics

extension RankStatisticTests {
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
