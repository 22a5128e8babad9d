import BigInt
import TrialDesign

extension SlotAutomaton {
  /// The number of assignments that leave nothing to compare: in every block, all observed slots
  /// have the same arm.
  ///
  /// With one block over the whole trial these are the assignments that leave an arm unobserved.
  ///
  /// - Parameters:
  ///   - observed: slots (0-based) that are kept and have an outcome.
  ///   - blocks: the blocks of the statistic, in order.
  func countWithoutContrast(observed: Set<Int>, blocks: [Range<Int>]) -> BigUInt {
    /// A state of the scheme, and the arm seen in the block so far (-1: none).
    struct Place: Hashable {
      let state: Int32
      let seen: Int
    }
    let starts = Set(blocks.map(\.lowerBound))
    var counts = [Place(state: 0, seen: -1): BigUInt(1)]
    for slot in layers.indices {
      var following: [Place: BigUInt] = [:]
      for (place, count) in counts {
        let seen = starts.contains(slot) ? -1 : place.seen
        for (arm, next) in layers[slot][Int(place.state)].enumerated() where next >= 0 {
          if observed.contains(slot), seen >= 0, seen != arm { continue }
          let now = observed.contains(slot) ? arm : seen
          following[Place(state: next, seen: now), default: 0] += count
        }
      }
      counts = following
    }
    return counts.reduce(0) { $0 + $1.value * BigUInt(ends[Int($1.key.state)]) }
  }
}
