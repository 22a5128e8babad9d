/// A phase design with random change points: AB or ABAB, the reference first.
///
/// Every choice of change points that leaves each phase at least `shortest` slots is equally likely
/// (Edgington and Onghena, *Randomization Tests*).
public struct RandomizedPhases: Hashable, Sendable {
  /// Which phases follow each other.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Two phases.
    case AB
    /// Four phases.
    case ABAB

    /// The number of phases.
    public var phases: Int { rawValue.utf8.count }
  }

  /// Which phases follow each other.
  public let kind: Kind
  /// Slots in all.
  public let slots: Int
  /// The fewest slots of a phase.
  public let shortest: Int

  /// Makes the scheme.
  public init(kind: Kind, slots: Int, shortest: Int) {
    self.kind = kind
    self.slots = slots
    self.shortest = shortest
  }
}

extension RandomizedPhases: SlotRule {
  /// What is remembered: the phase, and its length as far as it matters.
  package struct State: Hashable {
    var phase = 0
    var length = 0
  }

  package var slotCount: Int { max(0, slots) }
  package var armCount: Int { 2 }
  package var start: State { State() }

  package func next(_ state: State, arm: Int, slot: Int) -> State? {
    if arm == state.phase % 2 {
      return State(phase: state.phase, length: min(state.length + 1, shortest))
    }
    guard state.length >= shortest, state.phase + 1 < kind.phases else { return nil }
    return State(phase: state.phase + 1, length: 1)
  }

  package func accepts(_ state: State) -> Bool {
    state.phase == kind.phases - 1 && state.length >= shortest
  }

  package func validate() throws(SchemeError) {
    if shortest < 1 { throw .tooSmall("shortest", shortest, least: 1) }
  }
}
