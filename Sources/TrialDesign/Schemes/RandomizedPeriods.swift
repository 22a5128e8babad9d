/// Pairs of whole periods: every slot of a period has the same arm, each pair is AB or BA.
///
/// The first `drop` slots of every period leave the endpoint (washout); they stay in the schedule
/// and in the record. A fixed number of slots of *every* period is dropped, never "after an observed
/// switch": then the rule would depend on the allocation.
public struct RandomizedPeriods: Hashable, Sendable {
  /// Pairs of periods.
  public let pairs: Int
  /// Slots in a period.
  public let length: Int
  /// Slots at the start of each period that leave the endpoint.
  public let drop: Int

  /// Makes the scheme.
  public init(pairs: Int, length: Int, drop: Int = 0) {
    self.pairs = pairs
    self.length = length
    self.drop = drop
  }
}

extension RandomizedPeriods: SlotRule {
  /// What is remembered: the arm of the period that has begun, and that of the pair's first period.
  package struct State: Hashable {
    var period = -1
    var first = -1
  }

  package var slotCount: Int { max(0, pairs) * 2 * max(0, length) }
  package var armCount: Int { 2 }
  package var start: State { State() }

  package func next(_ state: State, arm: Int, slot: Int) -> State? {
    guard state.period == -1 || arm == state.period, arm != state.first else { return nil }
    let isLast = slot % length == length - 1
    let isSecond = slot / length % 2 == 1
    if !isLast { return State(period: arm, first: state.first) }
    return isSecond ? State() : State(period: -1, first: arm)
  }

  package func validate() throws(SchemeError) {
    if pairs < 1 { throw .tooSmall("pairs", pairs, least: 1) }
    if length < 1 { throw .tooSmall("length", length, least: 1) }
    if drop < 0 { throw .tooSmall("drop", drop, least: 0) }
    if drop >= length { throw .armLeftOut }
  }
}
