/// The right edge of a growing Merkle tree: all that is needed to append a leaf and to know the root.
///
/// Holds the roots of the complete subtrees, one for each bit of ``size``, largest first. Appending
/// costs one hash on average and at most O(log n); the root equals that of ``MerkleTree`` over the
/// same leaves.
public struct Frontier: Hashable, Sendable {
  private var peaks: [[UInt8]] = []

  /// The number of leaves appended.
  public private(set) var size = 0

  /// Makes the frontier of the tree without leaves.
  public init() {}

  /// Appends a leaf by its hash (``leafHash(_:)``).
  public mutating func append(leafHash: [UInt8]) {
    var peak = leafHash
    // Each trailing one bit of the old size is a complete subtree that the new leaf completes.
    for _ in 0..<(~size).trailingZeroBitCount {
      peak = nodeHash(peaks.removeLast(), peak)
    }
    peaks.append(peak)
    size += 1
  }

  /// The root hash; SHA-256 of nothing before the first leaf.
  public var root: [UInt8] {
    guard var root = peaks.last else { return emptyRoot }
    for peak in peaks.dropLast().reversed() { root = nodeHash(peak, root) }
    return root
  }
}
