/// How often each assignment stands in a set, as layers behind the last slot.
///
/// Where several equally likely draws give one assignment, a set of draws holds it several times. Behind
/// the slots lie layers that are no slot: from a state in which `n` draws end, exactly `n` ways lead
/// through them, of two arms that nobody is given. So every count over the paths of the set is one over
/// its draws, and no count has to know of weights.
struct Lots: Sendable {
  /// The layers, `layers[place][state][arm]` as in `ReferenceSet`; none where all states have one draw.
  let layers: [[[Int32]]]

  /// - Parameter ends: the draws that end in each state after the last slot, at least 1 each.
  init(_ ends: [UInt64]) {
    var counts = ends
    var layers: [[[Int32]]] = []
    while let most = counts.max(), most > 1 {
      // The ways that one arm can take: the largest power of two below the largest count.
      let half = UInt64(1) << UInt64(63 - (most - 1).leadingZeroBitCount)
      var following: [UInt64] = []
      func state(_ count: UInt64) -> Int32 {
        guard count > 0 else { return -1 }
        if let known = following.firstIndex(of: count) { return Int32(known) }
        following.append(count)
        return Int32(following.count - 1)
      }
      layers.append(
        counts.map { count in
          let first = min(count, half)
          return [state(first), state(count - first)]
        })
      counts = following
    }
    self.layers = layers
  }

  /// How many layers there are.
  var count: Int { layers.count }
}

extension ReferenceSet {
  /// An assignment of the slots with its first way through the lots.
  package func withLots(_ arms: [Int]) -> [Int] { arms + [Int](repeating: 0, count: lots) }

  /// Something for each slot, with what stands for it at each of the lots.
  package func withLots<Value>(_ values: [Value], _ none: Value) -> [Value] {
    lots == 0 ? values : values + [Value](repeating: none, count: lots)
  }

  /// Blocks that cover the slots, the last one with the lots.
  package func withLots(_ blocks: [Range<Int>]) -> [Range<Int>] {
    guard lots > 0, let last = blocks.last, last.upperBound == slotCount - lots else {
      return blocks
    }
    return blocks.dropLast() + [last.lowerBound..<slotCount]
  }
}
