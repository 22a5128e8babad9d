/// One possible sequence of arms: an element of a scheme's reference set, or no element of it.
///
/// Freely constructible, because a randomization test needs all of them. Which one a trial was
/// given is another type, made by sealing alone.
public struct Assignment: Hashable, Sendable, Comparable {
  /// The arm of each slot, slot 1 first, as an index into the protocol's arms.
  public let arms: [Int]

  /// Makes a sequence; nothing is checked.
  public init(arms: [Int]) { self.arms = arms }

  /// Lexicographic order, by the arms' indices.
  public static func < (left: Assignment, right: Assignment) -> Bool {
    left.arms.lexicographicallyPrecedes(right.arms)
  }
}
