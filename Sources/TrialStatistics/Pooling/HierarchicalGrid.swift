import RealModule

/// The posterior of τ, as nodes with weights.
struct HierarchicalGrid {
  /// A value of τ: its probability, and the normal posterior of μ there, about the centre.
  struct Node {
    let tau: Double
    let weight: Double
    let shift: Double
    let variance: Double
  }

  private(set) var nodes: [Node] = []
  /// Fewer of them, whose rule agrees with the next finer one to 10⁻⁷: enough for the ends of the intervals
  /// of single trials, of which there may be very many.
  private(set) var fewer: [Node] = []
  /// The logarithm of ∫ p(y | τ) p(τ) dτ.
  private(set) var logTotal = 0.0

  /// How far below its largest value the logarithm of the density no longer counts.
  private static let depth = 42.0

  /// - Returns: `nil` where the density is nowhere finite.
  init?(_ trials: TrialEstimates, scale: Double) {
    let density = HierarchicalDensity(trials, scale: scale)
    guard let support = HierarchicalGrid.support(density, trials, scale) else { return nil }
    var before: [Double]?
    for size in [16, 24, 36, 54, 81, 122, 183, 275, 412, 618, 927] {
      let summary = integrate(density, over: support, rule: GaussLegendre(size))
      guard summary.allSatisfy(\.isFinite) else { return nil }
      let difference = before.map {
        zip($0, summary).reduce(0) { max($0, ($1.0 - $1.1).magnitude / max(1, $1.1.magnitude)) }
      }
      before = summary
      if fewer.isEmpty, let difference, difference <= 1e-7 { fewer = nodes }
      if let difference, difference <= 1e-10 { break }
    }
    if fewer.isEmpty { fewer = nodes }
  }

  /// One rule over the support.
  ///
  /// - Returns: what must agree between two rules, without a unit.
  private mutating func integrate(
    _ density: HierarchicalDensity, over support: (low: Double, high: Double), rule: GaussLegendre
  ) -> [Double] {
    let half = (support.high - support.low) / 2
    let points = rule.nodes.map { support.low + half * (1 + $0) }
    let values = points.map { density.at($0) }
    let top = values.reduce(-Double.infinity) { max($0, $1.log) }
    let raw = zip(values, rule.weights).map { Double.exp($0.log - top) * $1 }
    let total = raw.reduce(0, +)
    logTotal = top + Double.log(total * half)
    nodes = []
    for index in raw.indices where raw[index] > total * 1e-15 {
      nodes.append(
        Node(
          tau: points[index], weight: raw[index] / total, shift: values[index].shift,
          variance: values[index].variance))
    }
    let kept = nodes.reduce(0) { $0 + $1.weight }
    nodes = nodes.map {
      Node(tau: $0.tau, weight: $0.weight / kept, shift: $0.shift, variance: $0.variance)
    }
    let tau = nodes.reduce(0) { $0 + $1.weight * $1.tau }
    let square = nodes.reduce(0) { $0 + $1.weight * $1.tau * $1.tau }
    let shift = nodes.reduce(0) { $0 + $1.weight * $1.shift }
    let variance = nodes.reduce(0) { $0 + $1.weight * $1.variance }
    return [
      logTotal, tau / density.scale, square / (density.scale * density.scale),
      shift / density.leastVariance.squareRoot(), variance / density.leastVariance,
    ]
  }

  /// Where the density counts.
  private static func support(
    _ density: HierarchicalDensity, _ trials: TrialEstimates, _ scale: Double
  ) -> (low: Double, high: Double)? {
    // Beyond the range of the effects the likelihood falls, and the prior alone ends the matter here.
    let end = (trials.range * trials.range + 90 * scale * scale).squareRoot()
    var points = (0...64).map { end * Double($0 * $0) / 4096 }
    var heights = points.map { density.at($0).log }
    guard let highest = heights.max(), highest.isFinite,
      var best = heights.firstIndex(of: highest)
    else { return nil }
    var (top, mode) = (highest, points[best])
    // Closer and closer around the best, until its neighbours are about as high.
    for _ in 0..<40 {
      let left = points[max(0, best - 1)]
      let right = points[min(points.count - 1, best + 1)]
      let fall = top - min(heights[max(0, best - 1)], heights[min(points.count - 1, best + 1)])
      if fall < 1 { break }
      points = (0...8).map { left + (right - left) * Double($0) / 8 }
      heights = points.map { density.at($0).log }
      best = heights.firstIndex(of: heights.max() ?? 0) ?? 0
      if heights[best] > top { (top, mode) = (heights[best], points[best]) }
    }
    let step = max(points[1] - points[0], end * 1e-12)
    func edge(_ direction: Double) -> Double {
      var reach = step
      while true {
        let point = mode + direction * reach
        if point <= 0 { return 0 }
        if point >= end { return end }
        if density.at(point).log < top - depth { return point }
        reach *= 1.5
      }
    }
    return (edge(-1), edge(1))
  }
}

/// The unnormalised posterior density of τ.
struct HierarchicalDensity {
  private let trials: TrialEstimates
  let scale: Double
  /// The variance of μ without heterogeneity, the least that it can have: a unit that is the same for every
  /// rule.
  let leastVariance: Double
  private let constant: Double

  init(_ trials: TrialEstimates, scale: Double) {
    self.trials = trials
    self.scale = scale
    leastVariance = 1 / trials.sums(0).weight
    constant =
      Double.log(2 / Double.pi) / 2 - Double.log(scale)
      - Double(trials.count - 1) / 2 * Double.log(2 * Double.pi)
  }

  /// The logarithm of the density, and the normal posterior of μ given τ.
  func at(_ tau: Double) -> (log: Double, shift: Double, variance: Double) {
    let tau2 = tau * tau
    var (weight, first, second) = (0.0, 0.0, 0.0)
    var logarithms = LogarithmSum()
    for trial in trials.centred.indices {
      let total = trials.variances[trial] + tau2
      let inverse = 1 / total
      let value = trials.centred[trial]
      weight += inverse
      first += inverse * value
      second += inverse * value * value
      logarithms.add(total)
    }
    let shift = first / weight
    let log =
      constant - tau2 / (2 * scale * scale)
      - (logarithms.value + Double.log(weight) + second - shift * first) / 2
    return (log, shift, 1 / weight)
  }
}
