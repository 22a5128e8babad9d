import ChildPrograms
import Foundation
import MerkleLog
import OpenSSLCrypto

/// The root over a million leaves, against the hashes of that number and length by `openssl speed`.
enum TreeBenchmark {
  static let count = 1_000_000
  static let leafByteCount = 32

  static func run() async {
    let leaves = (0..<count).map { number in
      withUnsafeBytes(of: UInt64(number)) { Array($0) + [UInt8](repeating: 0x5A, count: 24) }
    }
    // A leaf is hashed behind one byte, and so are the two children of a node.
    guard let leafRate = OpenSSL.hashesPerSecond(byteCount: 1 + leafByteCount),
      let nodeRate = OpenSSL.hashesPerSecond(byteCount: 1 + 2 * SHA256.byteCount)
    else { return say("Merkle root: openssl is not installed, no peer to compare with") }
    let peer = (Double(count) / leafRate + Double(count - 1) / nodeRate) * 1000
    say("openssl speed, the same hashes: \(Int(peer)) ms")
    let tree = MerkleTree(leaves: leaves)
    let one = shortest(of: 5) { MerkleTree(leaves: leaves) }
    report("Merkle root, a million leaves, one processor", one, limit: 2 * peer, "ms")
    // By the clock on the wall, and in turns: of two ways only the ratio says something.
    var ways = (one: Double.infinity, all: Double.infinity)
    for _ in 0..<7 {
      var start = ContinuousClock.now
      _ = MerkleTree(leaves: leaves)
      ways.one = min(ways.one, (ContinuousClock.now - start) / .milliseconds(1))
      start = ContinuousClock.now
      let other = await MerkleTree(leaves: leaves, leavesPerTask: 1 << 16)
      ways.all = min(ways.all, (ContinuousClock.now - start) / .milliseconds(1))
      guard other.root == tree.root else { return say("FAILED: two roots of one tree") }
    }
    report("Merkle root, a million leaves, all processors", ways.all, limit: ways.one, "ms")
  }
}

/// What `openssl speed` says.
enum OpenSSL {
  /// SHA-256 hashes of messages of a length, in a second on one processor.
  static func hashesPerSecond(byteCount: Int) -> Double? {
    let call = ProgramCall(
      "openssl",
      ["speed", "-mr", "-evp", "sha256", "-bytes", "\(byteCount)", "-seconds", "2"],
      errors: .nothing)
    guard let output = try? call.runKeepingOutput().output else { return nil }
    let text = String(decoding: output, as: UTF8.self)
    // Machine-readable: "+F:22:sha256:546692120.00", the last figure in bytes a second.
    let line = text.split(separator: "\n").last { $0.hasPrefix("+F:") }
    return line?.split(separator: ":").last.flatMap { Double($0) }.map { $0 / Double(byteCount) }
  }
}
