/// Sets of whole periods, each set with one period of every arm in any order.
///
/// Every slot of a period has the same arm. With two arms a set is a pair, AB or BA.
///
/// The first `drop` slots of every period leave the endpoint (washout); they stay in the schedule
/// and in the record. A fixed number of slots of *every* period is dropped, never "after an observed
/// switch": then the rule would depend on the allocation.
public struct RandomizedPeriods: Hashable, Sendable {
  /// Sets of periods.
  public let sets: Int
  /// Arms, and so periods in a set.
  public let arms: Int
  /// Slots in a period.
  public let length: Int
  /// Slots at the start of each period that leave the endpoint.
  public let drop: Int

  /// Makes the scheme for any number of arms.
  public init(sets: Int, arms: Int, length: Int, drop: Int = 0) {
    self.sets = sets
    self.arms = arms
    self.length = length
    self.drop = drop
  }

  /// Makes the scheme for two arms.
  public init(pairs: Int, length: Int, drop: Int = 0) {
    self.init(sets: pairs, arms: 2, length: length, drop: drop)
  }

  /// Sets, by their name for two arms.
  public var pairs: Int { sets }
}

extension RandomizedPeriods: SlotRule {
  /// What is remembered: the arm of the period that has begun, and which arms the set has had.
  package struct State: Hashable {
    var period = -1
    var had: Set<Int> = []
  }

  package var slotCount: Int { max(0, sets) * max(0, arms) * max(0, length) }
  package var armCount: Int { max(0, arms) }
  package var start: State { State() }

  package func next(_ state: State, arm: Int, slot: Int) -> State? {
    guard state.period == -1 || arm == state.period, !state.had.contains(arm) else { return nil }
    guard slot % length == length - 1 else { return State(period: arm, had: state.had) }
    let had = state.had.union([arm])
    return had.count == arms ? State() : State(had: had)
  }

  package func validate() throws(SchemeError) {
    if sets < 1 { throw .tooSmall(arms == 2 ? "pairs" : "sets", sets, least: 1) }
    if length < 1 { throw .tooSmall("length", length, least: 1) }
    if drop < 0 { throw .tooSmall("drop", drop, least: 0) }
    if drop >= length { throw .armLeftOut }
  }
}
