import RealModule

/// The nodes and weights of Gauss-Legendre quadrature on the interval from -1 to 1.
struct GaussLegendre: Sendable {
  let nodes: [Double]
  let weights: [Double]

  /// For one panel of several.
  static let panel = GaussLegendre(40)

  /// The rule of `count` nodes, by Newton steps on the Legendre polynomial.
  init(_ count: Int) {
    var nodes: [Double] = []
    var weights: [Double] = []
    for index in 0..<count {
      var x = -Double.cos(Double.pi * (Double(index) + 0.75) / (Double(count) + 0.5))
      var slope = 1.0
      for _ in 0..<100 {
        let (value, derivative) = GaussLegendre.polynomial(count, x)
        slope = derivative
        let step = value / derivative
        x -= step
        if step.magnitude < 1e-16 { break }
      }
      nodes.append(x)
      weights.append(2 / ((1 - x) * (1 + x) * slope * slope))
    }
    self.nodes = nodes
    self.weights = weights
  }

  private static func polynomial(_ degree: Int, _ x: Double) -> (Double, Double) {
    var before = 1.0
    var value = x
    for n in 2...max(2, degree) where n <= degree {
      (before, value) = (
        value, (Double(2 * n - 1) * x * value - Double(n - 1) * before) / Double(n)
      )
    }
    return (value, Double(degree) * (x * value - before) / ((x - 1) * (x + 1)))
  }
}
