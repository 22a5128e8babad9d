import OpenSSLCrypto

/// Whether `proof` shows that a leaf stands at `index` in the tree of `size` leaves with `root`.
///
/// RFC 9162, section 2.1.3.2. Values that no tree can have (an index outside, a hash that has not 32
/// bytes, a hash too many or too few) are refused like a wrong proof.
public func verifyInclusion(
  leafHash: [UInt8], index: Int, size: Int, proof: [[UInt8]], root: [UInt8]
) -> Bool {
  guard index >= 0, index < size, areHashes(proof + [leafHash, root]) else { return false }
  var walk = Walk(index: index, last: size - 1)
  var hash = leafHash
  for sibling in proof {
    guard let side = walk.climb() else { return false }
    hash = side == .left ? nodeHash(sibling, hash) : nodeHash(hash, sibling)
  }
  return walk.isAtRoot && hash == root
}

/// Whether `proof` shows that the tree of `size2` leaves begins with the tree of `size1` leaves.
///
/// RFC 9162, section 2.1.4.2, for `0 < size1 <= size2`. A first size of 0 is refused: every tree
/// begins with the empty one, so such a proof says nothing and must not be taken for one.
public func verifyConsistency(
  size1: Int, size2: Int, root1: [UInt8], root2: [UInt8], proof: [[UInt8]]
) -> Bool {
  guard size1 > 0, size1 <= size2, areHashes(proof + [root1, root2]) else { return false }
  if size1 == size2 { return proof.isEmpty && root1 == root2 }
  // A first size that is a power of two is a node of the second tree: it is not in the proof.
  let path = size1 & (size1 - 1) == 0 ? [root1] + proof : proof
  guard !proof.isEmpty, let start = path.first else { return false }
  var walk = Walk(index: size1 - 1, last: size2 - 1)
  walk.skipRightEdges()
  var first = start
  var second = start
  for sibling in path.dropFirst() {
    guard let side = walk.climb() else { return false }
    if side == .left {
      first = nodeHash(sibling, first)
      second = nodeHash(sibling, second)
    } else {
      second = nodeHash(second, sibling)
    }
  }
  return walk.isAtRoot && first == root1 && second == root2
}

private func areHashes(_ hashes: [[UInt8]]) -> Bool {
  hashes.allSatisfy { $0.count == SHA256.byteCount }
}

/// The way from a leaf up to the root: fn and sn of RFC 9162.
private struct Walk {
  /// On which side of the path the next sibling stands.
  enum Side { case left, right }

  private var index: Int
  private var last: Int

  init(index: Int, last: Int) {
    self.index = index
    self.last = last
  }

  var isAtRoot: Bool { last == 0 }

  /// Leaves the levels on which the path is a right child, before a consistency proof begins.
  mutating func skipRightEdges() {
    while index & 1 == 1 { up() }
  }

  /// Goes up to the next node that has two children; `nil` at the root.
  mutating func climb() -> Side? {
    guard !isAtRoot else { return nil }
    let isRight = index & 1 == 1
    let side: Side = isRight || index == last ? .left : .right
    if side == .left, !isRight {
      // Promoted nodes: levels on which the last node has no sibling.
      while index & 1 == 0, index != 0 { up() }
    }
    up()
    return side
  }

  private mutating func up() {
    index >>= 1
    last >>= 1
  }
}
