/// Ranks as integers.
enum RankScores {
  /// Twice the mid-ranks of values (from 1), in the order of the values.
  ///
  /// - Parameter areTies: whether a value and the next larger one are ties.
  static func doubled<Value: Comparable>(
    _ values: [Value], areTies: (Value, Value) -> Bool = { $0 == $1 }
  ) -> [Int] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Int](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, areTies(values[order[end - 1]], values[order[end]]) { end += 1 }
      for place in start..<end { ranks[order[place]] = start + 1 + end }
      start = end
    }
    return ranks
  }

  /// Twice the mid-ranks within each range of places, less their mean there.
  ///
  /// Where assignments give a block different numbers of active slots, this takes out what the number
  /// alone does to the sum of ranks.
  static func centred<Value: Comparable>(
    _ values: [Value], within parts: [Range<Int>], areTies: (Value, Value) -> Bool = { $0 == $1 }
  ) -> [Int] {
    parts.flatMap { part in
      doubled(Array(values[part]), areTies: areTies).map { $0 - part.count - 1 }
    }
  }
}

/// The distribution of a sum of integers over the active slots, by the recursion over slots.
struct RankDistribution {
  private(set) var total = 0.0
  /// The number of assignments by sum, from `lowest` on.
  private(set) var counts: [Double] = []
  private(set) var lowest = 0

  /// Streitberg and Röhmel's shift algorithm (1986) on the automaton of the scheme.
  ///
  /// - Parameter gains: what each slot adds if it is active.
  init(_ reference: ReferenceSet, gains: [Int]) {
    var rows: [(low: Int, counts: [Double])] = [(0, [1])]
    for slot in 0..<reference.slotCount {
      var next = [(low: Int, counts: [Double])](
        repeating: (0, []), count: reference.stateCount(slot + 1))
      for (state, row) in rows.enumerated() where !row.counts.isEmpty {
        for arm in 0...1 {
          guard let target = reference.next(slot, Int32(state), arm) else { continue }
          RankDistribution.add(row, movedBy: arm * gains[slot], to: &next[Int(target)])
        }
      }
      let step = reference.step(slot)
      rows = step == 1 ? next : next.map { ($0.low, $0.counts.map { $0 * step }) }
    }
    var all = (low: 0, counts: [Double]())
    for row in rows where !row.counts.isEmpty { RankDistribution.add(row, movedBy: 0, to: &all) }
    (lowest, counts) = all
    total = counts.reduce(0, +)
  }

  private static func add(
    _ row: (low: Int, counts: [Double]), movedBy step: Int,
    to target: inout (low: Int, counts: [Double])
  ) {
    let low = row.low + step
    if target.counts.isEmpty {
      target = (low, row.counts)
      return
    }
    if low < target.low {
      target.counts.insert(contentsOf: repeatElement(0, count: target.low - low), at: 0)
      target.low = low
    }
    let offset = low - target.low
    let missing = offset + row.counts.count - target.counts.count
    if missing > 0 { target.counts.append(contentsOf: repeatElement(0, count: missing)) }
    for index in row.counts.indices { target.counts[offset + index] += row.counts[index] }
  }

  /// The assignments with a sum at least, at most, and exactly that of the observed one, and at least
  /// as far from 0.
  ///
  /// - Parameter undefined: so many of those with a sum of 0 have no statistic: extreme on every side.
  func tails(_ observed: Int, undefined: Double = 0) -> RankTails {
    var tails = RankTails(observed: observed)
    for (index, ways) in counts.enumerated() where ways > 0 {
      let sum = lowest + index
      let count = sum == 0 ? ways - undefined : ways
      if sum >= observed { tails.greater += count }
      if sum <= observed { tails.less += count }
      if sum == observed { tails.ties += count }
      if sum.magnitude >= observed.magnitude { tails.absolute += count }
    }
    tails.greater += undefined
    tails.less += undefined
    tails.absolute += undefined
    return tails
  }
}

/// Assignments as extreme as the observed one, and the observed sum.
struct RankTails {
  var observed = 0
  var greater = 0.0
  var less = 0.0
  var ties = 0.0
  var absolute = 0.0
}
