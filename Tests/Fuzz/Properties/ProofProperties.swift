import MerkleLog

/// What must hold of proofs: over a signed head, only the genuine one verifies.
///
/// The bytes choose a tree, a place in it and the genuine proof, and then bend it: hashes are
/// changed, dropped, doubled, swapped or invented. A head binds the size, so the size is not bent.
enum ProofProperties {
  static let most = 33
  static let leaves = (0..<most).map { [UInt8($0), 0x5A] }
  static let trees = (0...most).map { MerkleTree(leaves: Array(leaves.prefix($0))) }

  static func check(_ bytes: [UInt8]) throws(BrokenProperty) {
    var reader = ByteReader(bytes)
    let size = 1 + reader.number(below: most)
    let tree = trees[size]
    if reader.number(below: 2) == 0 {
      let index = reader.number(below: size)
      let genuine = tree.inclusionProof(index)
      let claimed = reader.number(below: 4) == 0 ? reader.number(below: most + 2) - 1 : index
      let leaf = reader.number(below: 4) == 0 ? reader.hash() : leafHash(leaves[index])
      let proof = reader.bent(genuine)
      let isGenuine = claimed == index && leaf == leafHash(leaves[index]) && proof == genuine
      let isTwin = isGenuine || holds(claimed, leaf, proof, size)
      let verdict = verifyInclusion(
        leafHash: leaf, index: claimed, size: size, proof: proof, root: tree.root)
      try hold(verdict == isTwin, "inclusion of \(claimed) in \(size) is said to be \(verdict)")
    } else {
      let first = reader.number(below: size + 1)
      let genuine = tree.consistencyProof(from: first)
      let root = reader.number(below: 4) == 0 ? reader.hash() : trees[first].root
      let proof = reader.bent(genuine)
      let isGenuine = first > 0 && root == trees[first].root && proof == genuine
      let verdict = verifyConsistency(
        size1: first, size2: size, root1: root, root2: tree.root, proof: proof)
      try hold(
        verdict == isGenuine, "consistency of \(first) with \(size) is said to be \(verdict)")
    }
  }

  /// Whether the bent values happen to be the genuine ones of another leaf.
  private static func holds(
    _ index: Int, _ leaf: [UInt8], _ proof: [[UInt8]], _ size: Int
  ) -> Bool {
    (0..<size).contains(index) && leaf == leafHash(leaves[index])
      && proof == trees[size].inclusionProof(index)
  }
}

/// Numbers and hashes out of bytes; zeros when they run out.
struct ByteReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  var isEmpty: Bool { rest.isEmpty }

  mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

  /// - Precondition: `bound` is 1 to 256.
  mutating func number(below bound: Int) -> Int { Int(byte()) % bound }

  /// A hash, or something that is nearly one.
  mutating func hash() -> [UInt8] {
    let count = number(below: 8) == 0 ? number(below: 40) : 32
    return (0..<count).map { _ in byte() }
  }

  /// A list of hashes, bent step by step for as long as there are bytes, at most eight times.
  mutating func bent(_ genuine: [[UInt8]]) -> [[UInt8]] {
    var hashes = genuine
    for _ in 0..<8 where !isEmpty {
      let what = number(below: 6)
      let place = number(below: max(1, hashes.count))
      switch what {
      case 0: hashes.insert(hash(), at: min(place, hashes.count))
      case 1 where !hashes.isEmpty: hashes.remove(at: place)
      case 2 where !hashes.isEmpty: hashes.insert(hashes[place], at: place)
      case 3 where !hashes.isEmpty: hashes.swapAt(place, number(below: hashes.count))
      case 4 where !hashes.isEmpty && !hashes[place].isEmpty:
        hashes[place][number(below: hashes[place].count)] ^= byte()
      default: return hashes
      }
    }
    return hashes
  }
}
