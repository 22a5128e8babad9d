/// Where the next lattice goes in the memory that the last one lies in.
///
/// Rows are written in the order in which they lie, and most rows are read by their neighbours only.
/// So the new rows may follow the old ones closely and overwrite those that are done with: at no time
/// is there room for two lattices. Steps alternate between writing upwards from the bottom and
/// downwards from above the old rows.
struct LatticePlacement {
  /// How far above the new lattice's first row the old one must start, to be overwritten upwards.
  private(set) var upwards = 0
  /// How far above the old lattice's first row the new one must start, to overwrite it downwards.
  private(set) var downwards = 0

  /// - Parameter small: lattices of together so few cells are kept apart.
  init(
    from old: LatticeShape, to new: LatticeShape, _ moves: LatticeMoves, small: Int = 1 << 14
  ) {
    upwards = new.size
    downwards = old.size
    guard old.size + new.size > small, let base = old.rows.first?.start else {
      return
    }
    let uses = LatticePlacement.uses(old, new, moves)
    // Upwards: a new row's end may not pass the first old cell that is still to be read.
    var needed = [Int](repeating: Int.max, count: new.rows.count)
    // Downwards: its start may not come below the end of the last such cell.
    var reached = [Int](repeating: 0, count: new.rows.count)
    for (row, use) in zip(old.rows, uses) where use.first <= use.last {
      needed[use.last] = min(needed[use.last], row.start - base)
      reached[use.first] = max(reached[use.first], row.start - base + row.width)
    }
    upwards = 0
    var lowest = Int.max
    for index in new.rows.indices.reversed() {
      lowest = min(lowest, needed[index])
      guard lowest < Int.max else { continue }
      upwards = max(upwards, new.rows[index].start + new.rows[index].width - lowest)
    }
    downwards = 0
    var highest = 0
    for index in new.rows.indices {
      highest = max(highest, reached[index])
      downwards = max(downwards, highest - new.rows[index].start)
    }
  }

  /// The first and the last new row that reads each old one.
  private static func uses(
    _ old: LatticeShape, _ new: LatticeShape, _ moves: LatticeMoves
  ) -> [(first: Int, last: Int)] {
    var uses = [(first: Int, last: Int)](repeating: (Int.max, -1), count: old.rows.count)
    for move in moves.list {
      let (source, target) = (old.parts[move.source], new.parts[move.target])
      var place = target.rows.lowerBound + source.overlap + move.overlap - target.overlap
      for row in source.rows where place < target.rows.upperBound {
        if old.rows[row].width > 0 {
          uses[row] = (min(uses[row].first, place), max(uses[row].last, place))
        }
        place += 1
      }
    }
    return uses
  }
}
