/// A small square matrix, row by row; only its lower triangle is used.
struct SquareMatrix {
  private let size: Int
  private var elements: [Double]

  /// The matrix of zeros.
  init(_ size: Int) {
    self.size = size
    elements = [Double](repeating: 0, count: size * size)
  }

  subscript(row: Int, column: Int) -> Double {
    get { elements[row * size + column] }
    set { elements[row * size + column] = newValue }
  }

  /// The lower triangle L with L L' = this matrix, or `nil` if it is not positive definite.
  func cholesky() -> SquareMatrix? {
    var factor = self
    for i in 0..<size {
      for j in 0...i {
        var sum = self[i, j]
        for k in 0..<j { sum -= factor[i, k] * factor[j, k] }
        if i == j {
          guard sum > self[i, i] * 1e-13, sum > 0 else { return nil }
          factor[i, i] = sum.squareRoot()
        } else {
          factor[i, j] = sum / factor[j, j]
        }
      }
    }
    return factor
  }

  /// The solution of L L' x = `right`, this matrix being L.
  func solve(_ right: [Double]) -> [Double] {
    var x = right
    for i in x.indices {
      for k in 0..<i { x[i] -= self[i, k] * x[k] }
      x[i] /= self[i, i]
    }
    for i in x.indices.reversed() {
      for k in (i + 1)..<max(i + 1, x.count) { x[i] -= self[k, i] * x[k] }
      x[i] /= self[i, i]
    }
    return x
  }
}
