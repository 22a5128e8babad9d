import RealModule

/// Values of the autocorrelation with their posterior weights, under a flat prior of the effect.
///
/// With φ = tanh(m + w sinh u), m the mode of the density over tanh⁻¹ φ and w its width there, the
/// density over u falls off doubly exponentially or faster on both sides. For such a function the
/// trapezoidal rule converges exponentially [Trefethen and Weideman 2014]: halving the step squares
/// the error. The step is halved until two rules agree to 10⁻⁸ in the total and in the moments; the
/// finer one is then right to about 10⁻¹³.
struct AR1Grid {
  /// The nodes with a weight that matters, in ascending order of φ.
  private(set) var nodes: [AR1Likelihood.Node] = []
  /// Their weights, which sum to 1.
  private(set) var weights: [Double] = []
  /// The logarithm of ∫ likelihood · prior dφ.
  let logTotal: Double

  /// - Returns: `nil` where the likelihood is nowhere finite, or grows without bound towards an end.
  init?(_ likelihood: AR1Likelihood, prior: AR1Priors.Autocorrelation) {
    var search = AR1GridSearch(likelihood, prior: prior)
    guard let (mode, width) = search.peak() else { return nil }
    var step = 0.25
    var places = search.lattice(mode, width, step: step, offset: 0)
    var before = AR1Grid.summary(places, step: step, unit: likelihood.unit)
    for _ in 0..<8 {
      places += search.lattice(mode, width, step: step, offset: step / 2)
      step /= 2
      let now = AR1Grid.summary(places, step: step, unit: likelihood.unit)
      let same = zip(before, now).allSatisfy {
        ($0 - $1).magnitude <= 1e-8 * max(1, $1.magnitude)
      }
      before = now
      if same { break }
    }
    places.sort { $0.node.phi < $1.node.phi }
    let top = places.reduce(-Double.infinity) { max($0, $1.logDensity) }
    let raw = places.map { Double.exp($0.logDensity - top) }
    let total = raw.reduce(0, +)
    logTotal = top + Double.log(total * step)
    for (place, weight) in zip(places, raw) where weight > total * 1e-17 {
      nodes.append(place.node)
      weights.append(weight / total)
    }
  }

  /// Whether the mean of `value` exists, so that it does not depend on where the nodes end.
  ///
  /// Where a value grows towards φ = ±1 as fast as the density falls, the outermost node holds a
  /// large share of the sum; else about 10⁻¹⁷ of it.
  func hasMean(of value: (AR1Likelihood.Node) -> Double) -> Bool {
    let terms = zip(nodes, weights).map { value($0) * $1 }
    guard let first = terms.first, let last = terms.last else { return false }
    return max(first, last) <= 1e-6 * terms.reduce(0, +)
  }

  /// The logarithm of the total, and moments that must agree between two rules; none of them has a
  /// unit, or the rounding of a large one would never agree, and a small one always.
  private static func summary(
    _ places: [AR1GridSearch.Place], step: Double, unit: Double
  ) -> [Double] {
    let top = places.reduce(-Double.infinity) { max($0, $1.logDensity) }
    var (total, phi, residual, shift, spread) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for place in places {
      let weight = Double.exp(place.logDensity - top)
      // Far out the factor may fail; such a node has no weight, and its numbers are none.
      guard weight > 0 else { continue }
      let node = place.node
      let scale = node.residual.squareRoot() * node.spread
      total += weight
      phi += weight * node.phi
      residual += weight * node.residual.squareRoot()
      shift += weight * (node.shift / unit)
      spread += weight * scale
    }
    return [
      top + Double.log(total * step), phi / total, Double.log(residual / total),
      shift / spread, Double.log(spread / total),
    ]
  }
}

/// Finds where the density of the autocorrelation is.
struct AR1GridSearch {
  /// A node with the logarithm of its density over u.
  struct Place {
    let node: AR1Likelihood.Node
    let logDensity: Double
  }

  private let likelihood: AR1Likelihood
  private let prior: AR1Priors.Autocorrelation
  private var work: [Double]
  /// Below this logarithm nothing counts, and the outermost points where anything does.
  private var floor = -Double.infinity
  private var low = 0.0
  private var high = 0.0

  init(_ likelihood: AR1Likelihood, prior: AR1Priors.Autocorrelation) {
    self.likelihood = likelihood
    self.prior = prior
    work = likelihood.workspace
  }

  /// The density over t = tanh⁻¹ φ: dφ = (1 − φ²) dt.
  private mutating func place(_ t: Double, logSlope: Double = 0) -> Place {
    let node = likelihood.node(at: t, &work)
    let logPrior =
      switch prior {
      case .uniform: node.logRoom - Double.log(2)
      case .reference: node.logRoom / 2 - Double.log(.pi)
      }
    return Place(node: node, logDensity: node.logLikelihood + logPrior + logSlope)
  }

  /// The mode over t and the width of the density there; `nil` where the mode is at an end.
  mutating func peak() -> (mode: Double, width: Double)? {
    let points = stride(from: -20, through: 20, by: 1).map { 0.5 * Double.sinh(Double($0) / 4) }
    let values = points.map { place($0).logDensity }
    guard let top = values.max(), top.isFinite, let best = values.firstIndex(of: top), best > 0,
      best < values.count - 1
    else { return nil }
    var left = points[max(0, best - 1)]
    var right = points[min(points.count - 1, best + 1)]
    // The mode by golden section, roughly: it only has to lie in the middle.
    let ratio = (5.0.squareRoot() - 1) / 2
    var (inner, outer) = (right - ratio * (right - left), left + ratio * (right - left))
    var (atInner, atOuter) = (place(inner).logDensity, place(outer).logDensity)
    while right - left > 0.02 {
      if atInner >= atOuter {
        (right, outer, atOuter) = (outer, inner, atInner)
        inner = right - ratio * (right - left)
        atInner = place(inner).logDensity
      } else {
        (left, inner, atInner) = (inner, outer, atOuter)
        outer = left + ratio * (right - left)
        atOuter = place(outer).logDensity
      }
    }
    let mode = (left + right) / 2
    let peak = place(mode)
    let height = peak.logDensity
    // Where the noise vanishes at an end, the density has no mode, and rounding makes one.
    guard peak.node.residual > likelihood.leastResidual else { return nil }
    // The width from how far the density falls on both sides.
    let reach = 0.05
    let fall = 2 * height - place(mode - reach).logDensity - place(mode + reach).logDensity
    let width = min(1, max(0.02, reach / max(fall, 1e-6).squareRoot()))
    floor = max(height, top) - 41
    low = mode
    high = mode
    for (point, value) in zip(points, values) where value > floor {
      low = min(low, point)
      high = max(high, point)
    }
    return (mode, width)
  }

  /// The points mode + width · sinh u, u = offset + a multiple of `step`, where the density counts.
  mutating func lattice(_ mode: Double, _ width: Double, step: Double, offset: Double) -> [Place] {
    var places: [Place] = []
    for direction in [1.0, -1.0] {
      var u = direction > 0 ? offset : offset - step
      while u.magnitude < 9 {
        let t = mode + width * Double.sinh(u)
        let here = place(t, logSlope: Double.log(width * Double.cosh(u)))
        places.append(here)
        if here.logDensity < floor, direction > 0 ? t > high : t < low { break }
        u += direction * step
      }
    }
    return places
  }
}
