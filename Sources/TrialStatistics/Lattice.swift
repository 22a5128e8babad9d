/// The number of paths by (overlap, sum), dense over a rectangle of the integer lattice.
struct Lattice<Count: PathWeight> {
  /// The rectangle, upper bounds included.
  var bounds: Bounds
  /// Row by row: one row per overlap.
  var cells: [Count]
  /// The first and one past the last column in use, per row.
  var first: [Int]
  var last: [Int]

  /// A rectangle of overlaps and sums.
  struct Bounds: Hashable {
    var lowOverlap: Int
    var highOverlap: Int
    var lowSum: Int
    var highSum: Int

    var rows: Int { highOverlap - lowOverlap + 1 }
    var columns: Int { highSum - lowSum + 1 }

    func moved(_ overlap: Int, _ sum: Int) -> Bounds {
      Bounds(
        lowOverlap: lowOverlap + overlap, highOverlap: highOverlap + overlap,
        lowSum: lowSum + sum, highSum: highSum + sum)
    }

    func joined(_ other: Bounds) -> Bounds {
      Bounds(
        lowOverlap: min(lowOverlap, other.lowOverlap),
        highOverlap: max(highOverlap, other.highOverlap),
        lowSum: min(lowSum, other.lowSum), highSum: max(highSum, other.highSum))
    }
  }

  init(_ bounds: Bounds) {
    self.bounds = bounds
    cells = [Count](repeating: .zero, count: bounds.rows * bounds.columns)
    first = [Int](repeating: Int.max, count: bounds.rows)
    last = [Int](repeating: 0, count: bounds.rows)
  }

  /// The one empty path.
  static var start: Lattice {
    var lattice = Lattice(Bounds(lowOverlap: 0, highOverlap: 0, lowSum: 0, highSum: 0))
    lattice.cells[0] = Count(1)
    lattice.first[0] = 0
    lattice.last[0] = 1
    return lattice
  }

  /// Adds `factor` times the paths of `other`, moved by an overlap and a sum.
  mutating func add(_ other: Lattice, overlap: Int, sum: Int, factor: Int) {
    let down = other.bounds.lowOverlap + overlap - bounds.lowOverlap
    let right = other.bounds.lowSum + sum - bounds.lowSum
    let width = bounds.columns
    let otherWidth = other.bounds.columns
    cells.withUnsafeMutableBufferPointer { target in
      other.cells.withUnsafeBufferPointer { source in
        for row in 0..<other.first.count where other.first[row] < other.last[row] {
          let from = other.first[row]
          let length = other.last[row] - from
          let to = (row + down) * width + from + right
          let start = row * otherWidth + from
          if factor == 1 {
            for step in 0..<length { target[to + step] += source[start + step] }
          } else {
            for step in 0..<length { target[to + step] += source[start + step].times(factor) }
          }
          first[row + down] = min(first[row + down], from + right)
          last[row + down] = max(last[row + down], other.last[row] + right)
        }
      }
    }
  }
}
