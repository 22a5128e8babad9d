extension ReferenceSet {
  /// How many slots are active, where the set holds every assignment with so many; `nil` for other sets.
  ///
  /// Such a set does not know its slots apart, which allows to count it without following it.
  var activeOfComplete: Int? {
    // Where all paths meet again between the ends, it is another set: most others end here.
    guard lots == 0, count > 1, liveStates.dropFirst().dropLast().allSatisfy({ $0 > 1 }) else {
      return nil
    }
    var active = 0
    var state: Int32 = 0
    for slot in 0..<slotCount {
      if let next = next(slot, state, 1) {
        active += 1
        state = next
      } else {
        state = self.next(slot, state, 0) ?? 0
      }
    }
    for border in 0...slotCount {
      let (least, most) = (max(0, active - (slotCount - border)), min(active, border))
      guard liveStates[border] == most - least + 1 else { return nil }
    }
    return holdsAll(active) ? active : nil
  }

  /// Whether the number of active slots so far is all that decides what may follow.
  private func holdsAll(_ active: Int) -> Bool {
    var counts: [Int32] = [0]
    for slot in 0..<slotCount {
      var following = [Int32](repeating: -1, count: stateCount(slot + 1))
      for state in counts.indices where counts[state] >= 0 {
        let given = Int(counts[state])
        for arm in 0...1 {
          let isAllowed = arm == 1 ? given < active : slot - given < slotCount - active
          let next = next(slot, Int32(state), arm)
          guard isAllowed == (next != nil) else { return false }
          guard let next else { continue }
          let known = following[Int(next)]
          guard known < 0 || Int(known) == given + arm else { return false }
          following[Int(next)] = Int32(given + arm)
        }
      }
      counts = following
    }
    return true
  }
}
