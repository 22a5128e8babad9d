/// A mixture of t distributions with the same degrees of freedom.
struct StudentMixture: Sendable {
  private let parts: [(weight: Double, centre: Double, scale: Double)]
  private let degrees: Double
  let mean: Double
  let sd: Double

  /// The mixture; parts with a weight below 10⁻¹⁸ are left out.
  ///
  /// - Precondition: `degrees` is more than 2, or the standard deviation is infinite.
  init(weights: [Double], centres: [Double], scales: [Double], degrees: Double) {
    parts = weights.indices.filter { weights[$0] > 1e-18 }.map {
      (weights[$0], centres[$0], scales[$0])
    }
    self.degrees = degrees
    let mean = parts.reduce(0) { $0 + $1.weight * $1.centre }
    let spread = degrees > 2 ? degrees / (degrees - 2) : .infinity
    self.mean = mean
    sd =
      parts.reduce(0) { sum, part in
        let shift = part.centre - mean
        return sum + part.weight * (shift * shift + part.scale * part.scale * spread)
      }.squareRoot()
  }

  /// The probability below `value`.
  func probability(below value: Double) -> Double {
    let student = StudentT(degrees: degrees)
    return parts.reduce(0) {
      $0 + $1.weight * student.probability(below: (value - $1.centre) / $1.scale)
    }
  }

  /// The density at `value`.
  func density(_ value: Double) -> Double {
    let student = StudentT(degrees: degrees)
    return parts.reduce(0) {
      $0 + $1.weight * student.density((value - $1.centre) / $1.scale) / $1.scale
    }
  }

  /// The value with the given probability below it: Newton steps kept inside a bracket.
  func quantile(_ probability: Double) -> Double {
    var width = sd.isFinite ? sd : 1
    while self.probability(below: mean - width) > probability { width *= 2 }
    var low = mean - width
    while self.probability(below: mean + width) < probability { width *= 2 }
    var high = mean + width
    var value = mean
    for _ in 0..<200 {
      let excess = self.probability(below: value) - probability
      if excess > 0 { high = value } else { low = value }
      let newton = value - excess / density(value)
      let next = newton > low && newton < high ? newton : (low + high) / 2
      if (next - value).magnitude <= 1e-15 * max(next.magnitude, width) { return next }
      value = next
    }
    return value
  }
}
