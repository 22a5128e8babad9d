/// The columns of a regression made orthonormal: X = QR, by Gram-Schmidt done twice.
///
/// The first column is meant to be the one of ones: all others then have no mean, and differences of
/// neighbouring rows of it are exactly zero.
struct OrthonormalColumns {
  /// The columns of Q, each of length 1.
  let columns: [[Double]]
  /// The triangle R, with element (i, j) of R at row j and column i here.
  let triangle: SquareMatrix

  /// - Returns: `nil` where a column is a combination of those before it, to about 3·10⁻⁷ of its
  ///   length.
  init?(_ given: [[Double]]) {
    var columns: [[Double]] = []
    var triangle = SquareMatrix(given.count)
    for (place, column) in given.enumerated() {
      let length = OrthonormalColumns.length(column)
      guard length > 0, length.isFinite else { return nil }
      // Without its mean a column of large numbers that differ little is not taken for a constant.
      var own = column
      var reach = length
      for pass in 0..<2 {
        for (before, unit) in columns.enumerated() {
          var shared = 0.0
          for row in own.indices { shared += own[row] * unit[row] }
          for row in own.indices { own[row] -= shared * unit[row] }
          triangle[place, before] += shared
          if pass == 0, before == 0 { reach = OrthonormalColumns.length(own) }
        }
      }
      let rest = OrthonormalColumns.length(own)
      guard rest > length * 1e-11, rest * rest > reach * reach * 1e-13 else { return nil }
      triangle[place, place] = rest
      columns.append(own.map { $0 / rest })
    }
    self.columns = columns
    self.triangle = triangle
  }

  /// What the columns leave of `series`, and the coefficients of the columns in Q.
  func residual(of series: [Double]) -> (rest: [Double], coefficients: [Double]) {
    var rest = series
    var coefficients = [Double](repeating: 0, count: columns.count)
    for _ in 0..<2 {
      for (place, unit) in columns.enumerated() {
        var shared = 0.0
        for row in rest.indices { shared += rest[row] * unit[row] }
        for row in rest.indices { rest[row] -= shared * unit[row] }
        coefficients[place] += shared
      }
    }
    return (rest, coefficients)
  }

  static func length(_ column: [Double]) -> Double {
    column.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}
