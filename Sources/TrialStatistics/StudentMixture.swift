import RealModule

/// A mixture of t distributions with the same degrees of freedom.
struct StudentMixture: PosteriorCurve {
  /// One of the distributions.
  struct Part: Sendable {
    let weight, centre, scale: Double
  }

  let parts: [Part]
  let student: StudentDistribution
  let mean: Double
  let sd: Double
  /// A few parts that stand for all of them, to start a search from.
  private let rough: [Part]

  /// - Parameter hasVariance: whether the mean square of the scales exists; if not, `sd` is infinite.
  /// - Precondition: the weights sum to 1, and the degrees are within what `StudentDistribution` takes.
  init(parts: [Part], degrees: Double, hasVariance: Bool = true) {
    self.parts = parts
    student = StudentDistribution(unchecked: degrees)
    let mean = parts.reduce(0) { $0 + $1.weight * $1.centre }
    let spread = degrees > 2 && hasVariance ? degrees / (degrees - 2) : .infinity
    self.mean = mean
    sd =
      parts.reduce(0) { sum, part in
        let shift = part.centre - mean
        return sum + part.weight * (shift * shift + part.scale * part.scale * spread)
      }.squareRoot()
    rough = StudentMixture.gathered(parts)
  }

  /// The parts gathered by eighths of the weight, each with the mean square it had.
  private static func gathered(_ parts: [Part]) -> [Part] {
    var result: [Part] = []
    var (weight, first, second, done) = (0.0, 0.0, 0.0, 0.0)
    for (place, part) in parts.enumerated() {
      weight += part.weight
      first += part.weight * part.centre
      second += part.weight * (part.scale * part.scale + part.centre * part.centre)
      done += part.weight
      guard done * 8 >= Double(result.count + 1) || place == parts.count - 1 else { continue }
      let centre = first / weight
      let square = max(second / weight - centre * centre, part.scale * part.scale * 1e-3)
      result.append(Part(weight: weight, centre: centre, scale: square.squareRoot()))
      (weight, first, second) = (0, 0, 0)
    }
    return result
  }

  func probability(below value: Double) -> Double {
    parts.reduce(0) {
      $0 + $1.weight * student.probability(below: (value - $1.centre) / $1.scale)
    }
  }

  func probability(above value: Double) -> Double {
    parts.reduce(0) {
      $0 + $1.weight * student.probability(above: (value - $1.centre) / $1.scale)
    }
  }

  func density(_ value: Double) -> Double {
    parts.reduce(0) {
      $0 + $1.weight / $1.scale * student.density((value - $1.centre) / $1.scale)
    }
  }

  /// The logarithm of the density, which does not underflow.
  func logDensity(_ value: Double) -> Double {
    let here = density(value)
    if here > 1e-280 { return Double.log(here) }
    let logs = parts.map {
      Double.log($0.weight / $0.scale) + student.logDensity((value - $0.centre) / $0.scale)
    }
    let top = logs.reduce(-Double.infinity, max)
    guard top.isFinite else { return -.infinity }
    return top + Double.log(logs.reduce(0) { $0 + Double.exp($1 - top) })
  }

  /// The smaller tail at `value`, the density there and its slope.
  private func at(
    _ value: Double, upper: Bool, _ parts: [Part]
  ) -> (tail: Double, density: Double, slope: Double) {
    var (tail, density, slope) = (0.0, 0.0, 0.0)
    for part in parts {
      let t = (value - part.centre) / part.scale
      let (above, height) = student.tailAndDensity(upper ? t : -t)
      tail += part.weight * above
      let here = part.weight / part.scale * height
      density += here
      slope -= here * (student.degrees + 1) * t / ((student.degrees + t * t) * part.scale)
    }
    return (tail, density, slope)
  }

  /// Halley's steps kept inside a bracket, first on the few parts that stand for all.
  func quantile(_ probability: Double) -> Double {
    guard probability >= 0, probability <= 1 else { return .nan }
    if probability == 0 { return -.infinity }
    if probability == 1 { return .infinity }
    let width = sd.isFinite ? sd : parts.reduce(0) { $0 + $1.weight * $1.scale }
    let start = mean + width * NormalDistribution().quantile(below: probability)
    let near = search(probability, from: start, width, to: 1e-3, rough)
    return search(probability, from: near, width * 1e-2, to: 1e-15, parts)
  }

  /// Halley's steps from `start` until they are shorter than `precision` times `width`; a bracket of
  /// doubling steps and bisection keep them from going astray.
  private func search(
    _ probability: Double, from start: Double, _ width: Double, to precision: Double,
    _ parts: [Part]
  ) -> Double {
    let upper = probability > 0.5
    let target = upper ? 1 - probability : probability
    var low = -Double.infinity
    var high = Double.infinity
    var value = start
    var reach = width
    for _ in 0..<300 {
      let (tail, density, slope) = at(value, upper: upper, parts)
      let excess = upper ? target - tail : tail - target
      if excess == 0 { return value }
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
      let size = max(next.magnitude * 1e-3, sd.isFinite ? sd : width)
      // Halley's step has three times as many right digits as the one before.
      if step <= precision * size || (next == halley && step <= 1e-6 * size) { return next }
      value = next
    }
    return value
  }
}
