/// What the future of a path depends on, beside its sums.
struct LatticeKey: Hashable {
  var state: Int32
  var tally: IntegerContrast.Tally
}

/// The number of paths by (key, overlap, sum) at one border.
///
/// Each key has one row per overlap, and each row is as wide as the sums that occur; all rows lie
/// one behind the other in `cells`.
struct Lattice<Count: PathWeight> {
  /// The sums `low`, `low + 1`, … of one key and overlap.
  struct Row {
    var low = 0
    var width = 0
    var start = 0

    /// Widens the row to hold another one, moved by `sum`.
    mutating func hold(_ other: Row, movedBy sum: Int) {
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

  /// The rows of one key.
  struct Part {
    let key: LatticeKey
    /// The overlap of the first row.
    var overlap: Int
    var rows: Range<Int>
  }

  private(set) var parts: [Part] = []
  private(set) var rows: [Row] = []
  private(set) var cells: [Count] = []

  /// No paths.
  init() {}

  /// The one empty path.
  init(start key: LatticeKey) {
    parts = [Part(key: key, overlap: 0, rows: 0..<1)]
    rows = [Row(low: 0, width: 1, start: 0)]
    cells = [Count(1)]
  }

  /// Becomes what `other` becomes by `moves`.
  mutating func fill(from other: Lattice, _ moves: LatticeMoves) {
    parts.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
    for target in moves.targets {
      let first = rows.count
      let height = target.highOverlap - target.lowOverlap + 1
      rows.append(contentsOf: repeatElement(Row(), count: height))
      parts.append(
        Part(key: target.key, overlap: target.lowOverlap, rows: first..<first + height))
    }
    for move in moves.list {
      var place = self.place(of: move, from: other)
      for row in other.parts[move.source].rows {
        if other.rows[row].width > 0 { rows[place].hold(other.rows[row], movedBy: move.sum) }
        place += 1
      }
    }
    var size = 0
    for index in rows.indices {
      rows[index].start = size
      size += rows[index].width
    }
    clear(size)
    for move in moves.list { add(move, from: other) }
  }

  /// Sets the first `size` cells to 0; there may be more, left over from longer rows.
  private mutating func clear(_ size: Int) {
    guard size <= cells.count else {
      cells = [Count](repeating: .zero, count: size + size / 4)
      return
    }
    cells.withUnsafeMutableBufferPointer { $0[..<size].update(repeating: .zero) }
  }

  /// Where the first row of a move's source goes.
  private func place(of move: LatticeMoves.Move, from other: Lattice) -> Int {
    let part = parts[move.target]
    return part.rows.lowerBound + other.parts[move.source].overlap + move.overlap - part.overlap
  }

  private mutating func add(_ move: LatticeMoves.Move, from other: Lattice) {
    var place = self.place(of: move, from: other)
    let (rows, factor) = (rows, move.factor)
    cells.withUnsafeMutableBufferPointer { target in
      other.cells.withUnsafeBufferPointer { source in
        for index in other.parts[move.source].rows {
          let row = other.rows[index]
          let to = rows[place].start + row.low + move.sum - rows[place].low
          place += 1
          guard row.width > 0, let target = target.baseAddress, let source = source.baseAddress
          else { continue }
          (target + to).add(source + row.start, row.width, times: factor)
        }
      }
    }
  }

  /// Replaces the counts of each row by the number of paths up to each sum.
  mutating func cumulate() {
    cells.withUnsafeMutableBufferPointer { cells in
      for row in rows {
        var sum = Count.zero
        for index in row.start..<row.start + row.width {
          sum += cells[index]
          cells[index] = sum
        }
      }
    }
  }
}

extension Lattice {
  /// The least and the largest sum of a key, or `nil` without any.
  func span(of part: Part) -> ClosedRange<Int>? {
    var all = Row()
    for row in rows[part.rows] where row.width > 0 { all.hold(row, movedBy: 0) }
    return all.width > 0 ? all.low...all.low + all.width - 1 : nil
  }

  /// The number of paths of a key by sum, whatever the overlap.
  func column(of part: Part, _ span: ClosedRange<Int>) -> [Count] {
    var column = [Count](repeating: .zero, count: span.count)
    column.withUnsafeMutableBufferPointer { target in
      cells.withUnsafeBufferPointer { source in
        for row in rows[part.rows] {
          guard row.width > 0, let target = target.baseAddress, let source = source.baseAddress
          else { continue }
          (target + row.low - span.lowerBound).add(source + row.start, row.width, times: 1)
        }
      }
    }
    return column
  }
}

extension UnsafeMutablePointer where Pointee: PathWeight {
  /// Adds `factor` times `count` weights, in a loop that the compiler turns into vectors.
  fileprivate func add(_ source: UnsafePointer<Pointee>, _ count: Int, times factor: Int) {
    if factor == 1 {
      for step in 0..<count { self[step] += source[step] }
    } else {
      for step in 0..<count { self[step] += source[step].times(factor) }
    }
  }
}

/// The additions that lead from the lattice at one border to the next.
struct LatticeMoves {
  /// One addition of a key's rows to another's.
  struct Move {
    let source: Int
    let target: Int
    let overlap: Int
    let sum: Int
    let factor: Int
  }

  struct Target {
    let key: LatticeKey
    var lowOverlap: Int
    var highOverlap: Int
  }

  private(set) var list: [Move] = []
  private(set) var targets: [Target] = []
  /// The target of each state where paths differ in nothing else; else by key.
  private var byState: [Int]
  private var byKey: [LatticeKey: Int] = [:]

  /// - Parameter states: how many states there are after the moves, or `nil` where keys differ in
  ///   their tallies as well.
  init(states: Int?) {
    byState = [Int](repeating: -1, count: states ?? 0)
  }

  /// Adds a move from the key at `source`, whose overlaps are given, to `key`.
  mutating func add(
    _ source: Int, overlaps: ClosedRange<Int>, to key: LatticeKey, overlap: Int, sum: Int,
    factor: Int
  ) {
    let (low, high) = (overlaps.lowerBound + overlap, overlaps.upperBound + overlap)
    let target: Int
    if let known = place(of: key) {
      target = known
      targets[known].lowOverlap = min(targets[known].lowOverlap, low)
      targets[known].highOverlap = max(targets[known].highOverlap, high)
    } else {
      target = targets.count
      targets.append(Target(key: key, lowOverlap: low, highOverlap: high))
      if byState.isEmpty { byKey[key] = target } else { byState[Int(key.state)] = target }
    }
    list.append(
      Move(source: source, target: target, overlap: overlap, sum: sum, factor: factor))
  }

  private func place(of key: LatticeKey) -> Int? {
    guard !byState.isEmpty else { return byKey[key] }
    let place = byState[Int(key.state)]
    return place >= 0 ? place : nil
  }
}
