/// Pairs of slots with one slot of each arm, in either order.
///
/// The same set as blocks of two; a name of its own because people think of it so.
public struct RandomizedPairs: Hashable, Sendable {
  /// How many pairs.
  public let count: Int

  /// Makes the scheme.
  public init(count: Int) { self.count = count }

  /// The same scheme as blocks of two.
  public var blocks: PermutedBlocks {
    PermutedBlocks(counts: Array(repeating: [1, 1], count: max(0, count)))
  }
}
