import RealModule

/// The noncentral t distribution: (Z + δ) / √(χ²/ν).
struct NoncentralT {
  private let degrees: Double
  private let chi: ChiSquareDistribution?
  /// The values of √(χ²/ν) between which all but 10⁻¹⁶ of it lies, on either side.
  private let low, high: Double

  /// - Parameter degrees: at least 1.
  init(degrees: Double) {
    self.degrees = degrees
    chi = try? ChiSquareDistribution(degrees: degrees)
    low = chi.map { ($0.quantile(below: 1e-16) / degrees).squareRoot() } ?? 0
    high = chi.map { ($0.quantile(above: 1e-16) / degrees).squareRoot() } ?? 0
  }

  /// The probability above `t` with noncentrality `delta`, to 10⁻¹² of it from 10⁻⁴ on.
  ///
  /// The normal part is integrated over the scale, in panels: it goes from 1 to 0 around δ/t, within a few
  /// 1/t, which no fixed rule would see where t is large and ν small.
  func probability(above t: Double, noncentrality delta: Double) -> Double {
    guard let chi else { return 0 }
    let normal = NormalDistribution()
    let turns = t == 0 ? [] : [-9.0, -3, 0, 3, 9].map { (delta + $0) / t }
    let inner = (turns + [0.25, 0.5, 0.75, 1.0].map { low + $0 * (high - low) })
      .filter { low < $0 && $0 < high }
    let cuts = ([low] + inner + [high]).sorted()
    let rule = GaussLegendre.panel
    return zip(cuts, cuts.dropFirst()).reduce(0) { sum, panel in
      let (middle, half) = ((panel.0 + panel.1) / 2, (panel.1 - panel.0) / 2)
      return zip(rule.nodes, rule.weights).reduce(sum) { sum, node in
        let scale = middle + half * node.0
        let density = chi.density(degrees * scale * scale) * 2 * degrees * scale
        return sum + node.1 * half * density * normal.probability(above: t * scale - delta)
      }
    }
  }

  /// The noncentrality under which the probability above `t` is `upper`.
  func noncentrality(at t: Double, upper: Double) -> Double {
    var low = -1.0
    var high = 1.0
    while probability(above: t, noncentrality: t + low) > upper, low > -1e8 { low *= 2 }
    while probability(above: t, noncentrality: t + high) < upper, high < 1e8 { high *= 2 }
    while high - low > 1e-14 * (1 + t.magnitude) {
      let middle = (low + high) / 2
      if middle <= low || middle >= high { break }
      if probability(above: t, noncentrality: t + middle) < upper {
        low = middle
      } else {
        high = middle
      }
    }
    return t + (low + high) / 2
  }
}
