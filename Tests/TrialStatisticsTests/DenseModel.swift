import Foundation

@testable import TrialStatistics

/// P = V⁻¹ − V⁻¹X(X′V⁻¹X)⁻¹X′V⁻¹ by its definition, with full matrices and a pseudo-inverse.
struct DenseModel {
  let rows: [Int]
  let projector: [[Double]]

  /// - Parameter columns: over all slots; dependent ones are allowed.
  init(phi: Double, used: [Bool], columns: [[Double]]) {
    let rows = used.indices.filter { used[$0] }
    self.rows = rows
    let inverse = DenseModel.inverse(
      rows.map { i in rows.map { j in i == j ? 1 : pow(phi, Double(abs(i - j))) } })
    // Columns one after the other, each only if it is not a combination of those before.
    var kept: [[Double]] = []
    for column in columns.map({ column in rows.map { column[$0] } }) {
      let gram = (kept + [column]).map { a in (kept + [column]).map { DenseModel.dot(a, $0) } }
      if abs(DenseModel.determinant(gram)) > 1e-9 { kept.append(column) }
    }
    let weighted = kept.map { DenseModel.product(inverse, $0) }
    let middle = DenseModel.inverse(kept.map { a in weighted.map { DenseModel.dot(a, $0) } })
    var result = inverse
    for i in rows.indices {
      for j in rows.indices {
        for a in kept.indices {
          for b in kept.indices {
            result[i][j] -= weighted[a][i] * middle[a][b] * weighted[b][j]
          }
        }
      }
    }
    projector = result
  }

  /// P times a series over the rows.
  func adjusted(_ series: [Double]) -> [Double] { DenseModel.product(projector, series) }

  /// z′Py for an assignment and values over the rows.
  func form(_ arms: [Int], _ values: [Double]) -> Double {
    DenseModel.dot(rows.map { Double(arms[$0]) }, adjusted(values))
  }

  static func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  static func product(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
    matrix.map { dot($0, vector) }
  }

  static func determinant(_ matrix: [[Double]]) -> Double {
    var work = matrix
    var product = 1.0
    for column in work.indices {
      let best = work.indices.dropFirst(column).max {
        abs(work[$0][column]) < abs(work[$1][column])
      }
      guard let best, abs(work[best][column]) > 1e-12 else { return 0 }
      if best != column { product = -product }
      work.swapAt(column, best)
      product *= work[column][column]
      for row in work.indices.dropFirst(column + 1) {
        let factor = work[row][column] / work[column][column]
        for k in work.indices { work[row][k] -= factor * work[column][k] }
      }
    }
    return product
  }

  static func inverse(_ matrix: [[Double]]) -> [[Double]] {
    let size = matrix.count
    var work = matrix.enumerated().map { row in
      row.element + (0..<size).map { $0 == row.offset ? 1.0 : 0 }
    }
    for column in 0..<size {
      let best = (column..<size).max { abs(work[$0][column]) < abs(work[$1][column]) } ?? column
      work.swapAt(column, best)
      let scale = work[column][column]
      work[column] = work[column].map { $0 / scale }
      for row in 0..<size where row != column {
        let factor = work[row][column]
        for k in work[row].indices { work[row][k] -= factor * work[column][k] }
      }
    }
    return work.map { Array($0[size...]) }
  }
}

/// All sequences of so many slots with so many active ones in each block.
func blockAssignments(_ sizes: [Int], _ active: [Int]) -> [[Int]] {
  sizes.indices.reduce([[]]) { all, block in
    let parts = (0..<(1 << sizes[block])).filter { $0.nonzeroBitCount == active[block] }.map {
      bits in (0..<sizes[block]).map { bits >> $0 & 1 }
    }
    return all.flatMap { start in parts.map { start + $0 } }
  }
}

/// The share of assignments with a p of at most `level` when each in turn is the real one.
func rejected(
  _ assignments: [[Int]], at level: Double, _ p: ([Int]) throws -> Double
) rethrows -> Double {
  let count = try assignments.filter { try p($0) <= level + 1e-12 }.count
  return Double(count) / Double(assignments.count)
}

/// How far p of the interval's own test is on the right side of a level just inside and outside of a
/// limit.
func isLimit(
  _ limit: Double?, outwards: Double, _ level: Double, _ share: (Double) -> Double
) -> Bool {
  guard let limit else { return share(outwards * 1e6) > level }
  let step = 1e-6 * (1 + abs(limit))
  return share(limit - outwards * step) > level && share(limit + outwards * step) <= level
}
