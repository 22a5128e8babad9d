import OpenSSLCrypto

// The two hashes of the tree, RFC 9162, section 2.1.1 (the same as RFC 6962, section 2.1). The first
// byte keeps leaves and nodes apart, so that no node can be presented as a leaf.

/// Stands before the bytes of a leaf.
let leafPrefix: UInt8 = 0x00
/// Stands before the two children of a node.
let nodePrefix: UInt8 = 0x01
/// The two children of a node.
let nodeByteCount = 2 * SHA256.byteCount

/// The hash of a leaf: SHA-256 of a zero byte and the leaf's bytes.
public func leafHash(_ leaf: [UInt8]) -> [UInt8] {
  sha256([leafPrefix] + leaf)
}

/// The root of the tree without leaves: SHA-256 of nothing.
let emptyRoot = sha256([])

/// The hash of an inner node: SHA-256 of a byte 1 and the two children.
func nodeHash(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
  sha256([nodePrefix] + left + right)
}

/// The largest power of two below `count`, where RFC 9162 splits a tree.
///
/// - Precondition: `count > 1`.
func split(_ count: Int) -> Int {
  1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
}
