import Foundation
import TrialStatistics

extension Calibration {
  /// How often the intervals of pooled trials hold what they should, at 95 %.
  ///
  /// First with effects as the model has them, normal with known variances; then with everything made
  /// from days: 28 of them in pairs, autocorrelated noise, each trial's effect and standard error from its
  /// own model.
  static func pooled(series: Int) throws {
    head(
      [
        "trials", "τ", "plain, DL", "plain, REML", "HKSJ, DL", "HKSJ, PM", "HKSJ, REML",
        "Bayes, mean",
        "Bayes, each trial", "prediction, HKSJ", "prediction, Bayes",
      ], "Normal effects with known variances 0.05 to 0.35, prior of τ half-normal with scale 0.5:")
    for count in [2, 3, 5, 10, 30] {
      for tau in [0, 0.5] {
        try line(count, tau, series: count > 5 ? series / 2 : series) { noise, effects in
          let variances = effects.map { _ in 0.05 + 0.3 * noise.uniform() }
          let found = zip(effects, variances).map { $0 + $1.squareRoot() * noise.normal() }
          return (found, variances)
        }
      }
    }
    head(
      [
        "trials", "τ", "plain, DL", "plain, REML", "HKSJ, DL", "HKSJ, PM", "HKSJ, REML",
        "Bayes, mean",
        "Bayes, each trial", "prediction, HKSJ", "prediction, Bayes",
      ], "Trials of 28 days in pairs, AR(1) noise with standard deviation 1 and φ of 0.4:")
    let design = Design.pairs(14)
    for count in [3, 10, 30] {
      for tau in [0, 0.5] {
        try line(count, tau, series: max(1, series / (count > 5 ? 8 : 4))) { noise, effects in
          var (found, variances) = ([Double](), [Double]())
          // Once in some thousand draws the arm alternates all the way and has no standard error: such a
          // trial is left out by rule, and another one stands for it.
          for effect in effects {
            var posterior: AR1Posterior
            repeat {
              let arms = design.drawn(&noise)
              let days = noise.series(design.slots, phi: 0.4)
              posterior = try AR1Posterior(
                outcome: days.indices.map { days[$0] + effect * Double(arms[$0]) }, active: arms)
            } while !posterior.sd.isFinite
            found.append(posterior.mean)
            variances.append(posterior.sd * posterior.sd)
          }
          return (found, variances)
        }
      }
    }
  }

  /// One row: so many series of so many trials.
  private static func line(
    _ count: Int, _ tau: Double, series: Int,
    make: (inout Noise, [Double]) throws -> (effects: [Double], variances: [Double])
  ) throws {
    var noise = Noise(seed: UInt64(count * 100) + UInt64(tau * 10))
    let mean = 0.3
    var holds = [Int](repeating: 0, count: 9)
    var each = 0
    for _ in 0..<series {
      let truth = (0..<count).map { _ in mean + tau * noise.normal() }
      let (effects, variances) = try make(&noise, truth)
      let next = mean + tau * noise.normal()
      let trials = try TrialEstimates(effects: effects, variances: variances)
      let means = try HeterogeneityEstimator.allCases.map {
        try RandomEffects(trials, estimator: $0)
      }
      let bayes = try HierarchicalPosterior(trials, scale: 0.5)
      func note(_ place: Int, _ lower: Double?, _ upper: Double?, _ value: Double) {
        if let lower, let upper, lower <= value, value <= upper { holds[place] += 1 }
      }
      note(0, means[0].plain.lower, means[0].plain.upper, mean)
      note(1, means[2].plain.lower, means[2].plain.upper, mean)
      for (place, one) in means.enumerated() {
        note(2 + place, one.hartungKnapp?.lower, one.hartungKnapp?.upper, mean)
      }
      note(5, bayes.effect.lower, bayes.effect.upper, mean)
      each += zip(bayes.individuals, truth).count { $0.lower <= $1 && $1 <= $0.upper }
      note(7, means[2].predictionLower, means[2].predictionUpper, next)
      note(8, bayes.prediction.lower, bayes.prediction.upper, next)
    }
    var cells = holds.map { rate($0, series) }
    // Trials of one series share its heterogeneity: the error is at most that of whole series.
    let share = Double(each) / Double(series * count)
    cells[6] =
      percent(share) + " ± "
      + text(100 * (share * (1 - share) / Double(series)).squareRoot(), 1)
    Calibration.line(["\(count)", text(tau, 1)] + cells)
  }
}
