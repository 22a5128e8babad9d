import MerkleLog
import OpenSSLCrypto
import Testing

/// The tree, its proofs and the frontier against the naive twin, for every size up to 64.
struct MerkleTreeTests {
  static let leaves = (0..<64).map { [UInt8]("leaf \($0)".utf8) }

  /// The roots of the eight leaves of the certificate-transparency tests, for every size.
  @Test func rootsOfTheKnownLeaves() {
    let leaves = [
      "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
      "606162636465666768696a6b6c6d6e6f",
    ].compactMap(Hex.decode)
    let roots = [
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]
    for (size, root) in roots.enumerated() {
      #expect(Hex.encode(MerkleTree(leaves: Array(leaves[..<size])).root) == root)
    }
  }

  @Test(arguments: 0...64)
  func rootAndFrontierEqualTheNaiveRoot(size: Int) {
    let leaves = Array(Self.leaves[..<size])
    var frontier = Frontier()
    for leaf in leaves { frontier.append(leafHash: leafHash(leaf)) }
    let naive = NaiveTree.root(leaves)
    #expect(MerkleTree(leaves: leaves).root == naive)
    #expect(MerkleTree(leaves: leaves).size == size)
    #expect(frontier.root == naive)
    #expect(frontier.size == size)
  }

  /// Several tasks make the same tree, whatever their share, complete or not.
  @Test(arguments: 0...64)
  func severalTasksMakeTheSameTree(size: Int) async {
    let leaves = Array(Self.leaves[..<size])
    let tree = MerkleTree(leaves: leaves)
    for share in [1, 2, 3, 8, 16, 64] {
      let other = await MerkleTree(leaves: leaves, leavesPerTask: share)
      #expect(other.root == tree.root && other.size == size)
      for index in 0..<size {
        #expect(other.inclusionProof(index) == tree.inclusionProof(index))
        #expect(other.consistencyProof(from: index) == tree.consistencyProof(from: index))
      }
    }
  }

  @Test(arguments: 1...64)
  func inclusionProofsEqualTheNaivePathAndVerify(size: Int) {
    let leaves = Array(Self.leaves[..<size])
    let tree = MerkleTree(leaves: leaves)
    for index in 0..<size {
      let proof = tree.inclusionProof(index)
      #expect(proof == NaiveTree.path(index, leaves))
      let hash = leafHash(leaves[index])
      for claimed in -1...size {
        let verified = verifyInclusion(
          leafHash: hash, index: claimed, size: size, proof: proof, root: tree.root)
        #expect(verified == (claimed == index))
      }
    }
  }

  @Test(arguments: 1...64)
  func consistencyProofsEqualTheNaiveProofAndVerify(size: Int) {
    let leaves = Array(Self.leaves[..<size])
    let tree = MerkleTree(leaves: leaves)
    for earlier in 1...size {
      let proof = tree.consistencyProof(from: earlier)
      #expect(proof == NaiveTree.proof(earlier, leaves))
      let root = NaiveTree.root(Array(leaves[..<earlier]))
      #expect(
        verifyConsistency(
          size1: earlier, size2: size, root1: root, root2: tree.root, proof: proof))
    }
  }

  @Test func consistencyWithTheEmptyTreeProvesNothing() {
    let tree = MerkleTree(leaves: Array(Self.leaves[..<3]))
    #expect(tree.consistencyProof(from: 0).isEmpty)
    #expect(
      !verifyConsistency(
        size1: 0, size2: 3, root1: sha256([]), root2: tree.root, proof: []))
  }

  /// Every bit of a proof matters, and so do its length and the sizes of its hashes.
  @Test func changedProofsAreRefused() {
    let leaves = Array(Self.leaves[..<13])
    let tree = MerkleTree(leaves: leaves)
    let earlier = MerkleTree(leaves: Array(leaves[..<6]))
    let inclusion = tree.inclusionProof(9)
    let consistency = tree.consistencyProof(from: 6)
    func holds(_ inclusion: [[UInt8]], _ consistency: [[UInt8]]) -> (Bool, Bool) {
      (
        verifyInclusion(
          leafHash: leafHash(leaves[9]), index: 9, size: 13, proof: inclusion, root: tree.root),
        verifyConsistency(
          size1: 6, size2: 13, root1: earlier.root, root2: tree.root, proof: consistency)
      )
    }
    #expect(holds(inclusion, consistency) == (true, true))
    for bit in 0..<256 {
      for node in 0..<inclusion.count {
        var changed = inclusion
        changed[node][bit / 8] ^= 1 << (bit % 8)
        #expect(!holds(changed, []).0)
      }
      for node in 0..<consistency.count {
        var changed = consistency
        changed[node][bit / 8] ^= 1 << (bit % 8)
        #expect(!holds([], changed).1)
      }
    }
    #expect(holds(Array(inclusion.dropLast()), Array(consistency.dropLast())) == (false, false))
    #expect(holds(inclusion + [tree.root], consistency + [tree.root]) == (false, false))
    #expect(holds(inclusion + [[]], consistency + [[]]) == (false, false))
  }

  /// A node of the tree, taken as a leaf's bytes, is another leaf: no second preimage.
  @Test func innerNodesAreNoLeaves() {
    let left = leafHash(Self.leaves[0])
    let right = leafHash(Self.leaves[1])
    let forged = MerkleTree(leaves: [left + right])
    #expect(forged.root != MerkleTree(leaves: Array(Self.leaves[..<2])).root)
  }
}
