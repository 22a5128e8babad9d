import RealModule

/// The model with its autocorrelation integrated out: what remains is a mixture of t distributions.
struct AR1Model {
  let likelihood: AR1Likelihood
  /// The effect under a flat prior.
  let effect: StudentMixture
  /// The logarithm of the marginal likelihood under the flat priors as they stand.
  let logMarginal: Double
  private let grid: AR1Grid

  /// What is known of the noise.
  struct Noise {
    let phiMean, phiSD, sigmaMean: Double
  }

  /// - Parameter second: the column that is wanted beside the effect.
  /// - Throws: `StatisticsError`: columns that cannot be told apart, or noise without a scale: at an
  ///   autocorrelation of 1 or −1 nothing would be left of it.
  init(_ series: AR1Series, second: Int? = nil, prior: AR1Priors.Autocorrelation)
    throws(StatisticsError)
  {
    guard let likelihood = series.likelihood(second: second) else { throw .singularModel }
    guard let grid = AR1Grid(likelihood, prior: prior) else { throw .noVariation }
    self.likelihood = likelihood
    self.grid = grid
    let degrees = likelihood.degrees
    effect = StudentMixture(
      parts: zip(grid.weights, grid.nodes).map { weight, node in
        StudentMixture.Part(
          weight: weight, centre: likelihood.start.last + node.shift,
          scale: (node.residual / degrees).squareRoot() * node.spread * likelihood.unit)
      }, degrees: degrees,
      hasVariance: grid.hasMean { $0.residual * $0.spread * $0.spread })
    // ∫ over σ gives ½ π^(−ν/2) Γ(ν/2) S^(−ν/2).
    logMarginal =
      grid.logTotal - 0.5 * likelihood.logScale - degrees * Double.log(likelihood.unit)
      - Double.log(2) - degrees / 2 * Double.log(.pi) + Double.logGamma(degrees / 2)
  }

  /// The autocorrelation and the innovations under a flat prior of the effect.
  func noise() -> Noise {
    moments(grid.weights, roots: grid.nodes.map { $0.residual.squareRoot() }, degrees)
  }

  /// The same under a proper one: every φ counts by how well its effects meet the prior, and an effect
  /// that is t scales away from the estimate leaves 1 + t² / ν times the squares.
  func noise(_ product: PriorProduct) -> Noise {
    let roots = zip(grid.nodes, product.roots).map { $0.residual.squareRoot() * $1 }
    return moments(product.weights, roots: roots, degrees + 1)
  }

  /// The coefficient before the last one under a flat prior of the effect.
  func second() -> StudentMixture {
    func spread(_ node: AR1Likelihood.Node) -> Double {
      (node.secondSpread * node.secondSpread
        + node.secondSlope * node.secondSlope * node.spread * node.spread).squareRoot()
    }
    return StudentMixture(
      parts: zip(grid.weights, grid.nodes).map { weight, node in
        return StudentMixture.Part(
          weight: weight, centre: likelihood.start.second + node.secondShift,
          scale: (node.residual / degrees).squareRoot() * spread(node) * likelihood.unit)
      }, degrees: degrees, hasVariance: grid.hasMean { $0.residual * spread($0) * spread($0) })
  }

  /// The same under a proper one: given effect and φ it has a t distribution with one more degree of
  /// freedom.
  func second(_ product: PriorProduct) -> StudentMixture {
    var parts: [StudentMixture.Part] = []
    joint(product) { effect, place, weight, t in
      guard weight > 1e-13 else { return }
      let node = grid.nodes[place]
      let residual = node.residual * (1 + t * t / degrees) / (degrees + 1)
      let shift = node.secondSlope * (effect - likelihood.start.last - node.shift)
      parts.append(
        StudentMixture.Part(
          weight: weight, centre: likelihood.start.second + node.secondShift + shift,
          scale: residual.squareRoot() * node.secondSpread * likelihood.unit))
    }
    return StudentMixture(parts: parts, degrees: degrees + 1)
  }

  private var degrees: Double { likelihood.degrees }

  /// Calls `body` with every effect, the place of every φ, their joint posterior weight and the t
  /// value of the effect there.
  private func joint(
    _ product: PriorProduct,
    _ body: (_ effect: Double, _ place: Int, _ weight: Double, _ t: Double) -> Void
  ) {
    var heights = [Double](repeating: 0, count: grid.nodes.count)
    for node in product.nodes where node.weight > 1e-15 {
      let logs = effect.parts.map { part in
        effect.student.logDensity((node.effect - part.centre) / part.scale)
          + Double.log(part.weight / part.scale)
      }
      let top = logs.reduce(-Double.infinity, max)
      for place in heights.indices { heights[place] = Double.exp(logs[place] - top) }
      let total = heights.reduce(0, +)
      for place in heights.indices {
        let part = effect.parts[place]
        body(
          node.effect, place, node.weight * heights[place] / total,
          (node.effect - part.centre) / part.scale)
      }
    }
  }

  /// The moments of φ, and that of σ, where σ² given φ is `root`² over a chi-square variable.
  private func moments(_ weights: [Double], roots: [Double], _ degrees: Double) -> Noise {
    let total = weights.reduce(0, +)
    let mean = zip(weights, grid.nodes).reduce(0) { $0 + $1.0 * $1.1.phi } / total
    let square =
      zip(weights, grid.nodes).reduce(0) {
        $0 + $1.0 * ($1.1.phi - mean) * ($1.1.phi - mean)
      } / total
    let gamma =
      Double.logGamma((degrees - 1) / 2) - Double.logGamma(degrees / 2)
    let root = zip(weights, roots).reduce(0) { $0 + $1.0 * $1.1 } / total
    return Noise(
      phiMean: mean, phiSD: square.squareRoot(),
      sigmaMean: likelihood.unit * root * (0.5).squareRoot() * Double.exp(gamma))
  }
}
