/// The statistic of a test under any assignment, whatever its kind.
struct AssignmentStatistic {
  private let kind: Kind

  private enum Kind {
    case integer(IntegerContrast)
    case linear(LinearContrast, used: [Bool], blocks: [Range<Int>])
    case studentised(StudentisedScore)
    case ranks([Int], used: [Bool], blocks: [Range<Int>])
    case signedRanks([(slot: Int, arm: Int, rank: Int)])
  }

  init(_ test: RandomizationTest) throws(StatisticsError) {
    switch test.statistic {
    case .meanDifference, .blockAdjusted:
      if !test.isAdjusted, let contrast = test.contrast(test.outcome) {
        guard contrast.statistic(of: test.observed).weight > 0 else { throw .noBlockWithBothArms }
        kind = .integer(contrast)
      } else {
        kind = .linear(try LinearContrast(adjusted: test), used: test.used, blocks: test.blocks)
      }
    case .studentised(let blocks):
      kind = .studentised(try StudentisedSetting(test, byBlocks: blocks != nil).score)
    case .rankSum:
      guard LinearSample.compares(test.observed, test.used, test.blocks) else {
        throw .noBlockWithBothArms
      }
      let series = try RankSeries(test)
      var gains = [Int](repeating: 0, count: test.used.count)
      for (rank, slot) in zip(series.ranks(at: nil), series.rows) { gains[slot] = rank }
      kind = .ranks(gains, used: test.used, blocks: test.blocks)
    case .signedRank(let pairs):
      kind = .signedRanks(try SignedRankSeries(test, pairs).signedRanks(test.observed))
    }
  }

  /// The statistic, or `nil` where the assignment has none.
  func value(_ arms: [Int]) -> Double? {
    switch kind {
    case .integer(let contrast):
      let found = contrast.statistic(of: arms)
      return found.weight > 0 ? Double(found.numerator) / Double(found.weight) : nil
    case .linear(let contrast, let used, let blocks):
      let value = contrast.statistic(of: arms).value
      return contrast.undefined > 0 && !LinearSample.compares(arms, used, blocks) ? nil : value
    case .studentised(let score): return score.score(arms)?.t
    case .ranks(let gains, let used, let blocks):
      let sum = arms.indices.reduce(0) { arms[$1] == 1 ? $0 + gains[$1] : $0 }
      return sum == 0 && !LinearSample.compares(arms, used, blocks) ? nil : Double(sum) / 2
    case .signedRanks(let pairs):
      return Double(pairs.reduce(0) { $0 + (arms[$1.slot] == $1.arm ? $1.rank : -$1.rank) }) / 2
    }
  }
}
