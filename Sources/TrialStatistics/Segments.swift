/// The slots between borders at which all assignments are in one state.
struct Segments {
  /// One segment, with its paths gathered where convolving them is less work than stepping.
  struct Part {
    let slots: Range<Int>
    let entries: [Entry]?
  }

  /// What one or more paths through a segment add.
  struct Entry {
    let state: Int32
    let sum: Int
    let overlap: Int
    let tally: IntegerContrast.Tally
    var count: Int
  }

  private struct Sums: Hashable {
    var state: Int32 = 0
    var sum = 0
    var overlap = 0
    var tally = IntegerContrast.Tally()
  }

  private(set) var parts: [Part] = []

  init(_ reference: ReferenceSet, _ contrast: IntegerContrast) {
    let states = reference.liveStates
    let live = reference.live
    var start = 0
    for border in 1...max(1, reference.slotCount) where border <= reference.slotCount {
      guard states[border] == 1 || border == reference.slotCount else { continue }
      let slots = start..<border
      let first = Int32(live[start].firstIndex { $0 > 0 } ?? 0)
      let alone = contrast.closing.isEmpty || Segments.standsAlone(slots, contrast)
      parts.append(
        Part(
          slots: slots,
          entries: alone ? Segments.entries(slots, from: first, reference, contrast) : nil))
      start = border
    }
  }

  /// Whether no followed block reaches over the first slot of a segment.
  private static func standsAlone(_ slots: Range<Int>, _ contrast: IntegerContrast) -> Bool {
    guard slots.lowerBound > 0, contrast.counted[slots.lowerBound - 1] else { return true }
    return contrast.closing[slots.lowerBound - 1] != nil
  }

  private static func entries(
    _ slots: Range<Int>, from state: Int32, _ reference: ReferenceSet, _ contrast: IntegerContrast
  ) -> [Entry]? {
    var order: [Sums] = [Sums(state: state)]
    var counts: [Sums: Int] = [Sums(state: state): 1]
    var edges = 0
    for slot in slots {
      var next: [Sums] = []
      var after: [Sums: Int] = [:]
      for sums in order {
        for arm in 0...1 {
          guard let state = reference.next(slot, sums.state, arm) else { continue }
          let moved = Sums(
            state: state, sum: sums.sum + arm * Int(contrast.gain[slot]),
            overlap: sums.overlap + arm * Int(contrast.overlapGain[slot]),
            tally: contrast.tally(sums.tally, after: slot, arm: arm))
          if after[moved] == nil { next.append(moved) }
          let count = after[moved, default: 0] + (counts[sums] ?? 0)
          guard count < 1 << 40 else { return nil }
          after[moved] = count
        }
      }
      edges += Set(order.map(\.state)).count * 2
      guard next.count <= max(64, edges * 4) else { return nil }
      order = next
      counts = after
    }
    guard order.count <= edges else { return nil }
    return order.map {
      Entry(
        state: $0.state, sum: $0.sum, overlap: $0.overlap, tally: $0.tally, count: counts[$0] ?? 0)
    }
  }
}
