/// The joint distribution of the statistic and its overlap: one cell per distinct outcome of the
/// recursion, each with the number of assignments that lead to it.
///
/// The statistic of a cell is `numerator / weight`, that of the observed assignment under the
/// cell's assignments `overlap / weight`; a cell of weight 0 has no statistic.
struct Cells<Count: PathWeight> {
  var numerators: [Int64] = []
  var overlaps: [Int64] = []
  var weights: [Int64] = []
  var counts: [Count] = []

  mutating func reserveCapacity(_ capacity: Int) {
    numerators.reserveCapacity(capacity)
    overlaps.reserveCapacity(capacity)
    weights.reserveCapacity(capacity)
    counts.reserveCapacity(capacity)
  }

  mutating func append(
    _ statistic: (numerator: Int64, overlap: Int64, weight: Int64), _ count: Count
  ) {
    numerators.append(statistic.numerator)
    overlaps.append(statistic.overlap)
    weights.append(statistic.weight)
    counts.append(count)
  }
}

extension Cells {
  /// The cells of a lattice that are reached, and their mirror images.
  init(_ lattice: Lattice<Count>, _ contrast: IntegerContrast) {
    for part in lattice.parts {
      for (place, index) in part.rows.enumerated() {
        let row = lattice.rows[index]
        let overlap = part.overlap + place
        let mirror = lattice.hasImage(overlap: overlap) ? lattice.mirror : nil
        for column in 0..<row.width {
          let count = lattice.cells[row.start + column]
          guard count != .zero else { continue }
          let sum = row.low + column
          append(contrast.finished(Int64(sum), Int64(overlap), part.key.tally), count)
          guard let mirror else { continue }
          let image = contrast.finished(
            Int64(mirror.sum - sum), Int64(mirror.overlap - overlap), mirror.tally(part.key.tally))
          append(image, count)
        }
      }
    }
  }
}
