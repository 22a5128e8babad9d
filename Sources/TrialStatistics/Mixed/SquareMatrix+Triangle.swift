extension SquareMatrix {
  /// Replaces b by the x with L x = b, this matrix being the lower triangle L.
  func divide(_ b: inout [Double]) {
    for i in b.indices {
      for k in 0..<i { b[i] -= self[i, k] * b[k] }
      b[i] /= self[i, i]
    }
  }

  /// Replaces b by the x with L' x = b, this matrix being the lower triangle L.
  func divideTransposed(_ b: inout [Double]) {
    for i in b.indices.reversed() {
      for k in (i + 1)..<max(i + 1, b.count) { b[i] -= self[k, i] * b[k] }
      b[i] /= self[i, i]
    }
  }

  /// The inverse of L L', full, this matrix being the lower triangle L.
  func inverse(_ size: Int) -> SquareMatrix {
    var inverse = SquareMatrix(size)
    for column in 0..<size {
      var unit = [Double](repeating: 0, count: size)
      unit[column] = 1
      let solved = solve(unit)
      for row in 0..<size { inverse[row, column] = solved[row] }
    }
    return inverse
  }
}
