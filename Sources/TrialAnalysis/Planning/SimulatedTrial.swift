import BlindRecord
import TrialDesign
import TrialStatistics

/// What the sealed plan says of one simulated trial.
struct SimulatedTrial: Hashable, Sendable {
  /// The answer of the compared arm.
  var verdict = PlainAnswer.Verdict.cannotTell
  /// The estimate; `nil` where nothing could be computed.
  var estimate: Double?
  /// The planned interval; without bounds where nothing could be computed.
  var interval: EffectTest.Bounds?
  /// The planned p-value; 1 where nothing could be computed.
  var p = 1.0

  /// The slots after which the monitor would have let it stop; `nil` where it never would, or there is
  /// no rule.
  var stop: Int?

  /// The side that is claimed: 1, −1, or 0 without a claim.
  var claim: Int {
    guard verdict.isClaim, let interval else { return 0 }
    return (interval.lower ?? -.infinity) > 0 ? 1 : -1
  }
}

extension AnalysisInput {
  /// The plan's answer about one arm, by the same code as the report's.
  ///
  /// With several arms their p-values are adjusted by Holm's rule; the report's common distribution
  /// rejects at least as often. A trial that cannot be analysed says nothing.
  func simulated(
    _ series: OutcomeSeries, arm: Int, drawing: (count: Int, seed: UInt64)?,
    monitoring: AnalysisPlan.Monitoring?
  ) -> SimulatedTrial {
    var trial = SimulatedTrial()
    if let monitoring { trial.stop = firstStop(series, monitoring) }
    var all: [Double] = []
    var own: EffectTest.Planned?
    for other in arms.indices.dropFirst() {
      guard let test = try? plannedTest(series, arm: other, drawing: drawing) else {
        all.append(1)
        continue
      }
      all.append(test.planned.p)
      guard other == arm else { continue }
      trial.estimate = test.result.estimate
      own = test.planned
      trial.interval = test.planned.interval
      trial.p = test.planned.p
    }
    guard let own else { return trial }
    let adjusted = all.count > 1 ? (try? SeveralOutcomes.holm(all))?[arm - 1] : nil
    trial.verdict = PlainAnswer.Verdict(
      own, adjustedP: adjusted, threshold: plan.relevance?.value.magnitude)
    return trial
  }

  /// The slots after which a look first says that the trial may stop.
  private func firstStop(_ series: OutcomeSeries, _ rule: AnalysisPlan.Monitoring) -> Int? {
    let blocks = scheme.blocks
    guard
      let p = try? eProcess(series, blocks: blocks.count, rule: rule).anytimeP,
      let block = p.firstIndex(where: { $0 <= 1 - plan.level + 1e-12 })
    else { return nil }
    return blocks[min(blocks.count, max(block + 1, rule.from)) - 1].upperBound
  }
}
