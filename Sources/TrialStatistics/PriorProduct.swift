import RealModule

/// The posterior under a proper prior of the effect: the prior times the likelihood of the effect,
/// which is the mixture of t distributions that a flat prior gives.
///
/// Integrated by Gauss-Legendre of 24 nodes on panels no wider than three scales of either factor in
/// its middle, and growing with the distance from it outside.
struct PriorProduct: PosteriorCurve {
  /// A point of the quadrature: the effect and its posterior weight.
  struct Node {
    let effect, weight: Double
  }

  let mean, sd: Double
  /// The logarithm of ∫ prior · likelihood.
  let logTotal: Double
  /// The logarithm of the likelihood of an effect of 0 over that integral: the Bayes factor for no
  /// effect.
  let logNull: Double
  /// The points that carry the posterior; their weights sum to 1.
  let nodes: [Node]
  /// The posterior weight of each part of the likelihood, and the mean of √(1 + t² / ν) in it.
  let weights, roots: [Double]
  private let likelihood: StudentMixture
  private let prior: EffectPrior
  /// The panels that count: their lower ends, and the last one's upper end; their weights.
  private let edges: [Double]
  private let masses: [Double]

  /// - Returns: `nil` where prior and likelihood do not meet within the range of a number.
  init?(likelihood: StudentMixture, prior: EffectPrior) {
    self.likelihood = likelihood
    self.prior = prior
    let all = PriorProduct.panels(likelihood, prior)
    let heights = all.map { likelihood.logDensity($0) + prior.logDensity($0) }
    let top = heights.reduce(-Double.infinity, max)
    guard top.isFinite else { return nil }
    let counting = heights.indices.filter { heights[$0] > top - 60 }
    let first = max(0, (counting.first ?? 0) - 1)
    let last = min(all.count - 1, (counting.last ?? 0) + 1)
    edges = Array(all[first...last])
    var nodes: [Node] = []
    var masses: [Double] = []
    var sums = PartSums(likelihood)
    for (low, high) in zip(edges, edges.dropFirst()) {
      var mass = 0.0
      for (effect, width) in PriorProduct.points(low, high) {
        let logHeight = sums.heights(effect)
        let weight = width * Double.exp(logHeight + prior.logDensity(effect) - top)
        sums.add(weight)
        nodes.append(Node(effect: effect, weight: weight))
        mass += weight
      }
      masses.append(mass)
    }
    (weights, roots) = sums.means
    let total = masses.reduce(0, +)
    logTotal = top + Double.log(total)
    self.masses = masses.map { $0 / total }
    let kept = nodes.map { Node(effect: $0.effect, weight: $0.weight / total) }
    self.nodes = kept
    logNull = likelihood.logDensity(0) - logTotal
    let centre = likelihood.mean
    let shift = kept.reduce(0) { $0 + $1.weight * ($1.effect - centre) }
    mean = centre + shift
    let middle = mean
    sd = kept.reduce(0) { $0 + $1.weight * ($1.effect - middle) * ($1.effect - middle) }
      .squareRoot()
  }

  private static let rule = GaussLegendre(24)

  private static func points(_ low: Double, _ high: Double) -> [(Double, Double)] {
    let half = (high - low) / 2
    return rule.nodes.indices.map {
      (low + half * (1 + rule.nodes[$0]), half * rule.weights[$0])
    }
  }

  /// The ends of the panels.
  private static func panels(_ likelihood: StudentMixture, _ prior: EffectPrior) -> [Double] {
    let scale = likelihood.parts.lazy.filter { $0.weight > 1e-3 }.map(\.scale).min() ?? 1
    let centre = likelihood.mean
    let reach = prior.reach(
      from: centre, scale: scale, degrees: likelihood.student.degrees)
    let far = 0x1p24 * (centre.magnitude + max(scale, prior.scale))
    let end = min(far, reach)
    var edges = [-end]
    var here = -end
    while here < end, edges.count < 10_000 {
      let width = min(
        max(3 * scale, 0.6 * (here - centre).magnitude),
        prior.panel(at: here))
      here = min(end, here + width)
      edges.append(here)
    }
    return edges
  }

  func density(_ value: Double) -> Double {
    Double.exp(likelihood.logDensity(value) + prior.logDensity(value) - logTotal)
  }

  private func mass(_ low: Double, _ high: Double) -> Double {
    PriorProduct.points(low, high).reduce(0) { $0 + $1.1 * density($1.0) }
  }

  func probability(below value: Double) -> Double {
    var sum = 0.0
    for (index, mass) in masses.enumerated() {
      if value >= edges[index + 1] {
        sum += mass
      } else {
        return value > edges[index] ? sum + self.mass(edges[index], value) : sum
      }
    }
    return min(1, sum)
  }

  func probability(above value: Double) -> Double {
    var sum = 0.0
    for (index, mass) in masses.enumerated().reversed() {
      if value <= edges[index] {
        sum += mass
      } else {
        return value < edges[index + 1] ? sum + self.mass(value, edges[index + 1]) : sum
      }
    }
    return min(1, sum)
  }

  func quantile(_ probability: Double) -> Double {
    guard probability >= 0, probability <= 1 else { return .nan }
    if probability == 0 { return -.infinity }
    if probability == 1 { return .infinity }
    let upper = probability > 0.5
    let target = upper ? 1 - probability : probability
    var low = edges[0]
    var high = edges[edges.count - 1]
    var value = mean + sd * NormalDistribution().quantile(below: probability)
    for _ in 0..<200 {
      if !(value > low && value < high) { value = low + (high - low) / 2 }
      let excess =
        upper ? target - self.probability(above: value) : self.probability(below: value) - target
      if excess == 0 { return value }
      if excess > 0 { high = value } else { low = value }
      let next = value - excess / density(value)
      let step = (next - value).magnitude
      if step <= 1e-15 * max(sd, value.magnitude * 1e-3) { return next }
      if high - low <= 4e-16 * max(low.magnitude, high.magnitude) { return value }
      value = next
    }
    return value
  }
}

/// Sums over the parts of a mixture at many points, weighted by what each part has there.
private struct PartSums {
  private let mixture: StudentMixture
  private let factors: [Double]
  private var heights: [Double]
  private var squares: [Double]
  private var height = 0.0
  private var weights: [Double]
  private var roots: [Double]

  init(_ mixture: StudentMixture) {
    self.mixture = mixture
    factors = mixture.parts.map { $0.weight / $0.scale }
    heights = mixture.parts.map { _ in 0 }
    squares = heights
    weights = heights
    roots = heights
  }

  /// The logarithm of the mixture's density at `value`; keeps what each part has there.
  mutating func heights(_ value: Double) -> Double {
    let student = mixture.student
    height = 0
    for (place, part) in mixture.parts.enumerated() {
      let t = (value - part.centre) / part.scale
      squares[place] = t * t / student.degrees
      heights[place] = factors[place] * Double.exp(student.logDensity(t))
      height += heights[place]
    }
    return height > 1e-280 ? Double.log(height) : mixture.logDensity(value)
  }

  /// Adds the point that was asked for last.
  mutating func add(_ weight: Double) {
    guard height > 1e-280, weight > 0 else { return }
    let share = weight / height
    for place in heights.indices {
      let own = share * heights[place]
      weights[place] += own
      roots[place] += own * (1 + squares[place]).squareRoot()
    }
  }

  /// The weight of each part and its mean root.
  var means: (weights: [Double], roots: [Double]) {
    let total = weights.reduce(0, +)
    return (
      weights.map { $0 / total },
      weights.indices.map { weights[$0] > 0 ? roots[$0] / weights[$0] : 1 }
    )
  }
}
