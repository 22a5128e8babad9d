import RealModule

/// A regression with stationary AR(1) noise of a given autocorrelation, gaps treated exactly.
///
/// Each observed slot is predicted from the one before, g slots earlier: row_i − φ^g row_{i−1} with
/// variance v = 1 + φ² + … + φ^{2(g−1)}; the first one has the stationary variance 1 / (1 − φ²).
struct AR1Fit {
  /// The coefficients.
  let coefficients: [Double]
  /// The inverse of X'V⁻¹X.
  let inverse: [[Double]]
  /// The sum of squared innovations.
  let residual: Double
  /// What is new in each row, in units of the innovations' standard deviation.
  let innovations: [Double]
  /// The logarithm of the determinant of X'V⁻¹X.
  let logDeterminant: Double
  /// The sum of the logarithms of the variances.
  let logVariance: Double

  /// Fits `outcome` on `columns`, or `nil` where the columns are not independent.
  ///
  /// - Parameters:
  ///   - gaps: slots since the row before; the first is not used.
  ///   - phi: the autocorrelation, and `room`, which is 1 − φ², without cancellation.
  init?(outcome: [Double], columns: [[Double]], gaps: [Int], phi: Double, room: Double) {
    let width = columns.count
    var normal = [[Double]](repeating: [Double](repeating: 0, count: width), count: width)
    var right = [Double](repeating: 0, count: width)
    var white: [(row: [Double], outcome: Double)] = []
    var logVariance = -Double.log(room)
    for index in outcome.indices {
      var row = columns.map { $0[index] }
      var value = outcome[index]
      if index == 0 {
        let scale = room.squareRoot()
        row = row.map { $0 * scale }
        value *= scale
      } else {
        let (power, variance) = AR1Fit.step(phi, gaps[index])
        let scale = 1 / variance.squareRoot()
        row = row.indices.map { (row[$0] - power * columns[$0][index - 1]) * scale }
        value = (value - power * outcome[index - 1]) * scale
        logVariance += Double.log(variance)
      }
      white.append((row, value))
      for i in 0..<width {
        right[i] += row[i] * value
        for j in 0...i { normal[i][j] += row[i] * row[j] }
      }
    }
    guard let factor = AR1Fit.cholesky(normal) else { return nil }
    coefficients = AR1Fit.solve(factor, right)
    inverse = (0..<width).map { column in
      AR1Fit.solve(factor, (0..<width).map { $0 == column ? 1 : 0 })
    }
    let solution = coefficients
    innovations = white.map { row, value in
      row.indices.reduce(value) { $0 - row[$1] * solution[$1] }
    }
    residual = innovations.reduce(0) { $0 + $1 * $1 }
    logDeterminant = 2 * (0..<width).reduce(0) { $0 + Double.log(factor[$1][$1]) }
    self.logVariance = logVariance
  }

  /// φ^g and the variance of what is new after g slots.
  static func step(_ phi: Double, _ gap: Int) -> (power: Double, variance: Double) {
    if gap > 64 {
      let power = Double.pow(phi, gap)
      return (power, (1 - power * power) / ((1 - phi) * (1 + phi)))
    }
    var power = 1.0
    var variance = 0.0
    for _ in 0..<gap {
      variance += power * power
      power *= phi
    }
    return (power, variance)
  }

  /// The lower triangle L with L L' = `matrix` (lower triangle given).
  static func cholesky(_ matrix: [[Double]]) -> [[Double]]? {
    var factor = matrix
    for i in matrix.indices {
      for j in 0...i {
        var sum = matrix[i][j]
        for k in 0..<j { sum -= factor[i][k] * factor[j][k] }
        if i == j {
          guard sum > matrix[i][i] * 1e-13, sum > 0 else { return nil }
          factor[i][i] = sum.squareRoot()
        } else {
          factor[i][j] = sum / factor[j][j]
        }
      }
    }
    return factor
  }

  /// The solution of L L' x = `right`.
  static func solve(_ factor: [[Double]], _ right: [Double]) -> [Double] {
    var x = right
    for i in x.indices {
      for k in 0..<i { x[i] -= factor[i][k] * x[k] }
      x[i] /= factor[i][i]
    }
    for i in x.indices.reversed() {
      for k in (i + 1)..<max(i + 1, x.count) { x[i] -= factor[k][i] * x[k] }
      x[i] /= factor[i][i]
    }
    return x
  }
}
