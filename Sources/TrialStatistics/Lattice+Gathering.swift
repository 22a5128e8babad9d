extension Lattice {
  /// Fills the rows of the next shape, upwards or downwards.
  ///
  /// Each row is written once, from all rows that lead to it, instead of being added to by one after
  /// the other: additions wait for memory.
  mutating func gather(_ moves: LatticeMoves, from old: LatticeShape, to new: LatticeShape) {
    let isUpwards = (new.rows.first?.start ?? 0) <= (old.rows.first?.start ?? 0)
    let most = moves.targets.reduce(0) { max($0, $1.count) }
    withMemory { memory in
      withUnsafeTemporaryAllocation(of: RowSource<Count>.self, capacity: most) { sources in
        moves.list.withUnsafeBufferPointer { list in
          old.rows.withUnsafeBufferPointer { rows in
            var start = isUpwards ? 0 : list.count
            for step in new.parts.indices {
              let place = isUpwards ? step : new.parts.count - 1 - step
              let part = new.parts[place]
              let count = moves.targets[place].count
              if !isUpwards { start -= count }
              for step in 0..<part.rows.count {
                let height = isUpwards ? step : part.rows.count - 1 - step
                let row = new.rows[part.rows.lowerBound + height]
                guard row.width > 0 else { continue }
                var found = 0
                for move in list[start..<start + count] {
                  let source = old.parts[move.source]
                  let index = part.overlap + height - move.overlap - source.overlap
                  guard index >= 0, index < source.rows.count else { continue }
                  let from = rows[source.rows.lowerBound + index]
                  guard from.width > 0 else { continue }
                  sources.initializeElement(
                    at: found,
                    to: RowSource(
                      cells: UnsafePointer(memory + from.start),
                      low: from.low + move.sum - row.low, width: from.width, factor: move.factor))
                  found += 1
                }
                RowSource.sum(
                  UnsafeBufferPointer(rebasing: sources[..<found]), into: memory + row.start,
                  row.width)
              }
              if isUpwards { start += count }
            }
          }
        }
      }
    }
  }
}

/// A row that is added to another one.
struct RowSource<Count: PathWeight> {
  let cells: UnsafePointer<Count>
  /// The place of the first cell in the other row.
  let low: Int
  let width: Int
  let factor: Int

  var end: Int { low + width }

  /// So many cells are worked on at once: they stay in the nearest cache.
  private static var piece: Int { 1_024 }

  /// Writes the sum of `sources`, which lie inside of the `width` cells of the target.
  static func sum(
    _ sources: UnsafeBufferPointer<RowSource>, into target: UnsafeMutablePointer<Count>,
    _ width: Int
  ) {
    // Where all of them overlap, four are added at a time.
    var low = 0
    var high = width
    for source in sources {
      low = max(low, source.low)
      high = min(high, source.end)
    }
    if low >= high || sources.count == 1 { (low, high) = (width, width) }
    fringe(sources, target, 0, low)
    var start = low
    while start < high {
      let count = min(piece, high - start)
      core(sources, target + start, start, count)
      start += count
    }
    fringe(sources, target, high, width)
  }

  /// Cells from `start` to `end`, at which some sources have none.
  private static func fringe(
    _ sources: UnsafeBufferPointer<RowSource>, _ target: UnsafeMutablePointer<Count>, _ start: Int,
    _ end: Int
  ) {
    guard start < end else { return }
    (target + start).update(repeating: .zero, count: end - start)
    for source in sources {
      let (from, to) = (max(start, source.low), min(end, source.end))
      guard from < to else { continue }
      (target + from).add(source.cells + (from - source.low), to - from, times: source.factor)
    }
  }

  /// `count` cells from `start` on, at which all sources have one.
  private static func core(
    _ sources: UnsafeBufferPointer<RowSource>, _ target: UnsafeMutablePointer<Count>, _ start: Int,
    _ count: Int
  ) {
    func cells(_ index: Int) -> UnsafePointer<Count> {
      sources[index].cells + (start - sources[index].low)
    }
    let (first, second) = (cells(0), cells(1))
    if sources.count < 4 {
      for cell in 0..<count { target[cell] = first[cell] + second[cell] }
    } else {
      let (third, fourth) = (cells(2), cells(3))
      for cell in 0..<count {
        target[cell] = first[cell] + second[cell] + (third[cell] + fourth[cell])
      }
    }
    var index = sources.count < 4 ? 2 : 4
    while index + 1 < sources.count {
      let (one, two) = (cells(index), cells(index + 1))
      for cell in 0..<count { target[cell] += one[cell] + two[cell] }
      index += 2
    }
    if index < sources.count { target.add(cells(index), count, times: 1) }
    for (index, source) in sources.enumerated() where source.factor > 1 {
      target.add(cells(index), count, times: source.factor - 1)
    }
  }
}

extension UnsafeMutablePointer where Pointee: PathWeight {
  /// Adds `factor` times `count` weights, in a loop that the compiler turns into vectors.
  func add(_ source: UnsafePointer<Pointee>, _ count: Int, times factor: Int) {
    if factor == 1 {
      for step in 0..<count { self[step] += source[step] }
    } else {
      for step in 0..<count { self[step] += source[step].times(factor) }
    }
  }

  /// Adds as many of each weight as another weight says.
  func add(_ source: UnsafePointer<Pointee>, _ count: Int, times factor: Pointee) {
    for step in 0..<count { self[step] += source[step].times(factor) }
  }
}
