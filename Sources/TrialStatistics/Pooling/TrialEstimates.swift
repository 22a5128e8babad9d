/// One effect with its sampling variance for each trial: yᵢ ~ N(θᵢ, vᵢ), θᵢ ~ N(μ, τ²).
///
/// The variances are taken as known, as in every method of this folder. What is summed over the
/// trials for a given τ² is here, once.
public struct TrialEstimates: Hashable, Sendable {
  /// The effects, in one unit.
  public let effects: [Double]
  /// Their sampling variances, in its square; above 0.
  public let variances: [Double]
  /// The effects less `centre`, so that sums of squares do not lose digits.
  let centred: [Double]
  /// The fixed-effect mean.
  let centre: Double

  /// Checks that the parts belong together.
  ///
  /// - Throws: `PoolingError` with the first trial that is wrong, counted from 1.
  public init(effects: [Double], variances: [Double]) throws(PoolingError) {
    guard effects.count == variances.count else {
      throw .lengthsDiffer(effects: effects.count, variances: variances.count)
    }
    guard !effects.isEmpty else { throw .noTrial }
    for trial in effects.indices {
      guard effects[trial].isFinite else { throw .effectNotFinite(trial: trial + 1) }
      guard variances[trial] > 0, (1 / variances[trial]).isFinite, variances[trial].isFinite else {
        throw .varianceNotPositive(trial: trial + 1)
      }
    }
    self.effects = effects
    self.variances = variances
    var (total, sum) = (0.0, 0.0)
    for trial in effects.indices {
      total += 1 / variances[trial]
      sum += effects[trial] / variances[trial]
    }
    let centre = sum / total
    self.centre = centre
    centred = effects.map { $0 - centre }
  }

  /// The number of trials.
  public var count: Int { effects.count }

  /// What is summed over the trials at one τ².
  struct Sums {
    /// Σ w with w = 1 / (v + τ²), and Σ w².
    var weight = 0.0
    /// Σ w − Σ w² / Σ w as a sum of positive terms: the difference would lose all digits where one trial
    /// weighs nearly everything.
    var excess = 0.0
    var squares = 0.0
    /// The weighted mean, less the centre.
    var shift = 0.0
    /// Σ w (y − μ)² and Σ w² (y − μ)².
    var spread = 0.0
    var sharp = 0.0
  }

  /// The sums at a variance between trials, in two passes.
  func sums(_ tau2: Double) -> Sums {
    var sums = Sums()
    var total = 0.0
    for trial in centred.indices {
      let weight = 1 / (variances[trial] + tau2)
      sums.weight += weight
      sums.squares += weight * weight
      total += weight * centred[trial]
    }
    sums.shift = total / sums.weight
    var others = [Double](repeating: 0, count: variances.count)
    // The weight of all trials but one, without a difference: from both ends.
    var before = 0.0
    for trial in variances.indices {
      others[trial] = before
      before += 1 / (variances[trial] + tau2)
    }
    var after = 0.0
    for trial in variances.indices.reversed() {
      let weight = 1 / (variances[trial] + tau2)
      sums.excess += weight * ((others[trial] + after) / sums.weight)
      after += weight
    }
    for trial in centred.indices {
      let weight = 1 / (variances[trial] + tau2)
      let residual = weight * (centred[trial] - sums.shift)
      sums.spread += residual * (centred[trial] - sums.shift)
      sums.sharp += residual * residual
    }
    return sums
  }

  /// The distance of the largest effect from the smallest.
  var range: Double { (centred.max() ?? 0) - (centred.min() ?? 0) }
}
