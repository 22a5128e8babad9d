/// A Merkle tree over opaque leaves, with its proofs (RFC 9162, section 2.1; RFC 6962, section 2).
///
/// Holds every node, so a proof is a walk; for a log that only grows and is only asked for its root,
/// see ``Frontier``.
public struct MerkleTree: Sendable {
  /// The nodes, leaf hashes first and the root last; nothing at all without leaves.
  ///
  /// A node without a right sibling is promoted unchanged.
  private let levels: [[[UInt8]]]

  /// Makes the tree of some leaves, in their order.
  public init(leaves: [[UInt8]]) {
    self.init(leafHashes: leaves.map(leafHash))
  }

  /// Makes the tree of leaves whose hashes are known (``leafHash(_:)``).
  public init(leafHashes: [[UInt8]]) {
    var levels: [[[UInt8]]] = leafHashes.isEmpty ? [] : [leafHashes]
    while let below = levels.last, below.count > 1 {
      levels.append(
        stride(from: 0, to: below.count, by: 2).map { left in
          left + 1 < below.count ? nodeHash(below[left], below[left + 1]) : below[left]
        })
    }
    self.levels = levels
  }

  /// The number of leaves.
  public var size: Int { levels.first?.count ?? 0 }

  /// The root hash; SHA-256 of nothing for a tree without leaves.
  public var root: [UInt8] { levels.last?.first ?? emptyRoot }

  /// The hashes that lead from a leaf to the root, lowest first (RFC 9162, section 2.1.3.1).
  ///
  /// - Precondition: `0 <= index < size`.
  public func inclusionProof(_ index: Int) -> [[UInt8]] {
    precondition((0..<size).contains(index), "no leaf of that index")
    var index = index
    var proof: [[UInt8]] = []
    for level in levels.dropLast() {
      let sibling = index ^ 1
      if sibling < level.count { proof.append(level[sibling]) }
      index >>= 1
    }
    return proof
  }

  /// The hashes that show that this tree begins with its first `size` leaves
  /// (RFC 9162, section 2.1.4.1).
  ///
  /// Empty for the whole tree and for no leaves; the latter proves nothing, and
  /// ``verifyConsistency(size1:size2:root1:root2:proof:)`` refuses it.
  ///
  /// - Precondition: `0 <= size <= self.size`.
  public func consistencyProof(from size: Int) -> [[UInt8]] {
    precondition((0...self.size).contains(size), "no earlier tree of that size")
    guard size > 0 else { return [] }
    return subproof(size, of: 0..<self.size, isKnown: true)
  }

  /// SUBPROOF of RFC 9162, section 2.1.4.1: the first `size` leaves of a range of leaves.
  ///
  /// `isKnown` is the flag b: whether the verifier has the hash of those leaves already.
  private func subproof(_ size: Int, of range: Range<Int>, isKnown: Bool) -> [[UInt8]] {
    if size == range.count { return isKnown ? [] : [hash(of: range)] }
    let middle = range.lowerBound + split(range.count)
    let left = range.lowerBound..<middle
    let right = middle..<range.upperBound
    return size <= left.count
      ? subproof(size, of: left, isKnown: isKnown) + [hash(of: right)]
      : subproof(size - left.count, of: right, isKnown: false) + [hash(of: left)]
  }

  /// MTH of RFC 9162, section 2.1.1, for a range that a split leads to.
  private func hash(of range: Range<Int>) -> [UInt8] {
    let count = range.count
    if count & (count - 1) == 0, range.lowerBound.isMultiple(of: count) {
      return levels[count.trailingZeroBitCount][range.lowerBound / count]
    }
    let middle = range.lowerBound + split(count)
    return nodeHash(
      hash(of: range.lowerBound..<middle), hash(of: middle..<range.upperBound))
  }
}
