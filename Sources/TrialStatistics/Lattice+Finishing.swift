extension Lattice {
  /// Replaces the counts of each row by the number of paths up to each sum.
  mutating func cumulate() {
    let rows = rows
    withMemory { memory in
      for row in rows {
        var sum = Count.zero
        for index in row.start..<row.start + row.width {
          sum += memory[index]
          memory[index] = sum
        }
      }
    }
  }

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

  /// Adds the rows that were left out, as mirror images of those that were counted.
  mutating func complete(_ mirror: IntegerContrast.Mirror) {
    let half = shape
    let first = half.rows.first?.start ?? 0
    var place = first + half.size
    var whole = LatticeShape()
    var copies: [(from: Row, to: Int)] = []
    func append(_ key: LatticeKey, _ own: Part?, imageOf other: Part?) {
      let start = whole.rows.count
      if let own { whole.rows += half.rows[own.rows] }
      var overlap = own?.overlap ?? 0
      if let other {
        // Its image begins after the rows of its own, and after the middle.
        let image = mirror.overlap - (other.overlap + other.rows.count - 1)
        let end = own.map { $0.overlap + $0.rows.count } ?? max(image, mirror.half + 1)
        if own == nil { overlap = end }
        for above in stride(from: end, through: mirror.overlap - other.overlap, by: 1) {
          let index = mirror.overlap - above - other.overlap
          let isImage = above > mirror.half && index < other.rows.count
          var row = isImage ? half.rows[other.rows.lowerBound + index] : Row()
          if row.width > 0 {
            copies.append((from: row, to: place))
            (row.low, row.start) = (mirror.sum - (row.low + row.width - 1), place)
            place += row.width
          }
          whole.rows.append(row)
        }
      }
      whole.parts.append(Part(key: key, overlap: overlap, rows: start..<whole.rows.count))
    }
    func exchanged(_ key: LatticeKey) -> LatticeKey {
      LatticeKey(state: key.state, tally: mirror.tally(key.tally))
    }
    for part in half.parts {
      let key = exchanged(part.key)
      append(part.key, part, imageOf: half.parts.first { $0.key == key })
    }
    for part in half.parts {
      let key = exchanged(part.key)
      if !half.parts.contains(where: { $0.key == key }) { append(key, nil, imageOf: part) }
    }
    reserve(place)
    withMemory { memory in
      for copy in copies {
        for cell in 0..<copy.from.width {
          memory[copy.to + cell] = memory[copy.from.start + copy.from.width - 1 - cell]
        }
      }
    }
    whole.size = place - first
    shape = whole
    isCompleted = true
  }
}
