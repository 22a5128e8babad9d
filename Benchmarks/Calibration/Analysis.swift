import TrialStatistics

/// One way to analyse a two-arm trial.
struct Analysis: Sendable {
  let name: String
  let test: @Sendable (Design, [Double], [Int]) throws -> RandomizationResult

  private static func make(
    _ name: String, _ whitening: Whitening = .none,
    statistic: @escaping @Sendable (Design) -> StatisticKind = { _ in .meanDifference },
    covariates: @escaping @Sendable ([Double]) -> [[Double]] = { _ in [] }
  ) -> Analysis {
    Analysis(name: name) { design, outcome, arms in
      try RandomizationTest(
        outcome: ExactOutcome(values: outcome), observed: arms, kept: nil,
        reference: design.reference, statistic: statistic(design), whitening: whitening,
        covariates: covariates(outcome), level: 0.95
      ).result()
    }
  }

  static let plain = make("plain")
  static let estimated = make("φ estimated", .estimated)

  /// All that are calibrated.
  static let all = [
    plain, make("φ = 0.5", .fixed(0.5)), estimated,
    make("trend", covariates: { Covariates.trend(days: Array($0.indices)) }),
    make("slot before", covariates: { Covariates.previous(outcome: $0) }),
    make("studentised", statistic: { .studentised(blocks: $0.hasBlocks ? $0.blocks : nil) }),
    make("rank sum", statistic: { .rankSum(blocks: $0.hasBlocks ? $0.blocks : nil) }),
  ]

  /// Whether no effect is rejected at 5 %, and whether the 95 % interval holds `effect`.
  ///
  /// An analysis that is refused, as where a standard error needs more slots, rejects nothing.
  func verdict(
    _ design: Design, _ outcome: [Double], _ arms: [Int], effect: Double
  ) -> (rejects: Bool, covers: Bool) {
    guard let result = try? test(design, outcome, arms) else { return (false, true) }
    let covers =
      (result.interval.lower ?? -.infinity) <= effect + 1e-9
      && effect - 1e-9 <= (result.interval.upper ?? .infinity)
    return (result.pDoubled <= 0.05, covers)
  }
}
