/// A fixed number of slots of each arm, no arm longer in a row than a stated run.
public struct RestrictedAlternation: Hashable, Sendable {
  /// Slots in all.
  public let slots: Int
  /// Slots that are not the reference.
  public let active: Int
  /// The most slots in a row that one arm may have.
  public let longestRun: Int

  /// Makes the scheme.
  public init(slots: Int, active: Int, longestRun: Int) {
    self.slots = slots
    self.active = active
    self.longestRun = longestRun
  }
}

extension RestrictedAlternation: SlotRule {
  /// What is remembered: slots given to the active arm, the last arm, and its run.
  package struct State: Hashable {
    var active = 0
    var last = -1
    var run = 0
  }

  package var slotCount: Int { max(0, slots) }
  package var armCount: Int { 2 }
  package var start: State { State() }

  package func next(_ state: State, arm: Int, slot: Int) -> State? {
    let run = arm == state.last ? state.run + 1 : 1
    let used = state.active + arm
    guard run <= longestRun, used <= active, slot + 1 - used <= slots - active else { return nil }
    return State(active: used, last: arm, run: run)
  }

  package func validate() throws(SchemeError) {
    if longestRun < 1 { throw .tooSmall("longestRun", longestRun, least: 1) }
    let fewest = min(active, slots - active)
    if fewest < 1 { throw .tooSmall("slots of an arm", fewest, least: 1) }
  }
}
