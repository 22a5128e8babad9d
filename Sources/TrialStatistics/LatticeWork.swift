/// What the recursion over the lattice would cost, before it is run.
struct LatticeWork {
  /// Additions in all.
  private(set) var additions = 0.0
  /// The most cells held at once.
  private(set) var cells = 0.0

  private struct Box {
    var low: (sum: Int64, overlap: Int64)
    var high: (sum: Int64, overlap: Int64)
    var leastActive: Int
    var mostActive: Int
    /// The denominators, and means if they are carried, so far.
    var tallies: Set<IntegerContrast.Tally>

    var area: Double {
      Double(high.sum - low.sum + 1) * Double(high.overlap - low.overlap + 1)
        * Double(mostActive - leastActive + 1) * Double(tallies.count)
    }
  }

  init(_ contrast: IntegerContrast, _ reference: ReferenceSet) {
    var boxes: [Int32: Box] = [
      0: Box(low: (0, 0), high: (0, 0), leastActive: 0, mostActive: 0, tallies: [.init()])
    ]
    // Counts beyond 2⁵³ are 128 bits wide and take about four times as long.
    let factor = reference.count > 0x1p53 ? 4.0 : 1
    for slot in 0..<reference.slotCount {
      var after: [Int32: Box] = [:]
      for (state, box) in boxes {
        for arm in 0...1 {
          guard let next = reference.next(slot, state, arm) else { continue }
          additions += factor * box.area
          let moved = LatticeWork.moved(box, slot, arm, contrast)
          after[next] = after[next].map { LatticeWork.joined($0, moved) } ?? moved
        }
      }
      boxes = after
      cells = max(cells, boxes.values.reduce(0) { $0 + $1.area })
    }
  }

  private static func moved(
    _ box: Box, _ slot: Int, _ arm: Int, _ contrast: IntegerContrast
  ) -> Box {
    var box = box
    if arm == 1 {
      box.low.sum += contrast.gain[slot]
      box.high.sum += contrast.gain[slot]
      box.low.overlap += contrast.overlapGain[slot]
      box.high.overlap += contrast.overlapGain[slot]
      if contrast.counted[slot], contrast.used[slot] {
        box.leastActive += 1
        box.mostActive += 1
      }
    }
    if let closing = contrast.closing[slot] {
      let ends = Set(
        (box.leastActive...box.mostActive).map {
          contrast.closed(IntegerContrast.Tally(active: Int32($0)), closing)
        })
      // Beyond this many the exact number does not matter.
      if box.tallies.count < 4_096 {
        box.tallies = Set(box.tallies.flatMap { old in ends.map { old.adding($0) } })
      }
      box.leastActive = 0
      box.mostActive = 0
    }
    return box
  }

  private static func joined(_ left: Box, _ right: Box) -> Box {
    Box(
      low: (min(left.low.sum, right.low.sum), min(left.low.overlap, right.low.overlap)),
      high: (max(left.high.sum, right.high.sum), max(left.high.overlap, right.high.overlap)),
      leastActive: min(left.leastActive, right.leastActive),
      mostActive: max(left.mostActive, right.mostActive),
      tallies: left.tallies.union(right.tallies))
  }
}
