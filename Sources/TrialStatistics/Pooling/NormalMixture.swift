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

  /// The point below which the probability is `probability`, between 0 and 1, to the last digits.
  ///
  /// Newton's steps from the normal distribution of the same mean and variance, kept between the ends
  /// that were seen.
  func quantile(_ probability: Double) -> Double {
    quantile(
      probability, from: mean + sd * NormalDistribution().quantile(below: probability),
      until: 1e-13)
  }

  /// The same to about 10⁻⁷ standard deviations: from the first four moments [Cornish and Fisher 1938], and
  /// no further than to the step that is so small that its square is nothing.
  func nearQuantile(_ probability: Double) -> Double {
    let z = NormalDistribution().quantile(below: probability)
    var (third, fourth) = (0.0, 0.0)
    for index in weights.indices {
      let distance = (means[index] - mean) / sd
      let own = variances[index] / variance
      let square = distance * distance
      third += weights[index] * distance * (square + 3 * own)
      fourth += weights[index] * (square * square + 6 * square * own + 3 * own * own)
    }
    let start =
      z + third * (z * z - 1) / 6 + (fourth - 3) * (z * z * z - 3 * z) / 24
      - third * third * (2 * z * z * z - 5 * z) / 36
    return quantile(probability, from: mean + sd * start, until: 1e-4)
  }

  private func quantile(
    _ probability: Double, from start: Double, until tolerance: Double
  ) -> Double {
    let sd = sd
    var x = start
    var (low, high) = (-Double.infinity, Double.infinity)
    for _ in 0..<100 {
      // From the nearer tail, so that small probabilities keep their digits.
      let above = self.probability(above: x)
      let miss = probability < 0.5 ? 1 - above - probability : (1 - probability) - above
      if miss > 0 { high = min(high, x) } else { low = max(low, x) }
      var next = x - miss / density(x)
      if !(next > low && next < high) {
        next = low.isFinite && high.isFinite ? (low + high) / 2 : x + (miss > 0 ? -sd : sd)
      }
      let step = (next - x).magnitude
      x = next
      if step <= tolerance * sd + 4e-16 * x.magnitude { break }
    }
    return x
  }
}
