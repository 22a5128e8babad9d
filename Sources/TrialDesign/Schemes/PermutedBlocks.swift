/// Consecutive blocks with a fixed number of slots of each arm in each, independent of each other.
///
/// Blocks may differ in size and in ratio; every order within a block is equally likely. Where the
/// order of the blocks is hidden too, the set is that of the *distinct* sequences which some order of
/// the blocks allows, each equally likely: nobody who knows the sizes knows where a block ends.
public struct PermutedBlocks: Hashable, Sendable {
  /// For each block, its slots of each arm, reference first.
  public let counts: [[Int]]
  /// Whether the blocks may stand in any order.
  public let isShuffled: Bool

  /// Makes the scheme for any number of arms.
  public init(counts: [[Int]], isShuffled: Bool = false) {
    self.counts = counts
    self.isShuffled = isShuffled
  }

  /// Makes the scheme for two arms: `active[b]` of the `sizes[b]` slots are not the reference.
  ///
  /// Elements of the longer list beyond the shorter one are ignored.
  public init(sizes: [Int], active: [Int]) {
    self.init(counts: zip(sizes, active).map { [$0 - $1, $1] })
  }

  /// The slots of each block, 0-based, in the order in which the blocks are written.
  ///
  /// They are blocks of the allocation only where the order is not shuffled.
  public var ranges: [Range<Int>] {
    var first = 0
    return counts.map { block in
      let size = max(0, block.reduce(0, +))
      defer { first += size }
      return first..<(first + size)
    }
  }
}

extension PermutedBlocks {
  /// The rule with its block borders worked out.
  package struct Rule: SlotRule {
    private let counts: [[Int]]
    /// For each slot: its block, and whether it is the last of it.
    private let places: [(block: Int, isLast: Bool)]
    package let armCount: Int

    init(_ scheme: PermutedBlocks) {
      counts = scheme.counts
      armCount = scheme.counts.first?.count ?? 0
      places = scheme.ranges.enumerated().flatMap { block, slots in
        slots.map { (block: block, isLast: $0 == slots.upperBound - 1) }
      }
    }

    package var slotCount: Int { places.count }
    package var start: [Int] { Array(repeating: 0, count: armCount) }

    /// The state counts the slots that each arm has used in the current block.
    package func next(_ used: [Int], arm: Int, slot: Int) -> [Int]? {
      let place = places[slot]
      guard used[arm] < counts[place.block][arm] else { return nil }
      if place.isLast { return start }
      var used = used
      used[arm] += 1
      return used
    }

    package func validate() throws(SchemeError) { try PermutedBlocks.validate(counts) }
  }

  /// Every block has every arm.
  static func validate(_ counts: [[Int]]) throws(SchemeError) {
    for (block, ofArms) in counts.enumerated() {
      guard ofArms.count == counts[0].count, ofArms.allSatisfy({ $0 >= 1 }) else {
        throw .unbalancedBlock(block + 1)
      }
    }
  }
}
