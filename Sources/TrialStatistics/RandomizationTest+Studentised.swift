import RealModule

extension RandomizationTest {
  /// The result for a studentised difference.
  func studentisedResult(byBlocks: Bool) throws(StatisticsError) -> RandomizationResult {
    if !isAdjusted, let same = try monotoneResult(byBlocks: byBlocks) { return same }
    return try listedResult(byBlocks: byBlocks)
  }

  /// The result over a list of all assignments, or of draws.
  func listedResult(byBlocks: Bool) throws(StatisticsError) -> RandomizationResult {
    let setting = try StudentisedSetting(self, byBlocks: byBlocks)
    guard let own = setting.series.form(observed), let target = setting.score.score(observed) else {
      throw .tooFewForStandardError
    }
    let list = Assignments(reference, observed: observed, most: Limits.swept)
    let counts = setting.counts(list, target)
    let estimate = own.value / own.overlap
    let total = list.total
    let (greater, less) = (counts.greater / total, counts.less / total)
    let share = (outside.numerator, outside.denominator)
    let oneSided = Double.share(share.0, 2 * share.1, of: total)
    var sides = setting.sweeps(list, own, estimate: estimate)
    let low = sides[0].limits(oneSided)
    let high = sides[1].limits(oneSided)
    let both = sides[2].limits(Double.share(share.0, share.1, of: total))
    var result = RandomizationResult(
      method: list.method(greater, less), estimate: estimate, hodgesLehmann: nil,
      pGreater: greater, pLess: less, pDoubled: min(1, 2 * min(greater, less)),
      pAbsolute: counts.absolute / total, midGreater: greater - counts.ties / total / 2,
      undefinedShare: counts.undefined / total,
      undefinedCount: list.draws == nil ? counts.undefined.whole : nil,
      interval: Interval(level: level, lower: low.lower, upper: high.upper),
      intervalAbsolute: Interval(level: level, lower: both.lower, upper: both.upper),
      distribution: DistributionFigure.gathered(counts.values.map { ($0, 1 / total) }),
      autocorrelation: setting.phi)
    result.ownStatistic = target.t
    result.intervalIsHull = low.hasGaps || high.hasGaps || both.hasGaps
    return result
  }

  /// The result by the routes of the difference itself, where t rises with it at every effect.
  ///
  /// That is so where all assignments give both arms the same number of slots, or where the blocks are
  /// pairs: the sum of squares about the mean is then the same for all assignments. Else `nil`.
  func monotoneResult(byBlocks: Bool) throws(StatisticsError) -> RandomizationResult? {
    let values = outcome.values
    let rows = used.indices.filter { used[$0] }
    let scale: (Double) -> Double
    let same: RandomizationTest
    if byBlocks {
      let pairs = blocks.map { block in block.filter { used[$0] } }.filter { $0.count != 1 }
      guard pairs.count > 1,
        pairs.allSatisfy({ pair in
          pair.count == 2 && reference.activeCounts(in: pair[0]..<pair[1] + 1, used: used) == 1...1
        })
      else { return nil }
      let squares = pairs.reduce(0.0) { sum, pair in
        let difference = (values[pair[0]] ?? 0) - (values[pair[1]] ?? 0)
        return sum + difference * difference
      }
      let count = Double(pairs.count)
      scale = { a in (squares / count - a * a) / (count - 1) }
      same = with(.blockAdjusted(blocks: blocks))
    } else {
      let half = rows.count / 2
      guard half > 1, rows.count == 2 * half,
        reference.activeCounts(in: 0..<used.count, used: used) == half...half
      else { return nil }
      let mean = rows.reduce(0) { $0 + (values[$1] ?? 0) } / Double(rows.count)
      let squares = rows.reduce(0.0) { sum, row in
        let difference = (values[row] ?? 0) - mean
        return sum + difference * difference
      }
      let count = Double(half)
      scale = { a in (squares - count * a * a / 2) / (count * (count - 1)) }
      same = with(.meanDifference)
    }
    func t(_ difference: Double) -> Double {
      let square = scale(difference)
      guard square > difference * difference * 1e-14 else {
        return difference == 0 ? 0 : difference > 0 ? .infinity : -.infinity
      }
      return difference / square.squareRoot()
    }
    var result = try same.plainResult()
    result.ownStatistic = t(result.estimate)
    result.distribution = result.distribution.map { (t($0.value), $0.probability) }
    return result
  }

  /// The same test with another statistic over the same blocks.
  func with(_ statistic: StatisticKind) -> RandomizationTest {
    var test = self
    test.statistic = statistic
    return test
  }
}
