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
    return draws(before)
  }

  /// How many assignments a contrast is tested over.
  package struct ContrastCount: Hashable, Sendable {
    /// The arm that is compared with the reference.
    package let arm: Int
    /// The fewest and the most, over the assignments that were looked at.
    package let fewest, most: BigUInt
    /// The share of these with at least as many as asked for.
    package let share: Double
    /// Whether every assignment was looked at; else a thousand, evenly spaced by rank.
    package let isComplete: Bool
  }

  /// The numbers of `conditionalCount(of:arms:)` over the set, for each arm against the reference.
  ///
  /// - Parameter enough: the number that `share` counts.
  package func contrastCounts(enough: BigUInt) -> [ContrastCount] {
    let isComplete = count <= 1 << 12
    let looked = isComplete ? Int(count) : 1_000
    let ranks = (0..<looked).map { count * BigUInt($0) / BigUInt(looked) }
    let assignments = ranks.map { assignment(rank: $0) }
    return (1..<armCount).map { arm in
      // Of draws that give an assignment more often than others, the commonest decides.
      let counts = assignments.map {
        conditionalCount(of: $0, arms: (0, arm)) / BigUInt(ends.max() ?? 1)
      }
      return ContrastCount(
        arm: arm, fewest: counts.min() ?? 0, most: counts.max() ?? 0,
        share: Double(counts.count { $0 >= enough }) / Double(Swift.max(1, looked)),
        isComplete: isComplete)
    }
  }

  /// The longest run of one arm that some assignment has, in slots.
  package var longestRun: Int {
    // For each state and arm, the longest run of it that can end there.
    var before = [[Int](repeating: 0, count: armCount)]
    var longest = 0
    for (slot, layer) in layers.enumerated() {
      var following = completions[slot + 1].map { _ in [Int](repeating: 0, count: armCount) }
      for (state, row) in layer.enumerated() {
        for (arm, next) in row.enumerated() where next >= 0 {
          let run = before[state][arm] + 1
          following[Int(next)][arm] = Swift.max(following[Int(next)][arm], run)
          longest = Swift.max(longest, run)
        }
      }
      before = following
    }
    return longest
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
