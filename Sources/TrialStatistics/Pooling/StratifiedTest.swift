import RealModule

/// The randomization test of several trials together: every one keeps its own reference set.
///
/// The statistic is the sum over the trials of Σ z (y − c) (`TrialSums`); the null hypothesis is that no
/// rating of anybody would have been another under another arm. The sums of independent trials are
/// convolved, which is exact; where that would take too long, sums are drawn, and the p-values are
/// (c + 1) / (m + 1) [Phipson and Smyth 2010].
public struct StratifiedTest: Hashable, Sendable {
  /// How the p-values were found.
  public enum Method: Hashable, Sendable {
    /// Over every combination of assignments.
    case exact
    /// Over so many draws; the standard error of the doubled p-value.
    case monteCarlo(draws: Int, standardError: Double)
  }

  /// Multiplications that a convolution may take; beyond that sums are drawn.
  public static let mostWork = 2e9
  /// Draws of single trials that a Monte-Carlo test may take in all.
  public static let mostDraws = 1e8

  /// How it was done.
  public let method: Method
  /// The trials.
  public let trials: Int
  /// The share of combinations with a sum at least as large as the observed one.
  public let pGreater: Double
  /// The share with a sum at most as large.
  public let pLess: Double
  /// Twice the smaller of both, at most 1.
  public var pDoubled: Double { min(1, 2 * min(pGreater, pLess)) }

  /// Tests trials together; the order of the trials does not matter to the exact p-values.
  ///
  /// - Parameters:
  ///   - seed: of the draws, where sums are drawn.
  ///   - work: multiplications after which sums are drawn instead.
  /// - Throws: `PoolingError.noTrial`.
  public init(
    _ sums: [TrialSums], seed: UInt64 = 1, work: Double = StratifiedTest.mostWork
  ) throws(PoolingError) {
    guard !sums.isEmpty else { throw .noTrial }
    trials = sums.count
    if let tails = StratifiedTest.convolved(sums, work: work) {
      method = .exact
      (pGreater, pLess) = tails
      return
    }
    let draws = max(99, min(99_999, Int(StratifiedTest.mostDraws / Double(sums.count))))
    (pGreater, pLess) = StratifiedTest.drawn(sums, draws: draws, seed: seed)
    let least = min(pGreater, pLess)
    method = .monteCarlo(
      draws: draws, standardError: 2 * (least * (1 - least) / Double(draws)).squareRoot())
  }

  /// Both tails by convolution; `nil` where it would take too long.
  private static func convolved(
    _ sums: [TrialSums], work: Double
  ) -> (greater: Double, less: Double)? {
    let decimals = sums.reduce(0) { max($0, $1.decimals) }
    var shapes: [(trial: Int, shape: SumKernel.Shape)] = []
    var step = 0
    for (trial, sum) in sums.enumerated() {
      guard let shape = SumKernel.Shape(sum, decimals: decimals) else { return nil }
      shapes.append((trial, shape))
      step = SumKernel.greatestCommonDivisor(step, shape.divisor)
    }
    step = max(1, step)
    // The narrow ones first, so that wide rows are gone over less often; the result is the same.
    shapes.sort { ($0.shape.width, $0.trial) < ($1.shape.width, $1.trial) }
    var (cells, cost) = (1.0, 0.0)
    for (_, shape) in shapes {
      cost += cells * Double(shape.count)
      cells += Double(shape.width / step)
      guard cost <= work, cells < 1e8 else { return nil }
    }
    var row = [1.0]
    var place = 0
    for (trial, shape) in shapes {
      let kernel = SumKernel(sums[trial], shape)
      row = kernel.convolved(with: row, step: step)
      place += kernel.place / step
    }
    // Small numbers first: their sum keeps its digits.
    let greater = row[place...].reversed().reduce(0, +)
    let less = row[...place].reduce(0, +)
    let total = row.reduce(0, +)
    return (share(greater, of: total), share(less, of: total))
  }

  /// A share that is never 0: the observed sum is one of them.
  private static func share(_ part: Double, of total: Double) -> Double {
    min(1, max(part / total, .leastNonzeroMagnitude))
  }

  /// Both tails by drawing; sums are compared in whole units of their own trial's last decimal.
  private static func drawn(
    _ sums: [TrialSums], draws: Int, seed: UInt64
  ) -> (greater: Double, less: Double) {
    let decimals = sums.reduce(0) { max($0, $1.decimals) }
    // 128 bits: a unit of one trial may be many of another.
    var totals = [Int128](repeating: 0, count: draws)
    var observed: Int128 = 0
    for (trial, sum) in sums.enumerated() {
      var unit: Int128 = 1
      for _ in sum.decimals..<max(sum.decimals, decimals) { unit *= 10 }
      observed += Int128(sum.observed) * unit
      let table = AliasTable(sum.weights)
      var generator = CounterGenerator(seed: seed, simulation: trial, stream: .test)
      for draw in totals.indices {
        totals[draw] += Int128(sum.low + table.place(at: generator.uniform())) * unit
      }
    }
    let greater = totals.count { $0 >= observed }
    let less = totals.count { $0 <= observed }
    return (
      Double(greater + 1) / Double(draws + 1), Double(less + 1) / Double(draws + 1)
    )
  }
}

/// The sums of one trial as they enter a convolution: only those that occur.
private struct SumKernel {
  /// How large it would be.
  struct Shape {
    /// The first sum that occurs, as a place among the weights.
    let first: Int
    /// What a place is worth in units of the common decimal.
    let unit: Int
    /// The distance of the largest sum from the least, in these units.
    let width: Int
    /// Sums that occur.
    let count: Int
    /// The largest number that divides all distances; 0 where there is one sum only.
    let divisor: Int

    /// `nil` where the units are too different.
    init?(_ sums: TrialSums, decimals: Int) {
      guard let scaled = sums.scaled(to: decimals),
        let first = sums.weights.firstIndex(where: { $0 > 0 })
      else { return nil }
      self.first = first
      unit = scaled.step
      var (last, count, divisor) = (first, 0, 0)
      for place in first..<sums.weights.count where sums.weights[place] > 0 {
        last = place
        count += 1
        divisor = SumKernel.greatestCommonDivisor(divisor, place - first)
      }
      let (width, tooWide) = (last - first).multipliedReportingOverflow(by: unit)
      guard !tooWide, width < 1 << 50 else { return nil }
      self.width = width
      self.count = count
      self.divisor = divisor * unit
    }
  }

  /// Their distances from the least one, ascending, in units of the common decimal.
  let places: [Int]
  /// Their shares.
  let shares: [Double]
  /// The distance of the observed one.
  let place: Int

  init(_ sums: TrialSums, _ shape: Shape) {
    let total = sums.weights.reduce(0, +)
    let occurring = (shape.first..<sums.weights.count).filter { sums.weights[$0] > 0 }
    places = occurring.map { ($0 - shape.first) * shape.unit }
    shares = occurring.map { sums.weights[$0] / total }
    place = (sums.observed - sums.low - shape.first) * shape.unit
  }

  /// The distance of the largest sum from the least.
  var width: Int { places.last ?? 0 }

  static func greatestCommonDivisor(_ left: Int, _ right: Int) -> Int {
    var (left, right) = (left, right)
    while right != 0 { (left, right) = (right, left % right) }
    return left
  }

  /// The distribution of the sum with what was convolved before, in steps of `step`.
  func convolved(with row: [Double], step: Int) -> [Double] {
    let count = row.count
    var result = [Double](repeating: 0, count: count + width / step)
    result.withUnsafeMutableBufferPointer { target in
      row.withUnsafeBufferPointer { source in
        for (distance, share) in zip(places, shares) {
          let start = distance / step
          for index in 0..<count { target[start + index] += share * source[index] }
        }
      }
    }
    return result
  }
}
