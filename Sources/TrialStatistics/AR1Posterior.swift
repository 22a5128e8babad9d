import RealModule

/// The Bayesian effect of the active arm with AR(1) noise, by quadrature instead of sampling.
///
/// y = intercept + effect · active (+ trend) + u, u stationary AR(1), gaps treated exactly; flat
/// priors on the coefficients, p(σ) ∝ 1/σ, φ uniform on (−1, 1). Given φ the effect has a t
/// distribution in closed form (Zellner and Tiao 1964); φ = sin θ is integrated by Gauss-Legendre
/// with 400 nodes. Agrees with node doubling to about 10⁻¹².
public struct AR1Posterior: Sendable {
  /// The posterior mean and standard deviation of the effect.
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
  /// The logarithm of the marginal likelihood under the flat priors as they stand.
  public let logMarginal: Double
  private let mixture: StudentMixture

  /// The posterior of the effect.
  ///
  /// - Parameters:
  ///   - outcome: one value per slot, `nil` where it is missing or not in the endpoint.
  ///   - active: 1 for the active arm, 0 for the reference.
  ///   - day: the day of each slot, whole and ascending; the slots themselves if `nil`.
  ///   - trend: whether a linear trend over days is fitted as well.
  ///   - level: of the interval.
  public init(
    outcome: [Double?], active: [Int], day: [Double]? = nil, trend: Bool = false,
    level: Double = 0.95
  ) throws(StatisticsError) {
    let series = try AR1Series(outcome: outcome, active: active, day: day, trend: trend)
    guard level > 0, level < 1 else { throw .levelOutOfRange }
    let degrees = Double(series.outcome.count - series.columns.count)
    var parts: [Part] = []
    let rule = GaussLegendre.fine
    for (node, weight) in zip(rule.nodes, rule.weights) {
      let theta = node * Double.pi / 2
      let room = Double.cos(theta)
      let phi = Double.sin(theta)
      guard
        let fit = AR1Fit(
          outcome: series.outcome, columns: series.columns, gaps: series.gaps, phi: phi,
          room: room * room)
      else { continue }
      parts.append(Part(fit, degrees: degrees, phi: phi, measure: weight * room))
    }
    guard let top = parts.map(\.logWeight).max() else { throw .singularModel }
    let total = parts.reduce(0) { $0 + Double.exp($1.logWeight - top) }
    let weights = parts.map { Double.exp($0.logWeight - top) / total }
    mixture = StudentMixture(
      weights: weights, centres: parts.map(\.centre), scales: parts.map(\.scale), degrees: degrees)
    self.level = level
    mean = mixture.mean
    sd = mixture.sd
    median = mixture.quantile(0.5)
    lower = mixture.quantile((1 - level) / 2)
    upper = mixture.quantile((1 + level) / 2)
    probabilityPositive = 1 - mixture.probability(below: 0)
    let phi = zip(weights, parts).reduce(0) { $0 + $1.0 * $1.1.phi }
    phiMean = phi
    phiSD = zip(weights, parts).reduce(0) { $0 + $1.0 * ($1.1.phi - phi) * ($1.1.phi - phi) }
      .squareRoot()
    let gamma =
      SpecialFunctions.logGamma((degrees - 1) / 2) - SpecialFunctions.logGamma(degrees / 2)
    sigmaMean = zip(weights, parts).reduce(0) {
      $0 + $1.0 * ($1.1.residual / 2).squareRoot() * Double.exp(gamma)
    }
    // dφ = (π/2) cos θ dx, the prior density of φ is 1/2, and ∫ over σ gives ½ π^(−ν/2) Γ(ν/2).
    logMarginal =
      top + Double.log(total) + Double.log(Double.pi / 8) - degrees / 2 * Double.log(Double.pi)
      + SpecialFunctions.logGamma(degrees / 2)
  }

  /// The posterior probability of an effect above `threshold`.
  public func probability(above threshold: Double) -> Double {
    1 - mixture.probability(below: threshold)
  }

  /// The posterior probability of an effect no further than `halfWidth` from 0.
  public func probability(within halfWidth: Double) -> Double {
    mixture.probability(below: halfWidth) - mixture.probability(below: -halfWidth)
  }

  /// The effect that is exceeded with probability one minus `probability`.
  public func quantile(_ probability: Double) -> Double { mixture.quantile(probability) }

  /// The posterior density at `effect`, for the figure.
  public func density(at effect: Double) -> Double { mixture.density(effect) }

  /// What one value of φ contributes.
  private struct Part {
    let phi: Double
    let centre: Double
    let scale: Double
    let residual: Double
    let logWeight: Double

    init(_ fit: AR1Fit, degrees: Double, phi: Double, measure: Double) {
      self.phi = phi
      centre = fit.coefficients[1]
      scale = (fit.residual / degrees * fit.inverseDiagonal(1)).squareRoot()
      residual = fit.residual
      logWeight =
        Double.log(measure) - 0.5 * fit.logDeterminant - 0.5 * fit.logVariance
        - degrees / 2 * Double.log(fit.residual)
    }
  }
}
