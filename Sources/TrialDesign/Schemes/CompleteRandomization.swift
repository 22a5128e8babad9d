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
  package var start: [Int] { counts.map { _ in 0 } }

  /// The state counts the slots that each arm has used.
  package func next(_ used: [Int], arm: Int, slot: Int) -> [Int]? {
    guard used[arm] < counts[arm] else { return nil }
    var used = used
    used[arm] += 1
    return used
  }

  package func validate() throws(SchemeError) {
    for count in counts where count < 1 {
      throw .tooSmall("slots of an arm", count, least: 1)
    }
  }
}
