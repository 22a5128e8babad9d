import RealModule

/// The noncentral t distribution: (Z + δ) / √(χ²/ν).
struct NoncentralT {
  /// Which side of a point a probability is of.
  private enum Side { case above, below }

  private let degrees: Double
  private let slope: GammaSlope
  /// The values of √(χ²/ν) between which all but 10⁻¹⁶ of it lies, on either side.
  private let low, high: Double

  /// - Parameter degrees: at least 1.
  init(degrees: Double) {
    self.degrees = degrees
    slope = GammaSlope(degrees / 2)
    let chi = try? ChiSquareDistribution(degrees: degrees)
    low = chi.map { ($0.quantile(below: 1e-16) / degrees).squareRoot() } ?? 0
    high = chi.map { ($0.quantile(above: 1e-16) / degrees).squareRoot() } ?? 0
  }

  /// The probability above `t` with noncentrality `delta`, to 10⁻¹² of it from 10⁻⁴ on.
  func probability(above t: Double, noncentrality delta: Double) -> Double {
    tail(.above, t, delta).probability
  }

  /// The noncentrality under which the probability above `t` is `upper`, between 0 and 1.
  ///
  /// As a function of δ it is the distribution of Z + t √(χ²/ν), whose density is log-concave because
  /// those of both terms are; so Newton's steps on the smaller tail converge from everywhere.
  func noncentrality(at t: Double, upper: Double) -> Double {
    let side: Side = upper > 0.5 ? .below : .above
    let target = Double.log(side == .above ? upper : 1 - upper)
    return TailSolver.solve(target, rising: side == .above, start: t) { delta in
      let (probability, slope) = tail(side, t, delta)
      return (Double.log(probability), Double.log(slope))
    }
  }

  /// The probability on one side of `t`, and how fast it changes with `delta`.
  ///
  /// The normal part is integrated over the scale, in panels: it goes from 1 to 0 around δ/t, within a few
  /// 1/t, which no fixed rule would see where t is large and ν small.
  private func tail(
    _ side: Side, _ t: Double, _ delta: Double
  ) -> (probability: Double, slope: Double) {
    let normal = NormalDistribution()
    let turns = t == 0 ? [] : [-9.0, -3, 0, 3, 9].map { (delta + $0) / t }
    let inner = (turns + [0.25, 0.5, 0.75, 1.0].map { low + $0 * (high - low) })
      .filter { low < $0 && $0 < high }
    let cuts = ([low] + inner + [high]).sorted()
    let rule = GaussLegendre.panel
    var (probability, slope) = (0.0, 0.0)
    for (from, to) in zip(cuts, cuts.dropFirst()) {
      let (middle, half) = ((from + to) / 2, (to - from) / 2)
      for (node, share) in zip(rule.nodes, rule.weights) {
        let scale = middle + half * node
        // The density of the scale is twice the slope over the logarithm of χ²/2, over the scale.
        let height = Double.exp(self.slope.logarithm(at: degrees * scale * scale / 2))
        let weight = share * half * 2 * height / scale
        let point = t * scale - delta
        probability += weight * normal.probability(above: side == .above ? point : -point)
        slope += weight * normal.density(point)
      }
    }
    return (probability, slope)
  }
}
