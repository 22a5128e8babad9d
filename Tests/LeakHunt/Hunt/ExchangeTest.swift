import Dispatch
import Foundation
import TrialTestSupport

/// Whether what was seen of trials has to do with their schedules, exactly: schedules are exchanged between
/// trials, and a score that is as large as the true one must then be rare.
///
/// Trials are drawn independently by one scheme, so under "nothing is seen of the schedule" every exchange
/// is equally likely, whatever the numbers are and however they depend on each other. Many scores are tried
/// at once: each is measured in standard deviations of its own exact exchange distribution, and the largest of
/// all is compared with the largest after each exchange [Westfall and Young 1993]. So the p-value of a
/// family is right for all of its scores together.
package struct ExchangeTest: Sendable {
  /// A family of scores.
  package struct Family: Sendable {
    /// What it looks at.
    package let name: String
    /// The trials that are scored.
    package let trials: Int
    /// How many scores.
    package let count: Int
    /// What a score is called.
    package let label: @Sendable (Int) -> String
    /// Fills the matrix: row i, column j is the score of what was seen of trial i with the schedule of j.
    package let fill: @Sendable (Int, UnsafeMutableBufferPointer<Float>) -> Void

    /// Describes a family.
    package init(
      name: String, trials: Int, count: Int, label: @escaping @Sendable (Int) -> String,
      fill: @escaping @Sendable (Int, UnsafeMutableBufferPointer<Float>) -> Void
    ) {
      self.name = name
      self.trials = trials
      self.count = count
      self.label = label
      self.fill = fill
    }
  }

  /// What was found in a family.
  package struct Finding: Sendable {
    /// The family.
    package let family: String
    /// How many scores were tried.
    package let count: Int
    /// The loudest of them, and its distance from what chance gives, in standard deviations.
    package let loudest: String
    package let z: Double
    /// The share of exchanges at which the largest score is as large: (1 + hits) / (1 + exchanges).
    package let p: Double
    /// How many exchanges.
    package let exchanges: Int

    /// The standard error of `p`, which is itself an estimate.
    package var standardError: Double { (p * (1 - p) / Double(exchanges)).squareRoot() }
  }

  /// Exchanges, in steps: a family that is clearly quiet after a step is not looked at any further.
  package let steps: [Int]
  private let seed: Int

  /// The test with some most number of exchanges.
  package init(exchanges: Int, seed: Int) {
    steps = [199, 1_999].filter { $0 < exchanges } + [exchanges]
    self.seed = seed
  }

  /// So many larger scores end it early: p is then above 0.005 at the least.
  private static let enough = 10

  /// Tests one family.
  package func run(_ family: Family) -> Finding {
    for exchanges in steps {
      let (observed, loudest, largest) = scores(family, exchanges: exchanges)
      // What differs by rounding alone is equal.
      let hits = largest.count { $0 >= observed.magnitude * (1 - 1e-5) }
      if hits >= ExchangeTest.enough || exchanges == steps.last {
        return Finding(
          family: family.name, count: family.count, loudest: family.label(loudest), z: observed,
          p: Double(1 + hits) / Double(1 + exchanges), exchanges: exchanges)
      }
    }
    preconditionFailure("there is always a last step")
  }

  /// The loudest true score, and the largest score of each exchange.
  private func scores(
    _ family: Family, exchanges: Int
  ) -> (observed: Double, loudest: Int, largest: [Double]) {
    let orders = orders(trials: family.trials, exchanges: exchanges)
    let parts = max(1, min(ProcessInfo.processInfo.activeProcessorCount, family.count))
    let results = Results(count: parts, exchanges: exchanges)
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      var share = Share(exchanges: exchanges, trials: family.trials)
      for score in stride(from: part, to: family.count, by: parts) {
        share.add(family, score, orders)
      }
      results.put(share, at: part)
    }
    return results.merged()
  }

  /// The order of the schedules at each exchange, one after the other.
  private func orders(trials: Int, exchanges: Int) -> [UInt16] {
    var random = SplitMix(seed: seed)
    var orders: [UInt16] = []
    orders.reserveCapacity(trials * exchanges)
    for _ in 0..<exchanges { orders += random.shuffled(trials).map(UInt16.init) }
    return orders
  }

  /// What one processor has found so far.
  private struct Share {
    var observed = 0.0
    var loudest = 0
    var largest: [Double]
    private let trials: Int
    private var matrix: [Float]

    init(exchanges: Int, trials: Int) {
      largest = Array(repeating: 0, count: exchanges)
      self.trials = trials
      matrix = Array(repeating: 0, count: trials * trials)
    }

    mutating func add(_ family: Family, _ score: Int, _ orders: [UInt16]) {
      let trials = trials
      matrix.withUnsafeMutableBufferPointer { matrix in
        family.fill(score, matrix)
        guard let spread = Share.center(matrix, trials) else { return }
        var sum: Float = 0
        for trial in 0..<trials { sum += matrix[trial * trials + trial] }
        if abs(Double(sum) / spread) > abs(observed) {
          (observed, loudest) = (Double(sum) / spread, score)
        }
        orders.withUnsafeBufferPointer { orders in
          for exchange in largest.indices {
            var sum: Float = 0
            let start = exchange * trials
            for trial in 0..<trials { sum += matrix[trial * trials + Int(orders[start + trial])] }
            largest[exchange] = max(largest[exchange], abs(Double(sum) / spread))
          }
        }
      }
    }

    /// Takes means of rows and columns away, so that the mean over all exchanges is 0.
    ///
    /// - Returns: the exact standard deviation over all exchanges [Hoeffding 1951]; `nil` where the score
    ///   is the same for every exchange.
    private static func center(_ matrix: UnsafeMutableBufferPointer<Float>, _ n: Int) -> Double? {
      var columns = [Double](repeating: 0, count: n)
      var rows = [Double](repeating: 0, count: n)
      for row in 0..<n {
        for column in 0..<n {
          let value = Double(matrix[row * n + column])
          rows[row] += value
          columns[column] += value
        }
      }
      let mean = rows.reduce(0, +) / Double(n * n)
      var squares = 0.0
      var size = 0.0
      for row in 0..<n {
        for column in 0..<n {
          let place = row * n + column
          let value = Double(matrix[place])
          let centered = value - (rows[row] + columns[column]) / Double(n) + mean
          matrix[place] = Float(centered)
          squares += centered * centered
          size += value * value
        }
      }
      guard n > 1, squares > 1e-9 * size else { return nil }
      return (squares / Double(n - 1)).squareRoot()
    }
  }

  /// The shares of all processors.
  private final class Results: @unchecked Sendable {
    private let lock = NSLock()
    private var shares: [Share?]
    private let exchanges: Int

    init(count: Int, exchanges: Int) {
      shares = Array(repeating: nil, count: count)
      self.exchanges = exchanges
    }

    func put(_ share: Share, at place: Int) { lock.withLock { shares[place] = share } }

    func merged() -> (observed: Double, loudest: Int, largest: [Double]) {
      let all = shares.compactMap { $0 }
      let loudest = all.max { abs($0.observed) < abs($1.observed) }
      let largest = (0..<exchanges).map { exchange in
        all.reduce(0.0) { max($0, $1.largest[exchange]) }
      }
      return (loudest?.observed ?? 0, loudest?.loudest ?? 0, largest)
    }
  }
}
