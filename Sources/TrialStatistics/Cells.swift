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
