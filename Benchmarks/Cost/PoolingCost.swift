import Foundation
import TrialStatistics

/// What pooling costs: 200 persons, and 100,000, against their limits.
enum PoolingCost {
  static func measure() throws {
    print("what,milliseconds,limit,ratio")
    try lines(trials: 200, limit: 10)
    try lines(trials: 100_000, limit: 5_000)
    for count in [20, 200, 100_000] {
      let sums = made(count).map(\.sums)
      let test = try StratifiedTest(sums)
      let how = test.method == .exact ? "exact" : "drawn"
      try line("randomization test over \(count) trials of 28 days, \(how)", limit: nil) {
        _ = try StratifiedTest(sums)
      }
    }
  }

  private static func lines(trials count: Int, limit: Double) throws {
    let trials = made(count)
    let estimates = try TrialEstimates(
      effects: trials.map(\.effect), variances: trials.map(\.variance))
    try line("three estimates of heterogeneity, Q and its profile, \(count) trials", limit: nil) {
      for estimator in HeterogeneityEstimator.allCases {
        _ = try RandomEffects(estimates, estimator: estimator)
      }
      _ = try Heterogeneity(estimates)
    }
    try line("hierarchical model with every trial's own interval, \(count) trials", limit: nil) {
      _ = try HierarchicalPosterior(estimates, scale: 0.5)
    }
    let tables = trials.map(\.guesses)
    try line("all of it and the guesses, \(count) trials", limit: limit) {
      for estimator in HeterogeneityEstimator.allCases {
        _ = try RandomEffects(estimates, estimator: estimator)
      }
      _ = try Heterogeneity(estimates)
      _ = try HierarchicalPosterior(estimates, scale: 0.5)
      _ = PooledGuesses(tables)
    }
  }

  private struct Trial {
    let effect, variance: Double
    let guesses: GuessTable
    let sums: TrialSums
  }

  /// Trials with effects around 0.4, standard errors around 0.5, and the sums of 14 pairs.
  private static func made(_ count: Int) -> [Trial] {
    let kernel = binomial(28)
    return (0..<count).compactMap { number in
      var generator = CounterGenerator(seed: 3, simulation: number, stream: .noise)
      let variance = 0.15 + 0.2 * generator.uniform()
      let effect = 0.4 + 0.3 * generator.normal() + variance.squareRoot() * generator.normal()
      func row() -> GuessTable.Row {
        let right = Int(generator.uniform() * 12)
        return GuessTable.Row(active: right, reference: 12 - right, dontKnow: 2)
      }
      let place = Int(generator.uniform() * 28)
      return TrialSums(low: -56, weights: kernel, observed: -56 + 4 * place, decimals: 0).map {
        Trial(
          effect: effect, variance: variance,
          guesses: GuessTable(active: row(), reference: row()), sums: $0)
      }
    }
  }

  /// A distribution of 113 sums that all occur, as wide as that of 14 pairs of ratings from 0 to 10.
  private static func binomial(_ steps: Int) -> [Double] {
    var row = [1.0]
    for _ in 0..<4 * steps {
      row = (0...row.count).map { ($0 > 0 ? row[$0 - 1] : 0) + ($0 < row.count ? row[$0] : 0) }
      let top = row.max() ?? 1
      row = row.map { $0 / top }
    }
    return row
  }

  private static func line(
    _ name: String, limit: Double?, _ body: () throws -> Void
  ) rethrows {
    let time = try Timing.shortest(body)
    let ratio = limit.map { "\($0),\(String(format: "%.2f", time / $0))" } ?? ","
    print("\"\(name)\",\(String(format: "%.2f", time)),\(ratio)")
  }
}
