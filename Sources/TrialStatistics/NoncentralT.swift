import RealModule

/// The noncentral t distribution: (Z + δ) / √(χ²/ν).
struct NoncentralT {
  /// Values of √(χ²/ν) and their weights.
  private let scales: [(value: Double, weight: Double)]

  /// - Parameter degrees: at least 1.
  init(degrees: Double) {
    guard let chi = try? ChiSquareDistribution(degrees: degrees) else {
      scales = []
      return
    }
    // Gauss-Legendre over the scale, whose density is smooth, between points that leave out 10⁻¹⁶.
    let low = (chi.quantile(below: 1e-16) / degrees).squareRoot()
    let high = (chi.quantile(above: 1e-16) / degrees).squareRoot()
    let middle = (low + high) / 2
    let half = (high - low) / 2
    let rule = GaussLegendre.fine
    scales = zip(rule.nodes, rule.weights).map { node, weight in
      let scale = middle + half * node
      return (scale, weight * half * chi.density(degrees * scale * scale) * 2 * degrees * scale)
    }
  }

  /// The probability above `t` with noncentrality `delta`.
  func probability(above t: Double, noncentrality delta: Double) -> Double {
    let normal = NormalDistribution()
    return scales.reduce(0) {
      $0 + $1.weight * normal.probability(above: t * $1.value - delta)
    }
  }

  /// The noncentrality under which the probability above `t` is `upper`.
  func noncentrality(at t: Double, upper: Double) -> Double {
    var low = -1.0
    var high = 1.0
    while probability(above: t, noncentrality: t + low) > upper, low > -1e8 { low *= 2 }
    while probability(above: t, noncentrality: t + high) < upper, high < 1e8 { high *= 2 }
    for _ in 0..<80 {
      let middle = (low + high) / 2
      if probability(above: t, noncentrality: t + middle) < upper {
        low = middle
      } else {
        high = middle
      }
    }
    return t + (low + high) / 2
  }
}
