import RealModule

extension AR1Posterior {
  /// The posterior under other priors, beside this one's: how much the answer rests on them.
  ///
  /// The first is flat on the effect with φ uniform, the second flat with the reference prior of φ,
  /// and then one for each standard deviation of a normal prior of the effect, with φ uniform.
  ///
  /// - Parameter sds: in the outcome's unit; a quarter, a half, one and two standard deviations of
  ///   what the model without autocorrelation leaves of the outcome, if `nil`.
  /// - Throws: `StatisticsError.priorOutOfRange` for one that is not positive and finite.
  public func sensitivity(sds: [Double]? = nil) throws(StatisticsError) -> [AR1Posterior] {
    let uniform = try AR1Model(series, prior: .uniform)
    let reference = try AR1Model(series, prior: .reference)
    var table = [
      try AR1Posterior(series: series, model: uniform, priors: AR1Priors(), level: level),
      try AR1Posterior(
        series: series, model: reference, priors: AR1Priors(autocorrelation: .reference),
        level: level),
    ]
    let scale = model.likelihood.residualSD
    for sd in sds ?? [0.25, 0.5, 1, 2].map({ $0 * scale }) {
      table.append(
        try AR1Posterior(
          series: series, model: uniform, priors: AR1Priors(effect: .normal(sd: sd)),
          level: level))
    }
    return table
  }

  /// The posterior of the coefficient of a covariate, counted from 0 in the order they were given;
  /// `nil` where there is none.
  public func coefficient(ofCovariate place: Int) -> CoefficientPosterior? {
    coefficient(column: series.firstCovariate + place, isThere: place >= 0)
  }

  /// The posterior of the trend, per day; `nil` where none was fitted.
  public var trendPerDay: CoefficientPosterior? {
    coefficient(column: 2, isThere: series.firstCovariate == 3)
  }

  private func coefficient(column: Int, isThere: Bool) -> CoefficientPosterior? {
    guard isThere, column < series.columns.count,
      let model = try? AR1Model(series, second: column, prior: priors.autocorrelation)
    else { return nil }
    guard let prior = EffectPrior(priors.effect) else {
      return CoefficientPosterior(model.second(), level: level)
    }
    return PriorProduct(likelihood: model.effect, prior: prior).map {
      CoefficientPosterior(model.second($0), level: level)
    }
  }
}

/// The posterior of one coefficient beside the effect.
public struct CoefficientPosterior: Sendable {
  /// The posterior mean and standard deviation.
  public let mean, sd: Double
  /// The posterior median.
  public let median: Double
  /// The level of the interval, and the limits of the central one.
  public let level, lower, upper: Double
  /// The posterior probability of a value above 0.
  public let probabilityPositive: Double
  private let mixture: StudentMixture

  init(_ mixture: StudentMixture, level: Double) {
    self.mixture = mixture
    self.level = level
    mean = mixture.mean
    sd = mixture.sd
    median = mixture.quantile(0.5)
    lower = mixture.quantile((1 - level) / 2)
    upper = mixture.quantile((1 + level) / 2)
    probabilityPositive = mixture.probability(above: 0)
  }

  /// The posterior probability of a value above `threshold`.
  public func probability(above threshold: Double) -> Double {
    mixture.probability(above: threshold)
  }

  /// The value that is exceeded with probability one minus `probability`.
  public func quantile(_ probability: Double) -> Double { mixture.quantile(probability) }

  /// The posterior density at `value`.
  public func density(at value: Double) -> Double { mixture.density(value) }
}
