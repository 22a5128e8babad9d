/// The randomization distribution of one trial's sum under the active arm, in whole units.
///
/// The sum is Σ z (y − c) over the observed slots of the endpoint, c the rounded mean of their outcomes:
/// a statistic that does not see the arms but through z, in units of the last decimal. Where every
/// assignment has as many active observed slots it orders them as the difference in means does; where
/// slots are missing it leans on their number by at most half a unit each. Being whole it can be added
/// over trials without losing a tie.
public struct TrialSums: Hashable, Sendable {
  /// The widest distribution that is made: from the least to the largest sum.
  public static let widest = 1 << 20

  /// The least sum.
  public let low: Int
  /// How many assignments have the sum `low`, `low + 1`, …; shares of them where there are more than
  /// 2⁵³.
  public let weights: [Double]
  /// The sum of the true assignment.
  public let observed: Int
  /// Digits after the point: a unit is 10 to the power of minus this.
  public let decimals: Int

  /// A distribution from elsewhere; `nil` unless it can be one: weights that are finite, none negative,
  /// and one above 0 for the observed sum.
  public init?(low: Int, weights: [Double], observed: Int, decimals: Int) {
    guard weights.count <= TrialSums.widest, (0...12).contains(decimals),
      low.magnitude < 1 << 40, observed >= low, observed.magnitude < 1 << 41,
      observed - low < weights.count,
      weights.allSatisfy({ $0 >= 0 && $0 <= 1e16 }), weights[observed - low] > 0
    else { return nil }
    self.low = low
    self.weights = weights
    self.observed = observed
    self.decimals = decimals
  }

  /// Counts the sums of every assignment of a set.
  ///
  /// - Parameters:
  ///   - outcome: one value per slot, in whole units.
  ///   - observed: the arm of each slot, 0 or 1.
  ///   - kept: the slots of the endpoint.
  /// - Returns: `nil` where the distribution would be too wide, without an observed slot, and where the
  ///   true assignment is none of the set.
  public init?(outcome: ExactOutcome, observed: [Int], kept: [Bool], reference: ReferenceSet) {
    let slots = reference.slotCount - reference.lots
    guard outcome.units.count == slots, observed.count == slots, kept.count == slots,
      reference.firstImpossibleSlot(of: reference.withLots(observed)) == nil,
      outcome.decimals > 0 || outcome.unit == 1
    else { return nil }
    let used = outcome.units.indices.filter { kept[$0] && outcome.units[$0] != nil }
    var values = used.compactMap { outcome.units[$0] }
    var decimals = outcome.decimals
    // Rounding does not see the arms either: where the sums lie too far apart, the test is one of outcomes
    // with fewer decimals, and as exact.
    while !TrialSums.fits(values) || decimals > 12, decimals > 0 {
      values = values.map { Int64((Double($0) / 10).rounded()) }
      decimals -= 1
    }
    guard TrialSums.fits(values), let centre = TrialSums.centre(values) else { return nil }
    var gains = [Int](repeating: 0, count: slots)
    for (slot, value) in zip(used, values) { gains[slot] = Int(value - centre) }
    var counting = SumCounting(gains: reference.withLots(gains, 0), reference: reference)
    let (low, weights) = counting.run()
    let sum = observed.indices.reduce(0) { $0 + (observed[$1] == 1 ? gains[$1] : 0) }
    self.init(low: low, weights: weights, observed: sum, decimals: decimals)
  }

  /// The rounded mean; `nil` without values, and where they are too far apart to be subtracted.
  private static func centre(_ values: [Int64]) -> Int64? {
    guard let least = values.min(), let most = values.max(),
      !most.subtractingReportingOverflow(least).overflow
    else { return nil }
    let mean = values.reduce(0.0) { $0 + Double($1 - least) } / Double(values.count)
    return least + Int64(mean.rounded())
  }

  /// Whether the sums of some of the values, less their mean, are of at most so many sizes.
  private static func fits(_ values: [Int64]) -> Bool {
    guard let centre = centre(values) else { return values.isEmpty }
    return values.reduce(0.0) { $0 + Double($1 - centre).magnitude } < Double(widest)
  }

  /// The same distribution in units of more decimals; `nil` beyond what numbers hold.
  func scaled(to decimals: Int) -> (low: Int, step: Int, observed: Int)? {
    var step = 1
    for _ in self.decimals..<max(self.decimals, decimals) { step *= 10 }
    let (low, tooLow) = low.multipliedReportingOverflow(by: step)
    let (observed, tooHigh) = observed.multipliedReportingOverflow(by: step)
    return tooLow || tooHigh ? nil : (low, step, observed)
  }
}

/// Counts sums slot by slot, one row for each state of the scheme.
private struct SumCounting {
  private struct Row {
    var low = 0
    var weights: [Double] = []
  }

  let gains: [Int]
  let reference: ReferenceSet

  /// The least sum, and the weight of each sum from it on.
  mutating func run() -> (low: Int, weights: [Double]) {
    // Counts where they are exact, else the chances of the ways.
    let isCount = reference.count < 0x1p53
    var rows = [Row](repeating: Row(), count: reference.stateCount(0))
    rows[0] = Row(low: 0, weights: [1])
    for slot in gains.indices {
      var after = [Row](repeating: Row(), count: reference.stateCount(slot + 1))
      for state in rows.indices where !rows[state].weights.isEmpty {
        for arm in 0...1 {
          guard let next = reference.next(slot, Int32(state), arm) else { continue }
          let factor = isCount ? 1 : chance(slot, Int32(state), next)
          SumCounting.add(
            rows[state], movedBy: arm == 1 ? gains[slot] : 0, times: factor, to: &after[Int(next)])
        }
      }
      rows = after
    }
    var whole = Row()
    for row in rows where !row.weights.isEmpty {
      SumCounting.add(row, movedBy: 0, times: 1, to: &whole)
    }
    return (whole.low, whole.weights)
  }

  /// The chance of the way to the state after a slot.
  private func chance(_ slot: Int, _ state: Int32, _ next: Int32) -> Double {
    let power = reference.power(slot, state)
    return reference.completions(slot + 1, next, over: power)
      / reference.completions(slot, state, over: power)
  }

  private static func add(_ row: Row, movedBy gain: Int, times factor: Double, to other: inout Row)
  {
    let low = row.low + gain
    guard !other.weights.isEmpty else {
      other = Row(low: low, weights: factor == 1 ? row.weights : row.weights.map { $0 * factor })
      return
    }
    let least = min(low, other.low)
    let end = max(low + row.weights.count, other.low + other.weights.count)
    if least < other.low || end > other.low + other.weights.count {
      var wide = [Double](repeating: 0, count: end - least)
      for (place, weight) in other.weights.enumerated() { wide[other.low - least + place] = weight }
      other = Row(low: least, weights: wide)
    }
    let start = low - other.low
    for place in row.weights.indices { other.weights[start + place] += factor * row.weights[place] }
  }
}
