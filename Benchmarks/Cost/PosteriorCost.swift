import Foundation
import TrialDesign
import TrialStatistics

/// What the Bayesian effect of 56 slots costs, against its limit, and a reference set beside it.
enum PosteriorCost {
  /// Milliseconds that a fit may take.
  private static let limit = 1.0

  static func measure() throws {
    let scheme = CostCase.blocks(4, 14)
    let fours = CostCase(group: "", name: "", scheme: scheme)
    let (observed, units, _) = try fours.made()
    let outcome = units.map { $0.map { Double($0) } }
    let missing = outcome.enumerated().map { CostCase.missing.contains($0) ? nil : $1 }
    let layers = try scheme.automaton().layers
    print("what,milliseconds,limit,ratio")
    try line("reference set of 14 blocks of four", limit: nil) { _ = ReferenceSet(layers: layers) }
    try line("Bayesian effect of 56 slots") {
      _ = try AR1Posterior(outcome: outcome, active: observed)
    }
    try line("the same, four slots missing") {
      _ = try AR1Posterior(outcome: missing, active: observed)
    }
    let normal = AR1Priors(effect: .normal(sd: 1))
    try line("the same, normal prior on the effect") {
      _ = try AR1Posterior(outcome: outcome, active: observed, priors: normal)
    }
  }

  private static func line(
    _ name: String, limit: Double? = limit, _ body: () throws -> Void
  ) rethrows {
    let time = try Timing.shortest(body)
    let ratio = limit.map { "\($0),\(String(format: "%.2f", time / $0))" } ?? ","
    print("\"\(name)\",\(String(format: "%.3f", time)),\(ratio)")
  }
}
