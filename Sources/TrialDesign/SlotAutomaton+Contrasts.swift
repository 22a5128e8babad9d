package import BigInt

extension SlotAutomaton {
  /// The number of assignments that differ from one only in which of two arms its slots have.
  ///
  /// They agree with `assignment` wherever it has a third arm. With more than two arms a contrast of
  /// two of them is tested over this set: given where the other arms lie, it is what the draw left
  /// open. With two arms it is the whole set.
  ///
  /// - Parameters:
  ///   - assignment: an element of the set; 0 for one that is not.
  ///   - pair: the two arms, different ones.
  package func conditionalCount(of assignment: Assignment, arms pair: (Int, Int)) -> BigUInt {
    guard contains(assignment) == nil else { return 0 }
    var before: [BigUInt] = [1]
    for (slot, given) in assignment.arms.enumerated() {
      let isOpen = given == pair.0 || given == pair.1
      var following = [BigUInt](repeating: 0, count: completions[slot + 1].count)
      for (state, ways) in before.enumerated() where ways > 0 {
        for arm in isOpen ? [pair.0, pair.1] : [given] {
          if let next = next(slot: slot, state: state, arm: arm) { following[next] += ways }
        }
      }
      before = following
    }
    return before.reduce(0, +)
  }

  /// Whether some assignment gives an arm to no slot.
  package func leavesOut(_ arm: Int) -> Bool {
    var alive: Set<Int> = [0]
    for slot in layers.indices {
      var following: Set<Int> = []
      for state in alive {
        for (other, next) in layers[slot][state].enumerated() where other != arm && next >= 0 {
          following.insert(Int(next))
        }
      }
      alive = following
    }
    return !alive.isEmpty
  }
}
