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

  /// Whether a row's mirror image was left out.
  func hasImage(overlap: Int) -> Bool {
    mirror.map { $0.overlap - overlap > $0.half } ?? false
  }
}
