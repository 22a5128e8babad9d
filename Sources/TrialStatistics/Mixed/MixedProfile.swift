import RealModule

/// Everything that is known at one value of λ = τ² / σ²: the coefficients, the deviance and its first
/// two derivatives, all exact.
struct MixedProfile {
  /// The value of λ.
  let ratio: Double
  /// The factor of A = X'V⁻¹X σ², and its inverse.
  let factor, inverse: SquareMatrix
  /// dA/dλ.
  let slope: SquareMatrix
  /// The coefficients g = A⁻¹ X'V⁻¹y σ².
  let coefficients: [Double]
  /// The residual sum of squares, and its derivatives by λ.
  let residual, residualSlope, residualBend: Double
  /// Σ ln(1 + nλ), with ln|A| for the restricted likelihood, and its derivatives by λ.
  let logarithm, logarithmSlope, logarithmBend: Double
  /// N − k, or N for the full likelihood.
  let freedom: Double

  /// - Returns: `nil` where the columns cannot be told apart.
  init?(_ sums: MixedSums, _ ratio: Double, _ likelihood: MixedSums.Likelihood) {
    let count = sums.width - 1
    func weight(_ size: Double) -> Double { 1 / (1 + size * ratio) }
    let value = MixedBlocks(count, sums.combined(within: 1, weight))
    let first = MixedBlocks(
      count, sums.combined(within: 0) { -$0 * weight($0) * weight($0) })
    let second = MixedBlocks(
      count, sums.combined(within: 0) { 2 * $0 * $0 * weight($0) * weight($0) * weight($0) })
    guard let factor = value.square.cholesky() else { return nil }
    let g = factor.solve(value.column)
    residual = max(0, value.form(g).value)
    // g is least at every λ, so its own derivative does not enter the slope of the residual.
    let (fall, pull) = first.form(g)
    residualSlope = fall
    residualBend =
      second.form(g).value - 2 * zip(pull, factor.solve(pull)).reduce(0) { $0 + $1.0 * $1.1 }
    let inverse = factor.inverse(count)
    var (log, logSlope, logBend) = (0.0, 0.0, 0.0)
    for (size, persons) in zip(sums.sizes, sums.persons) {
      let share = size * weight(size)
      log += persons * Double.log(onePlus: size * ratio)
      logSlope += persons * share
      logBend -= persons * share * share
    }
    if likelihood == .restricted {
      for row in 0..<count { log += 2 * Double.log(factor[row, row]) }
      let (slope, bend) = MixedProfile.traces(inverse, first.square, second.square, count)
      logSlope += slope
      logBend += bend
    }
    self.ratio = ratio
    self.factor = factor
    self.inverse = inverse
    slope = first.square
    coefficients = g
    (logarithm, logarithmSlope, logarithmBend) = (log, logSlope, logBend)
    freedom = likelihood == .restricted ? sums.rows - Double(count) : sums.rows
  }

  /// The derivatives of ln|A|: tr A⁻¹A', and tr A⁻¹A'' − tr A⁻¹A'A⁻¹A'.
  private static func traces(
    _ inverse: SquareMatrix, _ first: SquareMatrix, _ second: SquareMatrix, _ count: Int
  ) -> (slope: Double, bend: Double) {
    var (slope, bend) = (0.0, 0.0)
    for i in 0..<count {
      for j in 0..<count {
        slope += inverse[i, j] * first[j, i]
        bend += inverse[i, j] * second[j, i]
        var (left, right) = (0.0, 0.0)
        for k in 0..<count {
          left += inverse[i, k] * first[k, j]
          right += inverse[j, k] * first[k, i]
        }
        bend -= left * right
      }
    }
    return (slope, bend)
  }

  /// The residual variance that goes with λ.
  var variance: Double { residual / freedom }

  /// The profiled deviance, but for constants.
  var deviance: Double { freedom * Double.log(residual) + logarithm }

  /// Its derivative by λ.
  var devianceSlope: Double { freedom * residualSlope / residual + logarithmSlope }

  /// Its second derivative by λ.
  var devianceBend: Double {
    let share = residualSlope / residual
    return freedom * (residualBend / residual - share * share) + logarithmBend
  }
}

/// A symmetric matrix over the columns and the outcome, in its parts.
private struct MixedBlocks {
  /// That of the columns, full.
  let square: SquareMatrix
  /// That of the columns with the outcome.
  let column: [Double]
  /// That of the outcome.
  let corner: Double

  /// - Parameter triangle: the lower triangle, row by row, the outcome last.
  init(_ count: Int, _ triangle: [Double]) {
    var matrix = SquareMatrix(count)
    var place = 0
    for row in 0..<count {
      for column in 0...row {
        matrix[row, column] = triangle[place]
        matrix[column, row] = triangle[place]
        place += 1
      }
    }
    square = matrix
    column = Array(triangle[place..<place + count])
    corner = triangle[place + count]
  }

  /// (−g, 1)' M (−g, 1), and the columns' part of M (−g, 1).
  func form(_ g: [Double]) -> (value: Double, part: [Double]) {
    var part = column
    var total = corner
    for row in g.indices {
      for other in g.indices { part[row] -= square[row, other] * g[other] }
      total -= g[row] * (column[row] + part[row])
    }
    return (total, part)
  }
}
