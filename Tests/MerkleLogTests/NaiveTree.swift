import OpenSSLCrypto

/// The definitions of RFC 9162, section 2.1, word for word: slow, recursive and obvious.
enum NaiveTree {
  /// MTH(D_n), section 2.1.1.
  static func root(_ leaves: [[UInt8]]) -> [UInt8] {
    if leaves.isEmpty { return sha256([]) }
    if leaves.count == 1 { return sha256([0] + leaves[0]) }
    let k = largestPowerOfTwo(below: leaves.count)
    return sha256([1] + root(Array(leaves[..<k])) + root(Array(leaves[k...])))
  }

  /// PATH(m, D_n), section 2.1.3.1.
  static func path(_ m: Int, _ leaves: [[UInt8]]) -> [[UInt8]] {
    if leaves.count == 1 { return [] }
    let k = largestPowerOfTwo(below: leaves.count)
    let left = Array(leaves[..<k])
    let right = Array(leaves[k...])
    return m < k ? path(m, left) + [root(right)] : path(m - k, right) + [root(left)]
  }

  /// PROOF(m, D_n), section 2.1.4.1.
  static func proof(_ m: Int, _ leaves: [[UInt8]]) -> [[UInt8]] {
    subproof(m, leaves, true)
  }

  private static func subproof(_ m: Int, _ leaves: [[UInt8]], _ b: Bool) -> [[UInt8]] {
    if m == leaves.count { return b ? [] : [root(leaves)] }
    let k = largestPowerOfTwo(below: leaves.count)
    let left = Array(leaves[..<k])
    let right = Array(leaves[k...])
    if m <= k { return subproof(m, left, b) + [root(right)] }
    return subproof(m - k, right, false) + [root(left)]
  }

  private static func largestPowerOfTwo(below n: Int) -> Int {
    var k = 1
    while 2 * k < n { k *= 2 }
    return k
  }
}
