public import BigInt

extension SlotAutomaton {
  /// The probability of an assignment: its draws over `count`, or 0 when it is not in the set.
  public func weight(of assignment: Assignment) -> Double {
    SlotAutomaton.share(draws(of: assignment), of: count)
  }

  /// The equally likely draws that give an assignment: 1 but where `ends` differ, 0 outside of the set.
  public func draws(of assignment: Assignment) -> BigUInt {
    guard assignment.arms.count == slotCount else { return 0 }
    var state = 0
    for (slot, arm) in assignment.arms.enumerated() {
      guard let next = next(slot: slot, state: state, arm: arm) else { return 0 }
      state = next
    }
    return completions[slotCount][state]
  }

  /// The number of assignments, however often each is drawn.
  public var assignmentCount: BigUInt { forward(fixing: [:])[slotCount].reduce(0, +) }

  /// The draws behind paths that end in each state.
  func draws(_ paths: [BigUInt]) -> BigUInt {
    zip(paths, completions[slotCount]).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The number of draws that give the named slots (0-based) the named arms.
  public func count(fixing fixed: [Int: Int]) -> BigUInt {
    guard fixed.keys.allSatisfy(layers.indices.contains) else { return 0 }
    return draws(forward(fixing: fixed)[slotCount])
  }

  /// For each slot, the probability of each arm, given the arms of some slots (0-based).
  ///
  /// Exact up to the last rounding, from integer counts over the whole set. All zero when no
  /// assignment has the fixed arms.
  public func posterior(fixing fixed: [Int: Int]) -> [[Double]] {
    guard fixed.keys.allSatisfy(layers.indices.contains) else {
      return layers.map { _ in Array(repeating: 0, count: armCount) }
    }
    let before = forward(fixing: fixed)
    let after = backward(fixing: fixed)
    let total = after[0][0]
    return layers.indices.map { slot in
      (0..<armCount).map { arm in
        guard fixed[slot] ?? arm == arm, total > 0 else { return 0 }
        var ways: BigUInt = 0
        for state in layers[slot].indices {
          if let next = next(slot: slot, state: state, arm: arm) {
            ways += before[slot][state] * after[slot + 1][next]
          }
        }
        return SlotAutomaton.share(ways, of: total)
      }
    }
  }

  /// The expected number of right guesses of a person who guesses each slot as well as can be.
  ///
  /// The person knows the scheme and all earlier arms, and names the arm with more completions
  /// (Blackwell and Hodges 1957). Divided by the slots it is the share quoted for a scheme.
  public var expectedCorrectGuesses: Double {
    var before: [BigUInt] = [1]
    var right: BigUInt = 0
    for slot in layers.indices {
      var following = [BigUInt](repeating: 0, count: completions[slot + 1].count)
      for (state, row) in layers[slot].enumerated() {
        var best: BigUInt = 0
        for next in row where next >= 0 {
          following[Int(next)] += before[state]
          best = Swift.max(best, completions[slot + 1][Int(next)])
        }
        right += before[state] * best
      }
      before = following
    }
    return SlotAutomaton.share(right, of: count)
  }

  /// Paths from the start to each state, by slot; the last entry is the end.
  private func forward(fixing fixed: [Int: Int]) -> [[BigUInt]] {
    var result: [[BigUInt]] = [[1]]
    for slot in layers.indices {
      var following = [BigUInt](repeating: 0, count: completions[slot + 1].count)
      for state in layers[slot].indices {
        for arm in 0..<armCount where fixed[slot] ?? arm == arm {
          if let next = next(slot: slot, state: state, arm: arm) {
            following[next] += result[slot][state]
          }
        }
      }
      result.append(following)
    }
    return result
  }

  /// Draws on the ways from each state to the end, by slot.
  private func backward(fixing fixed: [Int: Int]) -> [[BigUInt]] {
    var after = completions[slotCount]
    var result = [after]
    for slot in layers.indices.reversed() {
      after = layers[slot].indices.map { state in
        (0..<armCount).reduce(BigUInt(0)) { sum, arm in
          guard fixed[slot] ?? arm == arm, let next = next(slot: slot, state: state, arm: arm)
          else { return sum }
          return sum + after[next]
        }
      }
      result.append(after)
    }
    return result.reversed()
  }

  /// A quotient of counts that may be far beyond the range of `Double`.
  package static func share(_ part: BigUInt, of whole: BigUInt) -> Double {
    guard part > 0, whole > 0 else { return 0 }
    let (up, down) = (Swift.max(0, part.bitWidth - 900), Swift.max(0, whole.bitWidth - 900))
    let ratio = Double(part >> up) / Double(whole >> down)
    return ratio * Double(sign: .plus, exponent: up - down, significand: 1)
  }
}
