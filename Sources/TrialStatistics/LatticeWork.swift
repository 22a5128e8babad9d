/// What the recursion over the lattice would cost, before it is run.
struct LatticeWork {
  /// Additions in all.
  private(set) var additions = 0.0
  /// The most cells of one border, at most.
  private(set) var cells = 0.0
  /// What one cell takes.
  private let bytes: Double

  /// Cells to make room for: a lattice is written close to the one before it.
  private(set) var room = 0

  /// Whether memory and time allow it.
  var fits: Bool { Double(room) * bytes <= Limits.bytes && additions <= Limits.additions }

  /// The rectangle of sums and overlaps that a state's paths reach.
  private struct Box {
    var low: (sum: Int64, overlap: Int64) = (0, 0)
    var high: (sum: Int64, overlap: Int64) = (0, 0)
    var active: (least: Int, most: Int) = (0, 0)
    var isReached = false

    var area: Double {
      Double(high.sum - low.sum + 1) * Double(high.overlap - low.overlap + 1)
        * Double(active.most - active.least + 1)
    }

    mutating func join(_ other: Box) {
      guard isReached else {
        self = other
        return
      }
      low = (min(low.sum, other.low.sum), min(low.overlap, other.low.overlap))
      high = (max(high.sum, other.high.sum), max(high.overlap, other.high.overlap))
      active = (min(active.least, other.active.least), max(active.most, other.active.most))
    }
  }

  /// The denominators so far, and means if they are carried; empty where no block is closed.
  private typealias Tallies = Set<IntegerContrast.Tally>

  init(_ contrast: IntegerContrast, _ reference: ReferenceSet) {
    let closes = !contrast.closings.isEmpty
    var boxes = [Box](repeating: Box(), count: reference.stateCount(0))
    if !boxes.isEmpty { boxes[0].isReached = true }
    var tallies = [Tallies](repeating: closes ? [.init()] : [], count: closes ? boxes.count : 0)
    // Counts beyond 2⁵³ are 128 bits wide and take about four times as long.
    let isWide = reference.count > 0x1p53 && reference.exactCount != nil
    bytes = isWide ? 16 : 8
    let factor = isWide ? 4.0 : 1
    let most = contrast.mirror(reference).map { Int64($0.half) } ?? .max
    for slot in 0..<reference.slotCount {
      var after = [Box](repeating: Box(), count: reference.stateCount(slot + 1))
      var talliesAfter = [Tallies](repeating: [], count: closes ? after.count : 0)
      for state in boxes.indices where boxes[state].isReached {
        let area = boxes[state].area * (closes ? Double(tallies[state].count) : 1)
        for arm in 0...1 {
          guard let next = reference.next(slot, Int32(state), arm) else { continue }
          additions += factor * area
          var moved = LatticeWork.moved(boxes[state], slot, arm, contrast)
          guard moved.low.overlap <= most else { continue }
          moved.high.overlap = min(moved.high.overlap, most)
          if closes {
            talliesAfter[Int(next)].formUnion(
              LatticeWork.closed(tallies[state], moved.active, contrast.closing(slot)))
          }
          after[Int(next)].join(moved)
          if contrast.closing(slot) != nil { after[Int(next)].active = (0, 0) }
        }
      }
      (boxes, tallies) = (after, talliesAfter)
      var held = 0.0
      for state in boxes.indices where boxes[state].isReached {
        held += boxes[state].area * (closes ? Double(tallies[state].count) : 1)
      }
      cells = max(cells, held)
    }
    room = Int(min(cells, 1e12) * 1.25) + 1_024
    // The rows are narrower than their rectangles; where that matters it is looked at closely.
    let isClose = (Limits.bytes / 4...Limits.bytes * 5).contains(Double(room) * bytes)
    if isClose, additions <= Limits.additions {
      room = LatticeRecursion<Double>.room(contrast, reference)
    }
  }

  private static func moved(
    _ box: Box, _ slot: Int, _ arm: Int, _ contrast: IntegerContrast
  ) -> Box {
    guard arm == 1 else { return box }
    var box = box
    box.low.sum += contrast.gain[slot]
    box.high.sum += contrast.gain[slot]
    box.low.overlap += contrast.overlapGain[slot]
    box.high.overlap += contrast.overlapGain[slot]
    if contrast.counted[slot], contrast.used[slot] {
      box.active.least += 1
      box.active.most += 1
    }
    return box
  }

  /// The tallies after a slot; at the end of a followed block each splits by its active slots.
  private static func closed(
    _ tallies: Tallies, _ active: (least: Int, most: Int), _ closing: IntegerContrast.Closing?
  ) -> Tallies {
    // Beyond this many the exact number does not matter.
    guard let closing, tallies.count < 4_096 else { return tallies }
    let ends = (active.least...active.most).map {
      IntegerContrast.Tally(active: Int32($0)).closed(closing)
    }
    return Set(tallies.flatMap { old in ends.map { old.adding($0) } })
  }
}
