import RealModule

/// The Bayesian effect of the active arm with AR(1) noise, by quadrature instead of sampling.
///
/// y = intercept + effect · active (+ trend + covariates) + u, u stationary AR(1), gaps treated
/// exactly; flat priors on the coefficients but, where `priors` says so, on the effect; p(σ) ∝ 1/σ;
/// φ uniform on (−1, 1) or after the reference prior. Given φ the effect has a t distribution in
/// closed form [Zellner and Tiao 1964]; φ is integrated by a trapezoidal rule whose error is
/// checked (`AR1Grid`), a proper prior of the effect by panels of Gauss-Legendre (`PriorProduct`).
/// Agrees with 400 nodes of Gauss-Legendre over φ = sin θ, each fitted anew, to about 10⁻¹³.
public struct AR1Posterior: Sendable {
  /// The priors.
  public let priors: AR1Priors
  /// The posterior mean and standard deviation of the effect; the latter is infinite where the arm
  /// alternates at every observed slot, so that an effect cannot be told from an autocorrelation of
  /// −1, under a flat prior.
  public let mean, sd: Double
  /// The posterior median.
  public let median: Double
  /// The level of the interval.
  public let level: Double
  /// The limits of the central interval.
  public let lower, upper: Double
  /// The posterior probability of an effect above 0.
  public let probabilityPositive: Double
  /// The posterior mean and standard deviation of the autocorrelation φ.
  public let phiMean, phiSD: Double
  /// The posterior mean of the standard deviation of the innovations.
  public let sigmaMean: Double
  /// The logarithm of the marginal likelihood, the flat priors of the coefficients and 1/σ as they
  /// stand: only differences between models with the same columns mean anything.
  public let logMarginal: Double
  /// The logarithm of `bayesFactor`; `nil` under a flat prior of the effect.
  public let logBayesFactor: Double?
  /// How many times likelier the outcomes are if the effect has its prior than if it is 0
  /// [Dickey 1971]; `nil` under a flat prior of the effect, which would make it meaningless.
  public var bayesFactor: Double? { logBayesFactor.map { Double.exp($0) } }

  let series: AR1Series
  let model: AR1Model
  private let curve: any PosteriorCurve

  /// The posterior of the effect.
  ///
  /// - Parameters:
  ///   - outcome: one value per slot, `nil` where it is missing or not in the endpoint.
  ///   - active: 1 for the active arm, 0 for the reference.
  ///   - day: the day of each slot, whole and ascending; the slots themselves if `nil`.
  ///   - trend: whether a linear trend over days is fitted as well.
  ///   - covariates: further columns, each with one number per slot; where the outcome is missing
  ///     they are not read.
  ///   - priors: of the effect and of the autocorrelation.
  ///   - level: of the interval.
  public init(
    outcome: [Double?], active: [Int], day: [Double]? = nil, trend: Bool = false,
    covariates: [[Double]] = [], priors: AR1Priors = AR1Priors(), level: Double = 0.95
  ) throws(StatisticsError) {
    let series = try AR1Series(
      outcome: outcome, active: active, day: day, trend: trend, covariates: covariates)
    guard level > 0, level < 1 else { throw .levelOutOfRange }
    let model = try AR1Model(series, prior: priors.autocorrelation)
    try self.init(series: series, model: model, priors: priors, level: level)
  }

  /// The posterior where the integral over the autocorrelation is done already.
  init(series: AR1Series, model: AR1Model, priors: AR1Priors, level: Double)
    throws(StatisticsError)
  {
    try priors.check()
    self.series = series
    self.model = model
    self.priors = priors
    self.level = level
    let noise: AR1Model.Noise
    if let prior = EffectPrior(priors.effect) {
      guard let product = PriorProduct(likelihood: model.effect, prior: prior) else {
        throw .priorAgainstData
      }
      curve = product
      logMarginal = model.logMarginal + product.logTotal
      logBayesFactor = -product.logNull
      noise = model.noise(product)
    } else {
      curve = model.effect
      logMarginal = model.logMarginal
      logBayesFactor = nil
      noise = model.noise()
    }
    mean = curve.mean
    sd = curve.sd
    median = curve.quantile(0.5)
    lower = curve.quantile((1 - level) / 2)
    upper = curve.quantile((1 + level) / 2)
    probabilityPositive = curve.probability(above: 0)
    (phiMean, phiSD, sigmaMean) = (noise.phiMean, noise.phiSD, noise.sigmaMean)
  }

  /// The posterior probability of an effect above `threshold`.
  public func probability(above threshold: Double) -> Double {
    curve.probability(above: threshold)
  }

  /// The posterior probability of an effect below `threshold`; at the true effect of simulated
  /// outcomes, whose parameters were drawn from the priors, it is uniform.
  public func probability(below threshold: Double) -> Double {
    curve.probability(below: threshold)
  }

  /// The posterior probability of an effect no further than `halfWidth` from 0: of practical
  /// equivalence.
  public func probability(within halfWidth: Double) -> Double {
    // From the nearer end, so that a small share in a tail keeps its digits.
    median > 0
      ? curve.probability(below: halfWidth) - curve.probability(below: -halfWidth)
      : curve.probability(above: -halfWidth) - curve.probability(above: halfWidth)
  }

  /// The effect that is exceeded with probability one minus `probability`.
  public func quantile(_ probability: Double) -> Double { curve.quantile(probability) }

  /// The posterior density at `effect`, for the figure.
  public func density(at effect: Double) -> Double { curve.density(effect) }
}

extension AR1Priors {
  func check() throws(StatisticsError) {
    switch effect {
    case .flat: return
    case .normal(let sd):
      guard sd > 0, sd.isFinite else { throw .priorOutOfRange }
    case .student(let degrees, let scale):
      guard scale > 0, scale.isFinite, degrees >= 0.001, degrees <= 1e8 else {
        throw .priorOutOfRange
      }
    }
  }
}
