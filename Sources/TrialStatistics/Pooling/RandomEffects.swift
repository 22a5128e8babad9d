import RealModule

/// The mean of the effects of trials that may differ, by one estimate of how much they do.
///
/// With w = 1 / (v + τ²) the mean is Σ w y / Σ w. The plain interval takes 1 / Σ w for its variance, as
/// if τ² were known: it covers 87 % instead of 95 % with three trials and τ = 0.5. That of Hartung and
/// Knapp, and Sidik and Jonkman, takes Σ w (y − μ)² / ((K − 1) Σ w) and a t distribution with K − 1
/// degrees of freedom, and covers 94 % [Hartung and Knapp 2001; Sidik and Jonkman 2002]. It can be
/// narrower than the plain one where the effects agree by chance: `factor` is then well below 1, and the
/// interval is left as it is [IntHout et al. 2014].
public struct RandomEffects: Hashable, Sendable {
  /// A mean with its standard error, interval and two-sided p-value for no effect on average.
  public struct Mean: Hashable, Sendable, Codable {
    /// The standard error.
    public let se: Double
    /// The ends of the interval.
    public let lower, upper: Double
    /// The two-sided p-value.
    public let p: Double
  }

  /// How τ² was estimated.
  public let estimator: HeterogeneityEstimator
  /// The trials.
  public let count: Int
  /// The variance between trials.
  public let tau2: Double
  /// The mean effect.
  public let mean: Double
  /// The plain interval.
  public let plain: Mean
  /// The interval of Hartung, Knapp, Sidik and Jonkman; `nil` with one trial.
  public let hartungKnapp: Mean?
  /// Σ w (y − μ)² / (K − 1): what the plain variance is multiplied with; `nil` with one trial.
  public let factor: Double?
  /// The share of the variance of the effects that is between trials, and H² [Higgins and Thompson
  /// 2002], both from τ² and the typical sampling variance; `nil` with one trial.
  public let i2, h2: Double?
  /// Where the effect of another trial would lie: μ ± t √(τ² + se²) with the standard error of Hartung and
  /// Knapp and K − 1 degrees of freedom; `nil` with one trial.
  public let predictionLower, predictionUpper: Double?

  /// Pools trials.
  ///
  /// - Parameter level: of the intervals, for instance 0.95.
  /// - Throws: `PoolingError.levelOutOfRange`.
  public init(
    _ trials: TrialEstimates, estimator: HeterogeneityEstimator, level: Double = 0.95
  ) throws(PoolingError) {
    guard level > 0, level < 1 else { throw .levelOutOfRange }
    self.estimator = estimator
    count = trials.count
    tau2 = estimator.tau2(trials)
    let sums = trials.sums(tau2)
    mean = trials.centre + sums.shift
    let outside = (1 - level) / 2
    let normal = NormalDistribution()
    let variance = 1 / sums.weight
    plain = Mean(
      mean, se: variance.squareRoot(), width: normal.quantile(above: outside),
      tail: normal.probability(above:))
    guard trials.count > 1, let student = try? StudentDistribution(degrees: Double(count - 1))
    else {
      (hartungKnapp, factor, i2, h2, predictionLower, predictionUpper) = (
        nil, nil, nil, nil, nil, nil
      )
      return
    }
    let degrees = Double(count - 1)
    let factor = sums.spread / degrees
    self.factor = factor
    let width = student.quantile(above: outside)
    hartungKnapp = Mean(
      mean, se: (factor * variance).squareRoot(), width: width, tail: student.probability(above:))
    let reach = width * (tau2 + factor * variance).squareRoot()
    predictionLower = mean - reach
    predictionUpper = mean + reach
    let fixed = trials.sums(0)
    let typical = degrees / fixed.excess
    i2 = tau2 / (tau2 + typical)
    h2 = tau2 / typical + 1
  }
}

extension RandomEffects.Mean {
  fileprivate init(_ mean: Double, se: Double, width: Double, tail: (Double) -> Double) {
    self.se = se
    lower = mean - width * se
    upper = mean + width * se
    // Without any spread the mean is certain, and 0 only if it is 0.
    p = se > 0 ? min(1, 2 * tail((mean / se).magnitude)) : mean == 0 ? 1 : 0
  }
}

/// Whether trials differ by more than their own uncertainty: Cochran's Q and what follows from it.
public struct Heterogeneity: Hashable, Sendable, Codable {
  /// Σ (y − ȳ)² / v about the fixed-effect mean [Cochran 1954].
  public let q: Double
  /// K − 1.
  public let degrees: Int
  /// The probability of a larger Q without heterogeneity; 1 with one trial.
  public let p: Double
  /// The ends of the interval of τ² by the profile of Q [Viechtbauer 2007]; `nil` with one trial.
  public let tau2Lower, tau2Upper: Double?

  /// - Throws: `PoolingError.levelOutOfRange`.
  public init(_ trials: TrialEstimates, level: Double = 0.95) throws(PoolingError) {
    guard level > 0, level < 1 else { throw .levelOutOfRange }
    q = trials.sums(0).spread
    degrees = trials.count - 1
    guard degrees > 0, let chi = try? ChiSquareDistribution(degrees: Double(degrees)) else {
      (p, tau2Lower, tau2Upper) = (1, nil, nil)
      return
    }
    p = chi.probability(above: q)
    let outside = (1 - level) / 2
    tau2Lower = HeterogeneityEstimator.root(trials, of: chi.quantile(above: outside))
    tau2Upper = HeterogeneityEstimator.root(trials, of: chi.quantile(below: outside))
  }
}
