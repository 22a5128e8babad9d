/// What the future of a path depends on, beside its sums.
struct LatticeKey: Hashable {
  var state: Int32
  var tally: IntegerContrast.Tally
}

/// The sums `low`, `low + 1`, … of one key and overlap.
struct LatticeRow {
  var low = 0
  var width = 0
  /// Where its cells are.
  var start = 0

  /// Widens the row to hold another one, moved by `sum`.
  mutating func hold(_ other: LatticeRow, movedBy sum: Int) {
    guard width > 0 else {
      low = other.low + sum
      width = other.width
      return
    }
    let end = max(low + width, other.low + sum + other.width)
    low = min(low, other.low + sum)
    width = end - low
  }
}

/// The rows of one key, one per overlap.
struct LatticePart {
  let key: LatticeKey
  /// The overlap of the first row.
  var overlap: Int
  var rows: Range<Int>
}

/// Which rows a lattice has; their cells lie one behind the other.
struct LatticeShape {
  var parts: [LatticePart] = []
  var rows: [LatticeRow] = []
  /// Cells of all rows.
  var size = 0

  /// Becomes the shape that `other` has after `moves`; rows start at 0.
  mutating func follow(_ other: LatticeShape, _ moves: LatticeMoves) {
    parts.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
    var start = 0
    for target in moves.targets {
      let first = rows.count
      let height = target.highOverlap - target.lowOverlap + 1
      rows.append(contentsOf: repeatElement(LatticeRow(), count: height))
      parts.append(
        LatticePart(key: target.key, overlap: target.lowOverlap, rows: first..<first + height))
      for move in moves.list[start..<start + target.count] {
        let source = other.parts[move.source]
        let shift = first + source.overlap + move.overlap - target.lowOverlap
        let sources = source.rows.prefix(max(0, rows.count - shift))
        for row in sources where other.rows[row].width > 0 {
          rows[shift + row - source.rows.lowerBound].hold(other.rows[row], movedBy: move.sum)
        }
      }
      start += target.count
    }
    size = 0
    for index in rows.indices {
      rows[index].start = size
      size += rows[index].width
    }
  }

  /// Moves all rows by so many cells.
  mutating func shift(by cells: Int) {
    guard cells != 0 else { return }
    for index in rows.indices { rows[index].start += cells }
  }
}
