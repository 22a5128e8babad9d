import RealModule

/// The Bayesian normal-normal model by quadrature: yᵢ ~ N(θᵢ, vᵢ), θᵢ ~ N(μ, τ²), μ flat, τ half-normal.
///
/// Given τ everything is normal in closed form; τ is integrated over the interval in which its posterior
/// density is more than e⁻⁴² of its largest, by Gauss-Legendre rules of growing size until they agree.
/// So the posterior of μ, of each θᵢ and of the effect of another trial are mixtures of normal
/// distributions [Röver 2020].
public struct HierarchicalPosterior: Sendable {
  /// A posterior of one quantity.
  public struct Quantity: Hashable, Sendable, Codable {
    /// The mean and the standard deviation.
    public let mean, sd: Double
    /// The ends of the central interval.
    public let lower, upper: Double
  }

  /// The scale of the half-normal prior of τ, in the unit of the effects.
  public let scale: Double
  /// The level of the intervals.
  public let level: Double
  /// The mean effect μ.
  public let effect: Quantity
  /// The median of μ.
  public let median: Double
  /// The probability that μ is above 0.
  public let probabilityPositive: Double
  /// The posterior mean and standard deviation of τ.
  public let tauMean, tauSD: Double
  /// The effect of another trial of the kind.
  public let prediction: Quantity
  /// The effect θᵢ of each trial, drawn towards the mean by as much as its own uncertainty says.
  public let individuals: [Quantity]
  /// The logarithm of the marginal likelihood with the flat prior of μ as 1: only differences between
  /// priors over the same trials mean anything.
  public let logMarginal: Double

  /// Computes the posterior.
  ///
  /// - Parameters:
  ///   - scale: of the half-normal prior of τ; half of the standard deviation of single ratings is a
  ///     wide one.
  ///   - level: of the central intervals.
  /// - Throws: `PoolingError`.
  public init(
    _ trials: TrialEstimates, scale: Double, level: Double = 0.95
  ) throws(PoolingError) {
    guard scale > 0, scale.isFinite, (scale * scale).isNormal else { throw .scaleOutOfRange }
    guard level > 0, level < 1 else { throw .levelOutOfRange }
    guard let grid = HierarchicalGrid(trials, scale: scale) else { throw .noPosterior }
    self.scale = scale
    self.level = level
    let centre = trials.centre
    let weights = grid.nodes.map(\.weight)
    let mixture = NormalMixture(
      weights: weights, means: grid.nodes.map(\.shift), variances: grid.nodes.map(\.variance))
    func quantity(_ mixture: NormalMixture) -> Quantity {
      Quantity(
        mean: centre + mixture.mean, sd: mixture.sd,
        lower: centre + mixture.quantile((1 - level) / 2),
        upper: centre + mixture.quantile((1 + level) / 2))
    }
    effect = quantity(mixture)
    median = centre + mixture.quantile(0.5)
    probabilityPositive = mixture.probability(above: -centre)
    let first = grid.nodes.reduce(0) { $0 + $1.weight * $1.tau }
    tauMean = first
    tauSD = grid.nodes.reduce(0) { $0 + $1.weight * ($1.tau - first) * ($1.tau - first) }
      .squareRoot()
    prediction = quantity(
      NormalMixture(
        weights: weights, means: grid.nodes.map(\.shift),
        variances: grid.nodes.map { $0.variance + $0.tau * $0.tau }))
    logMarginal = grid.logTotal
    individuals = trials.variances.indices.map { trial in
      let (own, value) = (trials.variances[trial], trials.centred[trial])
      let whole = NormalMixture(grid.nodes, shrinking: value, own)
      let ends = NormalMixture(grid.fewer, shrinking: value, own)
      return Quantity(
        mean: centre + whole.mean, sd: whole.sd,
        lower: centre + ends.nearQuantile((1 - level) / 2),
        upper: centre + ends.nearQuantile((1 + level) / 2))
    }
  }
}

extension NormalMixture {
  /// The posterior of one trial's effect: at each τ its own value is drawn towards the mean by its share of
  /// the variance.
  fileprivate init(_ nodes: [HierarchicalGrid.Node], shrinking value: Double, _ own: Double) {
    var (weights, means, variances) = ([Double](), [Double](), [Double]())
    weights.reserveCapacity(nodes.count)
    means.reserveCapacity(nodes.count)
    variances.reserveCapacity(nodes.count)
    for node in nodes {
      let share = node.tau * node.tau / (node.tau * node.tau + own)
      weights.append(node.weight)
      means.append(share * value + (1 - share) * node.shift)
      variances.append(share * own + (1 - share) * (1 - share) * node.variance)
    }
    self.init(weights: weights, means: means, variances: variances)
  }
}
