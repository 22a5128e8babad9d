extension RandomizationTest {
  /// The result for the sum of ranks within blocks.
  func rankSumResult() throws(StatisticsError) -> RandomizationResult {
    guard LinearSample.compares(observed, used, blocks) else { throw .noBlockWithBothArms }
    let series = try RankSeries(self)
    let undefined = reference.undefinedCount(used: used, blocks: blocks)
    func tails(_ ranks: [Int]) -> (RankDistribution, RankTails) {
      var gains = [Int](repeating: 0, count: used.count)
      var own = 0
      for (rank, slot) in zip(ranks, series.rows) {
        gains[slot] = rank
        if observed[slot] == 1 { own += rank }
      }
      let distribution = RankDistribution(reference, gains: gains)
      return (distribution, distribution.tails(own, undefined: undefined))
    }
    let (distribution, counts) = tails(series.ranks(at: nil))
    let total = distribution.total
    let breakpoints = series.breakpoints
    var known: [Int: RankTails] = [:]
    func tails(at position: Int) -> RankTails {
      if let found = known[position] { return found }
      let found = tails(series.ranks(at: position)).1
      known[position] = found
      return found
    }
    let cost = Double(reference.liveStates.reduce(0, +)) * Double(distribution.counts.count)
    let isSwept = isAdjusted && Double(2 * breakpoints.count + 1) * cost < Limits.additions
    let answer = RankInversion(breakpoints: breakpoints, isMonotone: !isSwept, tails: tails(at:))
      .answer(
        oneSided: Double.share(outside.numerator, 2 * outside.denominator, of: total),
        twoSided: Double.share(outside.numerator, outside.denominator, of: total))
    let points = distribution.counts.indices.compactMap { index -> (Double, Double)? in
      let sum = distribution.lowest + index
      let count = distribution.counts[index] - (sum == 0 ? undefined : 0)
      return count > 0 ? (Double(sum) / 2, count / total) : nil
    }
    var result = rankResult(
      counts, total, answer, points, fallback: series.middle, phi: series.phi)
    result.undefinedShare = undefined / total
    result.undefinedCount = reference.isHuge ? nil : undefined.whole
    return result
  }

  /// A result from counts of rank sums, which are twice the sums of ranks.
  func rankResult(
    _ counts: RankTails, _ total: Double, _ answer: RankInversion.Answer,
    _ points: [(Double, Double)], fallback: Double, phi: Double?
  ) -> RandomizationResult {
    let (greater, less) = (counts.greater / total, counts.less / total)
    var result = RandomizationResult(
      method: .exact, estimate: answer.hodgesLehmann ?? fallback,
      hodgesLehmann: answer.hodgesLehmann, pGreater: greater, pLess: less,
      pDoubled: min(1, 2 * min(greater, less)), pAbsolute: counts.absolute / total,
      midGreater: greater - counts.ties / total / 2, undefinedShare: 0, undefinedCount: 0,
      interval: Interval(
        level: level, lower: answer.interval.lower, upper: answer.interval.upper),
      intervalAbsolute: Interval(
        level: level, lower: answer.absolute.lower, upper: answer.absolute.upper),
      distribution: DistributionFigure.gathered(points), autocorrelation: phi)
    result.ownStatistic = Double(counts.observed) / 2
    result.intervalIsHull = answer.hasGaps
    return result
  }
}

/// The ranks of a series at any effect.
struct RankSeries {
  /// The slots with an outcome, and the places among them of each block.
  let rows: [Int]
  let parts: [Range<Int>]
  /// The autocorrelation that was taken out.
  let phi: Double?
  /// The effects at which ranks within a block change, ascending.
  let breakpoints: [Double]
  /// The middle of all differences between an active and a reference slot of a block.
  let middle: Double
  private let values: Values

  private enum Values {
    /// Integers, the arms, the breakpoints in integers.
    case exact([Int128], arms: [Int], breakpoints: [Int128])
    /// What adjustments leave of outcomes and arms; ties are closer than `tie`.
    case adjusted([Double], arms: [Double], tie: Double)
  }

  init(_ test: RandomizationTest) throws(StatisticsError) {
    rows = test.used.indices.filter { test.used[$0] }
    parts = StudentisedSetting.places(rows, test.blocks)
    guard test.isAdjusted else {
      phi = nil
      let units = test.outcome.units
      let own = rows.map { Int128(units[$0] ?? 0) }
      let arms = rows.map { test.observed[$0] }
      var differences: [Int128] = []
      for part in parts {
        for i in part where arms[i] == 1 {
          for j in part where arms[j] == 0 { differences.append(own[i] - own[j]) }
        }
      }
      differences.sort()
      let points = RankSeries.distinct(differences)
      values = .exact(own, arms: arms, breakpoints: points)
      breakpoints = points.map { test.outcome.value(of: $0) }
      middle = RankSeries.median(differences.map { test.outcome.value(of: $0) })
      return
    }
    let model = try AdjustmentModel(
      outcome: test.outcome, used: test.used, blocks: test.blocks, whitening: test.whitening,
      covariates: test.covariates)
    let scores = try model.adjustedOutcome()
    let arms = try model.adjustedArms(test.observed).scores
    var points: [Double] = []
    for part in parts {
      for i in part {
        for j in part where j < i && (arms[i] - arms[j]).magnitude > 1e-9 {
          points.append((scores[i] - scores[j]) / (arms[i] - arms[j]))
        }
      }
    }
    points.sort()
    phi = test.whitening == .none ? nil : model.phi
    middle = RankSeries.median(points)
    breakpoints = RankSeries.distinct(points)
    values = .adjusted(
      scores, arms: arms, tie: 1e-10 * scores.reduce(0) { max($0, $1.magnitude) })
  }

  private static func distinct<Value: Equatable>(_ sorted: [Value]) -> [Value] {
    sorted.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }

  private static func median(_ sorted: [Double]) -> Double {
    guard !sorted.isEmpty else { return 0 }
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  /// Twice the centred ranks at a position of `RankInversion`; at effect 0 if it is `nil`.
  func ranks(at position: Int?) -> [Int] {
    switch values {
    case .exact(let own, let arms, let points):
      let doubled = position.map { RankSeries.doubled($0, points, step: 2) } ?? 0
      let moved = zip(own, arms).map { 2 * $0 - ($1 == 1 ? doubled : 0) }
      return RankScores.centred(moved, within: parts)
    case .adjusted(let own, let arms, let tie):
      let effect = position.map { RankSeries.effect($0, breakpoints) } ?? 0
      let moved = zip(own, arms).map { $0 - effect * $1 }
      let slack = max(tie, 1e-12 * effect.magnitude)
      return RankScores.centred(moved, within: parts) { $1 - $0 <= slack }
    }
  }

  /// The effect of a position.
  static func effect(_ position: Int, _ points: [Double]) -> Double {
    let width = 1 + (points.last ?? 0) - (points.first ?? 0)
    return doubled(position, points, step: 2 * width) / 2
  }

  /// Twice the effect of a position: a breakpoint, or the middle between two.
  private static func doubled<Value: SignedNumeric>(
    _ position: Int, _ points: [Value], step: Value
  ) -> Value {
    guard let first = points.first, let last = points.last else { return 0 }
    if position % 2 == 1 { return points[position / 2] + points[position / 2] }
    if position == 0 { return first + first - step }
    if position == 2 * points.count { return last + last + step }
    return points[position / 2 - 1] + points[position / 2]
  }
}

extension ExactOutcome {
  /// What so many units are worth.
  func value(of units: Int128) -> Double {
    decimals > 0 ? Double(units) / ExactOutcome.powerOfTen(decimals) : Double(units) * unit
  }
}
