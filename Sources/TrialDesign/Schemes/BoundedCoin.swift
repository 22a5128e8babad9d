/// A coin for every slot, kept only when each arm has at least `fewest` slots.
///
/// Every such sequence is equally likely.
public struct BoundedCoin: Hashable, Sendable {
  /// Slots in all.
  public let slots: Int
  /// The fewest slots of each arm.
  public let fewest: Int

  /// Makes the scheme.
  public init(slots: Int, fewest: Int) {
    self.slots = slots
    self.fewest = fewest
  }
}

extension BoundedCoin: SlotRule {
  package var slotCount: Int { max(0, slots) }
  package var armCount: Int { 2 }
  package var start: [Int] { [0, 0] }

  /// The state counts the slots of each arm, as far as it matters.
  package func next(_ used: [Int], arm: Int, slot: Int) -> [Int]? {
    var used = used
    used[arm] = min(used[arm] + 1, fewest)
    return used
  }

  package func accepts(_ used: [Int]) -> Bool { used.allSatisfy { $0 >= fewest } }

  package func validate() throws(SchemeError) {
    if fewest < 0 { throw .tooSmall("fewest", fewest, least: 0) }
  }
}
