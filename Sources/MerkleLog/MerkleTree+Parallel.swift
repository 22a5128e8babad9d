import OpenSSLCrypto

extension MerkleTree {
  /// Makes the same tree as ``init(leaves:)`` with several processors at once.
  ///
  /// The leaves are cut into complete subtrees of one size, so the hashes do not depend on how many
  /// tasks there are or in which order they end.
  ///
  /// - Parameter leavesPerTask: at least; rounded up to a power of two. A task of fewer than some
  ///   thousand leaves costs more than it brings.
  public init(leaves: [[UInt8]], leavesPerTask: Int) async {
    let width = MerkleTree.powerOfTwo(atLeast: leavesPerTask)
    guard leaves.count > width else {
      self.init(leaves: leaves)
      return
    }
    let parts = await withTaskGroup(of: (Int, [[UInt8]]).self) { group in
      let starts = Array(stride(from: 0, to: leaves.count, by: width))
      for (part, start) in starts.enumerated() {
        group.addTask {
          let own = leaves[start..<min(start + width, leaves.count)]
          return (part, MerkleTree.levels(above: SHA256.digests(of: own, behind: leafPrefix)))
        }
      }
      var parts = [[[UInt8]]](repeating: [], count: starts.count)
      for await (part, levels) in group { parts[part] = levels }
      return parts
    }
    // A complete part has this many levels; the last may have fewer, its root is promoted then.
    let height = width.trailingZeroBitCount
    var levels = (0...height).map { level in
      Array(parts.map { $0[min(level, $0.count - 1)] }.joined())
    }
    levels += MerkleTree.levels(above: levels.removeLast())
    self.init(levels: levels)
  }

  private static func powerOfTwo(atLeast count: Int) -> Int {
    var power = 1
    while power < count { power *= 2 }
    return power
  }
}
