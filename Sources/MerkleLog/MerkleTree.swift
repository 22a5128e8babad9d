import OpenSSLCrypto

/// A Merkle tree over opaque leaves, with its proofs (RFC 9162, section 2.1; RFC 6962, section 2).
///
/// Holds every node, so a proof is a walk; for a log that only grows and is only asked for its root,
/// see ``Frontier``.
public struct MerkleTree: Sendable {
  /// The nodes by level, leaf hashes first and the root last; nothing at all without leaves.
  ///
  /// The hashes of a level stand one after the other. A node without a right sibling is promoted
  /// unchanged.
  private let levels: [[UInt8]]

  /// Makes the tree of some leaves, in their order.
  public init(leaves: [[UInt8]]) {
    self.init(hashes: SHA256.digests(of: leaves[...], behind: leafPrefix))
  }

  /// Makes the tree of leaves whose hashes are known (``leafHash(_:)``).
  ///
  /// - Precondition: each hash has 32 bytes.
  public init(leafHashes: [[UInt8]]) {
    precondition(leafHashes.allSatisfy { $0.count == SHA256.byteCount }, "a leaf hash has 32 bytes")
    self.init(hashes: Array(leafHashes.joined()))
  }

  init(hashes: [UInt8]) {
    levels = hashes.isEmpty ? [] : MerkleTree.levels(above: hashes)
  }

  init(levels: [[UInt8]]) { self.levels = levels }

  /// A level and those above it, up to the one with a single node.
  static func levels(above hashes: [UInt8]) -> [[UInt8]] {
    var levels = [hashes]
    while let below = levels.last, below.count > SHA256.byteCount {
      let paired = below.count / nodeByteCount * nodeByteCount
      levels.append(
        SHA256.digests(of: below[..<paired], width: nodeByteCount, behind: nodePrefix)
          + below[paired...])
    }
    return levels
  }

  /// The number of leaves.
  public var size: Int { (levels.first?.count ?? 0) / SHA256.byteCount }

  /// The root hash; SHA-256 of nothing for a tree without leaves.
  public var root: [UInt8] { levels.last ?? emptyRoot }

  /// One hash of a level.
  private func node(_ level: Int, _ place: Int) -> [UInt8] {
    let start = place * SHA256.byteCount
    return Array(levels[level][start..<(start + SHA256.byteCount)])
  }

  /// The hashes that lead from a leaf to the root, lowest first (RFC 9162, section 2.1.3.1).
  ///
  /// - Precondition: `0 <= index < size`.
  public func inclusionProof(_ index: Int) -> [[UInt8]] {
    precondition((0..<size).contains(index), "no leaf of that index")
    var index = index
    var proof: [[UInt8]] = []
    for level in levels.indices.dropLast() {
      let sibling = index ^ 1
      if sibling < levels[level].count / SHA256.byteCount { proof.append(node(level, sibling)) }
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
      return node(count.trailingZeroBitCount, range.lowerBound / count)
    }
    let middle = range.lowerBound + split(count)
    return nodeHash(
      hash(of: range.lowerBound..<middle), hash(of: middle..<range.upperBound))
  }
}
