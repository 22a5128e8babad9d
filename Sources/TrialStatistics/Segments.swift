/// The slots between borders at which all assignments are in one state.
struct Segments {
  /// One segment, with its paths gathered where convolving them is less work than stepping.
  struct Part {
    let slots: Range<Int>
    let entries: [Entry]?
  }

  /// What one or more paths through a segment add.
  struct Entry {
    var state: Int32
    var sum: Int
    var overlap: Int
    var tally: IntegerContrast.Tally
    var count: Int

    func hasSums(of other: Entry) -> Bool {
      sum == other.sum && state == other.state && overlap == other.overlap && tally == other.tally
    }
  }

  private(set) var parts: [Part] = []

  init(_ reference: ReferenceSet, _ contrast: IntegerContrast) {
    let states = reference.liveStates
    var start = 0
    for border in 1...max(1, reference.slotCount) where border <= reference.slotCount {
      guard states[border] == 1 || border == reference.slotCount else { continue }
      let slots = start..<border
      let alone = contrast.closings.isEmpty || Segments.standsAlone(slots, contrast)
      parts.append(
        Part(slots: slots, entries: alone ? Segments.entries(slots, reference, contrast) : nil))
      start = border
    }
  }

  /// Whether no followed block reaches over the first slot of a segment.
  private static func standsAlone(_ slots: Range<Int>, _ contrast: IntegerContrast) -> Bool {
    guard slots.lowerBound > 0, contrast.counted[slots.lowerBound - 1] else { return true }
    return contrast.closing(slots.lowerBound - 1) != nil
  }

  /// The paths through a segment, or `nil` where stepping over its slots is less work.
  private static func entries(
    _ slots: Range<Int>, _ reference: ReferenceSet, _ contrast: IntegerContrast
  ) -> [Entry]? {
    let steps = slots.reduce(0) { $0 + 2 * reference.liveStates[$1] }
    let first = reference.firstLiveState(slots.lowerBound)
    // All paths leave from one state; far more of them than steps seldom gather enough.
    let power = reference.power(slots.lowerBound, first)
    let paths = reference.completions(slots.lowerBound, first, over: power)
    let rest = (0..<Int32(reference.stateCount(slots.upperBound))).reduce(0.0) {
      max($0, reference.completions(slots.upperBound, $1, over: power))
    }
    guard paths <= 8 * Double(steps) * rest else { return nil }
    var entries = [Entry(state: first, sum: 0, overlap: 0, tally: .init(), count: 1)]
    for slot in slots {
      var next: [Entry] = []
      next.reserveCapacity(2 * entries.count)
      for entry in entries {
        for arm in 0...1 {
          guard let state = reference.next(slot, entry.state, arm) else { continue }
          var moved = entry
          moved.state = state
          if arm == 1 {
            moved.sum += Int(contrast.gain[slot])
            moved.overlap += Int(contrast.overlapGain[slot])
          }
          if contrast.follows { moved.tally = contrast.tally(entry.tally, after: slot, arm: arm) }
          if let known = next.firstIndex(where: { $0.hasSums(of: moved) }) {
            next[known].count += moved.count
          } else {
            next.append(moved)
          }
        }
      }
      entries = next
    }
    return entries.count <= steps ? entries : nil
  }
}
