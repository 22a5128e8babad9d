/// A mixture of t distributions with the same degrees of freedom.
struct StudentMixture: Sendable {
  private let parts: [(weight: Double, centre: Double, scale: Double)]
  private let student: StudentT
  let mean: Double
  let sd: Double

  /// The mixture; parts with a weight below 10⁻¹⁸ are left out.
  ///
  /// - Precondition: `degrees` is more than 2, or the standard deviation is infinite.
  init(weights: [Double], centres: [Double], scales: [Double], degrees: Double) {
    parts = weights.indices.filter { weights[$0] > 1e-18 }.map {
      (weights[$0], centres[$0], scales[$0])
    }
    student = StudentT(degrees: degrees)
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
  func probability(below value: Double) -> Double { at(value, least: 0).probability }

  /// The density at `value`.
  func density(_ value: Double) -> Double {
    parts.reduce(0) {
      $0 + $1.weight * student.density((value - $1.centre) / $1.scale) / $1.scale
    }
  }

  /// The probability below `value`, the density there and its slope, from parts of at least the given
  /// weight.
  private func at(
    _ value: Double, least: Double
  ) -> (probability: Double, density: Double, slope: Double) {
    var (probability, density, slope, weight) = (0.0, 0.0, 0.0, 0.0)
    for part in parts where part.weight >= least {
      let t = (value - part.centre) / part.scale
      probability += part.weight * student.probability(below: t)
      let here = part.weight * student.density(t) / part.scale
      density += here
      slope -= here * (student.degrees + 1) * t / ((student.degrees + t * t) * part.scale)
      weight += part.weight
    }
    // Without the light parts the others stand for the whole.
    let whole = least > 0 ? weight : 1
    return (probability / whole, density / whole, slope / whole)
  }

  /// The value with the given probability below it: Halley's steps kept inside a bracket, first with
  /// the heavy parts alone, which are few and lead close to it.
  func quantile(_ probability: Double) -> Double {
    let width = sd.isFinite ? sd : 1
    let heavy = (parts.map(\.weight).max() ?? 0) / 50
    let near = search(probability, from: mean, width, to: 1e-4, least: heavy)
    return search(probability, from: near, width * 1e-3, to: 1e-15, least: 0)
  }

  /// Halley's steps from `start` until they are shorter than `precision`; a bracket of doubling steps
  /// of `width` and bisection keep them from going astray.
  private func search(
    _ probability: Double, from start: Double, _ width: Double, to precision: Double, least: Double
  ) -> Double {
    var low = -Double.infinity
    var high = Double.infinity
    var value = start
    var reach = width
    for _ in 0..<300 {
      let (found, density, slope) = at(value, least: least)
      let excess = found - probability
      if excess > 0 { high = value } else { low = value }
      let halley = value - excess / (density - excess * slope / (2 * density))
      let next: Double
      if halley > low, halley < high, (halley - value).magnitude <= 8 * reach {
        next = halley
      } else if low.isFinite, high.isFinite {
        next = low + (high - low) / 2
      } else {
        next = excess > 0 ? value - reach : value + reach
        reach *= 2
      }
      let step = (next - value).magnitude
      let size = max(next.magnitude, sd.isFinite ? sd : width)
      // Halley's step has three times as many right digits as the one before.
      if step <= precision * size || (next == halley && step <= 1e-6 * size) { return next }
      value = next
    }
    return value
  }
}
