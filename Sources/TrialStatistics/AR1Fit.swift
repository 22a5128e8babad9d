import RealModule

/// A regression with stationary AR(1) noise of a given autocorrelation, gaps treated exactly.
///
/// Each observed slot is predicted from the one before, g slots earlier: row_i − φ^g row_{i−1} with
/// variance v = 1 + φ² + … + φ^{2(g−1)}; the first one has the stationary variance 1 / (1 − φ²).
struct AR1Fit {
  /// The coefficients.
  let coefficients: [Double]
  /// The lower triangle L with L L' = X'V⁻¹X.
  private let factor: SquareMatrix
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
    let filter = AR1Filter(gaps: gaps, phi: phi, room: room)
    let white = columns.map(filter.filtered)
    var new = filter.filtered(outcome)
    var normal = SquareMatrix(columns.count)
    var right = [Double](repeating: 0, count: columns.count)
    for i in columns.indices {
      right[i] = AR1Fit.product(white[i], new)
      for j in 0...i { normal[i, j] = AR1Fit.product(white[i], white[j]) }
    }
    guard let factor = normal.cholesky() else { return nil }
    coefficients = factor.solve(right)
    for (column, coefficient) in zip(white, coefficients) {
      for index in new.indices { new[index] -= column[index] * coefficient }
    }
    self.factor = factor
    innovations = new
    residual = AR1Fit.product(new, new)
    logDeterminant = 2 * columns.indices.reduce(0) { $0 + Double.log(factor[$1, $1]) }
    logVariance = filter.logVariance
  }

  /// One element on the diagonal of the inverse of X'V⁻¹X.
  func inverseDiagonal(_ place: Int) -> Double {
    var unit = [Double](repeating: 0, count: coefficients.count)
    unit[place] = 1
    return factor.solve(unit)[place]
  }

  /// The scalar product, in two sums.
  private static func product(_ left: [Double], _ right: [Double]) -> Double {
    var (even, odd) = (0.0, 0.0)
    let count = min(left.count, right.count)
    for index in stride(from: 1, to: count, by: 2) {
      even += left[index - 1] * right[index - 1]
      odd += left[index] * right[index]
    }
    return count % 2 == 0 ? even + odd : even + odd + left[count - 1] * right[count - 1]
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
}

/// What is new in each row of a series, given the row before.
private struct AR1Filter {
  /// Per row, the factors of the row itself and of the one before.
  private var own: [Double]
  private var before: [Double]
  private(set) var logVariance: Double

  init(gaps: [Int], phi: Double, room: Double) {
    own = [Double](repeating: room.squareRoot(), count: gaps.count)
    before = [Double](repeating: 0, count: gaps.count)
    logVariance = -Double.log(room)
    var known = (gap: 0, own: 0.0, before: 0.0, log: 0.0)
    for index in gaps.indices.dropFirst() {
      if known.gap != gaps[index] {
        let (power, variance) = AR1Fit.step(phi, gaps[index])
        let scale = 1 / variance.squareRoot()
        known = (gaps[index], scale, power * scale, Double.log(variance))
      }
      own[index] = known.own
      before[index] = known.before
      logVariance += known.log
    }
  }

  func filtered(_ series: [Double]) -> [Double] {
    var result = series
    for index in series.indices {
      let last = index > 0 ? series[index - 1] : 0
      result[index] = own[index] * series[index] - before[index] * last
    }
    return result
  }
}
