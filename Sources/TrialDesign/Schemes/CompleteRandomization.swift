/// A fixed number of slots of each arm, in any order, every order equally likely.
public struct CompleteRandomization: Hashable, Sendable {
  /// Slots of each arm, reference first.
  public let counts: [Int]

  /// Makes the scheme for any number of arms.
  public init(counts: [Int]) { self.counts = counts }

  /// Makes the scheme for two arms: `active` of `slots` slots are not the reference.
  public init(slots: Int, active: Int) { self.init(counts: [slots - active, active]) }
}

extension CompleteRandomization: SlotRule {
  package var slotCount: Int { max(0, counts.reduce(0, +)) }
  package var armCount: Int { counts.count }
  package var start: Int { 0 }

  /// The state counts the slots that each arm has used: one digit for each arm, of base count + 1.
  package func next(_ used: Int, arm: Int, slot: Int) -> Int? {
    let place = counts[..<arm].reduce(1) { $0 * ($1 + 1) }
    guard used / place % (counts[arm] + 1) < counts[arm] else { return nil }
    return used + place
  }

  package func validate() throws(SchemeError) {
    var states = 1
    for count in counts {
      guard count >= 1 else { throw .tooSmall("slots of an arm", count, least: 1) }
      guard counts.count > 1 else { continue }
      // Every number but the first is a state that is reached: too many of them are refused anyway.
      let (product, overflow) = states.multipliedReportingOverflow(by: count + 1)
      guard !overflow, product - 1 <= SlotAutomaton.mostStates else {
        let tooLong = slotCount > SchemeError.mostSlots
        throw tooLong ? .tooManySlots(slotCount) : .tooManyStates
      }
      states = product
    }
  }
}
