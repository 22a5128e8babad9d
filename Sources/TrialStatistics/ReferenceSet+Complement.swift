extension ReferenceSet {
  /// Whether with every assignment the one with both arms exchanged is in the set too.
  ///
  /// Follows the automaton along an assignment and its complement at once. A `false` may also mean
  /// that two states with the same future are told apart; then a symmetry is merely not used.
  func complementIsFollowed() -> Bool {
    guard count > 0 else { return false }
    let most = (0...slotCount).reduce(1) { max($0, stateCount($1)) }
    var partners = [Int32](repeating: -1, count: most)
    var next = partners
    partners[0] = 0
    for slot in 0..<slotCount {
      for state in 0..<stateCount(slot) where partners[state] >= 0 {
        let partner = partners[state]
        partners[state] = -1
        for arm in 0...1 {
          guard let target = self.next(slot, Int32(state), arm) else { continue }
          guard let other = self.next(slot, partner, 1 - arm) else { return false }
          let known = next[Int(target)]
          guard known < 0 || known == other else { return false }
          next[Int(target)] = other
        }
      }
      swap(&partners, &next)
    }
    return true
  }
}

extension IntegerContrast {
  /// What exchanging the arms of an assignment does to its sums: each becomes a total less itself.
  struct Mirror {
    let sum: Int
    let overlap: Int
    /// The observed slots of the one block whose active ones are followed.
    let active: Int32

    /// The largest overlap that must be counted; larger ones are mirror images.
    var half: Int { overlap / 2 }

    /// The tally of the exchanged assignment.
    func tally(_ tally: Tally) -> Tally {
      var tally = tally
      tally.active = active - tally.active
      return tally
    }
  }

  /// The mirror of a set that is closed under exchanging the arms, where overlaps only grow along a
  /// path; `nil` where that is not so.
  func mirror(_ reference: ReferenceSet) -> Mirror? {
    guard closings.isEmpty, overlapGain.allSatisfy({ $0 >= 0 }),
      reference.isClosedUnderComplement
    else { return nil }
    return Mirror(
      sum: Int(gain.reduce(0, +)), overlap: Int(overlapGain.reduce(0, +)),
      active: single.map { Int32($0.observed) } ?? 0)
  }
}
