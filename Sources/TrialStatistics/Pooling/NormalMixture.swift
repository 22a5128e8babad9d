import RealModule

/// A mixture of normal distributions: what is left of a normal one when its parameters are uncertain.
struct NormalMixture {
  let weights: [Double]
  let means: [Double]
  let variances: [Double]
  private let deviations: [Double]
  let mean: Double
  let variance: Double

  /// - Precondition: the weights sum to 1, the variances are above 0.
  init(weights: [Double], means: [Double], variances: [Double]) {
    self.weights = weights
    self.means = means
    self.variances = variances
    deviations = variances.map { $0.squareRoot() }
    var first = 0.0
    for index in weights.indices { first += weights[index] * means[index] }
    var second = 0.0
    for index in weights.indices {
      let distance = means[index] - first
      second += weights[index] * (variances[index] + distance * distance)
    }
    mean = first
    variance = second
  }

  /// The standard deviation.
  var sd: Double { variance.squareRoot() }

  /// The probability of a value above `x`.
  func probability(above x: Double) -> Double {
    var sum = 0.0
    for index in weights.indices {
      sum +=
        weights[index] * Double.erfc((x - means[index]) / (deviations[index] * 2.0.squareRoot()))
    }
    return sum / 2
  }

  /// The density at a point.
  private func density(_ x: Double) -> Double {
    var sum = 0.0
    for index in weights.indices {
      let z = (x - means[index]) / deviations[index]
      sum += weights[index] / deviations[index] * Double.exp(-z * z / 2)
    }
    return sum / (2 * Double.pi).squareRoot()
  }

  /// The point below which the probability is `probability`, between 0 and 1.
  ///
  /// Newton's steps from the normal distribution of the same mean and variance, kept between the ends
  /// that were seen.
  func quantile(_ probability: Double, tolerance: Double = 1e-13) -> Double {
    let sd = sd
    var x = mean + sd * NormalDistribution().quantile(below: probability)
    var (low, high) = (-Double.infinity, Double.infinity)
    for _ in 0..<100 {
      // From the nearer tail, so that small probabilities keep their digits.
      let miss =
        probability < 0.5
        ? 1 - self.probability(above: x) - probability
        : (1 - probability) - self.probability(above: x)
      if miss > 0 { high = min(high, x) } else { low = max(low, x) }
      var next = x - miss / density(x)
      if !(next > low && next < high) {
        next = low.isFinite && high.isFinite ? (low + high) / 2 : x + (miss > 0 ? -sd : sd)
      }
      let step = (next - x).magnitude
      x = next
      if step <= tolerance * (sd + x.magnitude) { break }
    }
    return x
  }
}
