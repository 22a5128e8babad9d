/// A coin, or a die for more arms, for every slot, kept only when each arm has at least `fewest` slots.
///
/// Every such sequence is equally likely.
public struct BoundedCoin: Hashable, Sendable {
  /// Slots in all.
  public let slots: Int
  /// The fewest slots of each arm.
  public let fewest: Int
  /// How many arms there are.
  public let arms: Int

  /// Makes the scheme, for two arms where nothing else is said.
  public init(slots: Int, fewest: Int, arms: Int = 2) {
    self.slots = slots
    self.fewest = fewest
    self.arms = arms
  }
}

extension BoundedCoin: SlotRule {
  package var slotCount: Int { max(0, slots) }
  package var armCount: Int { max(0, arms) }
  package var start: [Int] { Array(repeating: 0, count: armCount) }

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
