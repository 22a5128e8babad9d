import Foundation
import TrialStatistics

extension Calibration {
  /// The posterior probability below the true effect, which must be uniform.
  ///
  /// φ is drawn from its prior. The priors of coefficients and scale are flat under shifts and
  /// scalings of the outcome, so any fixed values of them serve.
  static func posterior(trials: Int) throws {
    head([
      "model", "trials", "Kolmogorov distance", "its 5 % limit", "χ² of 20 classes, 19 degrees",
    ])
    for trend in [false, true] {
      var noise = Noise(seed: 11)
      let design = Design.blocks(4, 7)
      var places: [Double] = []
      for _ in 0..<trials {
        let phi = 2 * noise.uniform() - 1
        let arms = design.drawn(&noise)
        let series = noise.series(design.slots, phi: phi)
        let outcome = series.indices.map { series[$0] + 0.7 * Double(arms[$0]) }
        let posterior = try AR1Posterior(outcome: outcome, active: arms, trend: trend)
        places.append(1 - posterior.probability(above: 0.7))
      }
      places.sort()
      var distance = 0.0
      var classes = [Double](repeating: 0, count: 20)
      let all = Double(trials)
      for (rank, place) in places.enumerated() {
        distance = max(distance, Double(rank + 1) / all - place, place - Double(rank) / all)
        classes[min(19, Int(place * 20))] += 1
      }
      let expected = all / 20
      let square = classes.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
      line([
        "AR(1)\(trend ? " with trend" : "")", "\(trials)", text(distance, 4),
        text(1.358 / all.squareRoot(), 4), text(square, 1),
      ])
    }
  }
}
