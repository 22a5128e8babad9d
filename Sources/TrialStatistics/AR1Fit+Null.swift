import RealModule

extension AR1Fit {
  /// The autocorrelation that maximises the restricted likelihood (REML) of a regression.
  ///
  /// A scan over φ = sin θ, then golden section to about 10⁻⁹. It is 0 where there are fewer than
  /// three rows or nothing varies.
  static func restrictedPhi(outcome: [Double], columns: [[Double]], gaps: [Int]) -> Double {
    let degrees = Double(outcome.count - columns.count)
    let size = outcome.reduce(0) { max($0, $1.magnitude) }
    guard degrees >= 2 else { return 0 }
    func likelihood(_ theta: Double) -> Double {
      let room = Double.cos(theta)
      guard
        let fit = AR1Fit(
          outcome: outcome, columns: columns, gaps: gaps, phi: Double.sin(theta),
          room: room * room), fit.residual > size * size * 1e-24
      else { return -.infinity }
      return -0.5 * (fit.logDeterminant + fit.logVariance + degrees * Double.log(fit.residual))
    }
    let steps = 60
    let width = Double.pi / Double(steps)
    let grid = (1..<steps).map { -Double.pi / 2 + Double($0) * width }
    let values = grid.map(likelihood)
    guard let best = values.max(), best > -.infinity, let index = values.firstIndex(of: best) else {
      return 0
    }
    let ratio = (5.0.squareRoot() - 1) / 2
    var low = grid[index] - width
    var high = grid[index] + width
    var left = high - ratio * (high - low)
    var right = low + ratio * (high - low)
    var (atLeft, atRight) = (likelihood(left), likelihood(right))
    while high - low > 1e-10 {
      if atLeft >= atRight {
        (high, right, atRight) = (right, left, atLeft)
        left = high - ratio * (high - low)
        atLeft = likelihood(left)
      } else {
        (low, left, atLeft) = (left, right, atRight)
        right = low + ratio * (high - low)
        atRight = likelihood(right)
      }
    }
    return Double.sin((low + high) / 2)
  }

  /// V⁻¹ times the residual, from the innovations: the transposed filter.
  static func scores(_ innovations: [Double], gaps: [Int], phi: Double) -> [Double] {
    var scores = [Double](repeating: 0, count: innovations.count)
    for index in innovations.indices {
      if index == 0 {
        scores[0] += ((1 - phi) * (1 + phi)).squareRoot() * innovations[0]
      } else {
        let (power, variance) = step(phi, gaps[index])
        let part = innovations[index] / variance.squareRoot()
        scores[index] += part
        scores[index - 1] -= power * part
      }
    }
    return scores
  }
}
