extension IntegerContrast {
  /// One block as the statistic sees it; values are taken from the block's smallest one.
  private struct Part {
    let slots: Range<Int>
    let used: [Int]
    let values: [Int64]
    let active: Int64
    /// The number of active observed slots, where every assignment has the same.
    let fixed: Int64?

    var size: Int64 { Int64(used.count) }
    var total: Int64 { values.reduce(0, +) }

    /// What is left of values whose block has a constant count, or of the values less their mean.
    func centred(_ values: [Int64], common: Int64) -> [Int64] {
      let mean = fixed == nil ? common / size * values.reduce(0, +) : 0
      return values.map { common * $0 - mean }
    }
  }

  /// Builds the contrast, or `nil` if its integers would not fit into 60 bits.
  ///
  /// - Parameter carrying: whether means of blocks with differing counts are carried in the tally.
  static func make(
    units: [Int64?], used: [Bool], observed: [Int], reference: ReferenceSet,
    blocks: [Range<Int>], carrying: Bool = false
  ) -> IntegerContrast? {
    guard
      let parts = parts(
        units: units, used: used, observed: observed, reference: reference, blocks: blocks)
    else { return nil }
    let follows = parts.count == 1 && parts[0].fixed == nil
    let varying = follows ? [] : parts.filter { $0.fixed == nil }
    guard
      let common = carrying ? 1 : leastCommonMultiple(varying.map(\.size)),
      let full = leastCommonMultiple(parts.map(\.size)),
      bits(parts, full: full) <= 60
    else { return nil }
    var gain = [Int64](repeating: 0, count: units.count)
    var overlap = gain
    var counted = [Bool](repeating: false, count: units.count)
    var closings: [Closing?] = []
    for part in parts {
      let raw = follows || carrying
      let marks = part.used.map { Int64(observed[$0]) }
      let gains = raw ? part.values : part.centred(part.values, common: common)
      let overlaps = raw ? marks : part.centred(marks, common: common)
      for (index, slot) in part.used.enumerated() {
        gain[slot] = gains[index]
        overlap[slot] = overlaps[index]
      }
      guard part.fixed == nil else { continue }
      for slot in part.slots { counted[slot] = true }
      guard !follows else { continue }
      var end = closer(part, (carrying ? full : common) / part.size)
      end.carries = carrying
      if closings.isEmpty { closings = [Closing?](repeating: nil, count: units.count) }
      closings[part.slots.upperBound - 1] = end
    }
    let divisor = max(1, gain.reduce(0, greatestCommonDivisor))
    let overlapDivisor = follows ? 1 : max(1, overlap.reduce(0, greatestCommonDivisor))
    var finish = follows ? Finish() : finish(parts, full: full, common: common)
    if carrying { finish.weightFactor = 1 }
    finish.gainFactor *= divisor
    finish.overlapFactor *= overlapDivisor
    return IntegerContrast(
      gain: gain.map { $0 / divisor }, overlapGain: overlap.map { $0 / overlapDivisor },
      used: used, counted: counted, closings: closings, single: follows ? closer(parts[0], 1) : nil,
      finish: finish)
  }

  private static func closer(_ part: Part, _ scale: Int64) -> Closing {
    Closing(observed: part.size, scale: scale, sum: part.total, active: part.active)
  }

  private static func parts(
    units: [Int64?], used: [Bool], observed: [Int], reference: ReferenceSet, blocks: [Range<Int>]
  ) -> [Part]? {
    var parts: [Part] = []
    for slots in blocks {
      let inside = slots.filter { used[$0] }
      let values = inside.map { units[$0] ?? 0 }
      guard let lowest = values.min(), let highest = values.max() else { continue }
      guard highest.subtractingReportingOverflow(lowest).overflow == false else { return nil }
      let counts = reference.activeCounts(in: slots, used: used)
      parts.append(
        Part(
          slots: slots, used: inside, values: values.map { $0 - lowest },
          active: Int64(inside.reduce(0) { $0 + observed[$1] }),
          fixed: counts.count == 1 ? Int64(counts.lowerBound) : nil))
    }
    return parts
  }

  private static func finish(_ parts: [Part], full: Int64, common: Int64) -> Finish {
    var finish = Finish()
    finish.gainFactor = full / common
    finish.overlapFactor = full / common
    finish.weightFactor = full / common
    for part in parts {
      guard let count = part.fixed else { continue }
      let scale = full / part.size
      finish.gainOffset -= scale * count * part.total
      finish.overlapOffset -= scale * count * part.active
      finish.weightOffset += scale * count * (part.size - count)
    }
    return finish
  }

  /// How many bits the largest integer of the statistic may need.
  private static func bits(_ parts: [Part], full: Int64) -> Int {
    var range = 1.0
    for part in parts {
      range += Double(part.size) * Double(part.values.max() ?? 0) * Double(part.size)
    }
    range = max(range, parts.reduce(1) { $0 + Double($1.size * $1.size) })
    return Int((range * 2 * Double(full)).exponent) + 1
  }

  static func greatestCommonDivisor(_ left: Int64, _ right: Int64) -> Int64 {
    var (left, right) = (left < 0 ? -left : left, right < 0 ? -right : right)
    while right != 0 { (left, right) = (right, left % right) }
    return left
  }

  private static func leastCommonMultiple(_ numbers: [Int64]) -> Int64? {
    numbers.reduce(1) { result, number in
      guard let result else { return nil }
      let (product, overflow) = result.multipliedReportingOverflow(
        by: number / greatestCommonDivisor(result, number))
      return overflow ? nil : product
    }
  }
}

extension ReferenceSet {
  /// The least and the largest number of active used slots in `slots` over all assignments.
  func activeCounts(in slots: Range<Int>, used: [Bool]) -> ClosedRange<Int> {
    // The states of all borders one behind the other: two allocations, however many slots.
    let none = Int32.max
    let sizes = (slots.lowerBound...slots.upperBound).map(stateCount)
    let size = sizes.reduce(0, +)
    var low = [Int32](repeating: none, count: size)
    var high = [Int32](repeating: 0, count: size)
    for state in 0..<sizes[0] where arrivals(slots.lowerBound, Int32(state)) > 0 { low[state] = 0 }
    var start = 0
    for (slot, count) in zip(slots, sizes) {
      for state in 0..<count where low[start + state] != none {
        for arm in 0...1 {
          guard let next = next(slot, Int32(state), arm) else { continue }
          let more: Int32 = arm == 1 && used[slot] ? 1 : 0
          let target = start + count + Int(next)
          low[target] = min(low[target], low[start + state] + more)
          high[target] = max(high[target], high[start + state] + more)
        }
      }
      start += count
    }
    let least = low[start...].min() ?? none
    let most = high[start...].max() ?? 0
    return least == none ? 0...0 : Int(least)...Int(most)
  }
}
