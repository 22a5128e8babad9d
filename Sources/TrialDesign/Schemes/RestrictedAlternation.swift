/// A fixed number of slots of each arm, no arm longer in a row than a stated run.
public struct RestrictedAlternation: Hashable, Sendable {
  /// Slots of each arm, reference first.
  public let counts: [Int]
  /// The most slots in a row that one arm may have.
  public let longestRun: Int

  /// Makes the scheme for any number of arms.
  public init(counts: [Int], longestRun: Int) {
    self.counts = counts
    self.longestRun = longestRun
  }

  /// Makes the scheme for two arms: `active` of `slots` slots are not the reference.
  public init(slots: Int, active: Int, longestRun: Int) {
    self.init(counts: [slots - active, active], longestRun: longestRun)
  }

  /// Slots in all.
  public var slots: Int { counts.reduce(0, +) }
  /// Slots of the last arm: with two arms, those that are not the reference.
  public var active: Int { counts.last ?? 0 }
}

extension RestrictedAlternation: SlotRule {
  /// What is remembered: slots given to each arm, the last arm, and its run.
  package struct State: Hashable {
    var used: [Int]
    var last = -1
    var run = 0
  }

  package var slotCount: Int { max(0, counts.reduce(0, +)) }
  package var armCount: Int { counts.count }
  package var start: State { State(used: counts.map { _ in 0 }) }

  package func next(_ state: State, arm: Int, slot: Int) -> State? {
    let run = arm == state.last ? state.run + 1 : 1
    guard run <= longestRun, state.used[arm] < counts[arm] else { return nil }
    var used = state.used
    used[arm] += 1
    return State(used: used, last: arm, run: run)
  }

  package func validate() throws(SchemeError) {
    if longestRun < 1 { throw .tooSmall("longestRun", longestRun, least: 1) }
    for count in counts where count < 1 {
      throw .tooSmall("slots of an arm", count, least: 1)
    }
  }
}
