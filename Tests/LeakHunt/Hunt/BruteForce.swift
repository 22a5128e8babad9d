import Foundation
import MerkleLog
import OpenSSLCrypto

/// L3: whether a public value of 32 bytes is the digest of something that can be guessed: of a whole plan
/// without a salt, of a slot's arm, or of a share that is a clock.
package struct BruteForce: Sendable {
  /// The public values, and where they stand.
  private let values: [[UInt8]: String]
  /// How many digests were tried.
  package private(set) var tried = 0
  /// The public values that were guessed.
  package private(set) var hits: Set<String> = []

  /// Collects everything in some exhibits that is 32 bytes, in hex or in base64.
  package init(_ exhibits: [Exhibit]) {
    var values: [[UInt8]: String] = [:]
    for exhibit in exhibits {
      for value in BruteForce.values(in: exhibit.bytes) { values[value] = exhibit.name }
    }
    self.values = values
  }

  /// How many public values there are.
  package var count: Int { values.count }

  /// Every plan of a set in every plain writing, alone and behind what is public; and the roots of their
  /// trees without salts.
  ///
  /// - Parameters:
  ///   - plans: all assignments of the scheme.
  ///   - prefixes: what may stand before it: the protocol's digest, the trial's identity.
  package mutating func guess(plans: [[Int]], arms: [String], prefixes: [[UInt8]]) {
    for plan in plans {
      let names = plan.map { arms[$0] }
      var writings: [[UInt8]] = [
        plan.map(UInt8.init), plan.map { 0x30 + UInt8($0) }, plan.map { 0x41 + UInt8($0) },
        plan.map { 0x61 + UInt8($0) },
      ]
      for gap in ["", ",", ", ", " ", "\n", "\t"] {
        writings.append(Array(names.joined(separator: gap).utf8))
        writings.append(Array(plan.map { "\($0)" }.joined(separator: gap).utf8))
      }
      writings.append(
        Array(("[" + names.map { "\"\($0)\"" }.joined(separator: ",") + "]").utf8))
      writings.append(Array("[\(plan.map { "\($0)" }.joined(separator: ","))]".utf8))
      for writing in writings {
        for end in [[], [UInt8(0x0A)]] {
          for prefix in [[]] + prefixes { tryDigest(prefix + writing + end, "an unsalted plan") }
        }
      }
      tryTrees(names, prefixes)
    }
  }

  /// The plan's tree with leaves that have no salt: the bare name, and the leaf of seal.md with zeros.
  private mutating func tryTrees(_ names: [String], _ prefixes: [[UInt8]]) {
    tryValue(MerkleTree(leaves: names.map { Array($0.utf8) }).root, "a tree without salts")
    for identity in prefixes where identity.count == 8 {
      let leaves = names.enumerated().map { slot, name in
        Array("selfblind/plan-leaf/v1\0".utf8) + identity + [0, 0, 0, UInt8(slot)]
          + [UInt8](repeating: 0, count: 32) + [UInt8(name.utf8.count)] + Array(name.utf8)
          + [UInt8](repeating: 0, count: 63 - name.utf8.count)
      }
      tryValue(MerkleTree(leaves: leaves).root, "a tree whose salts are zeros")
    }
  }

  /// Every arm at every slot, alone and behind what is public.
  package mutating func guess(slots: Int, arms: [String], prefixes: [[UInt8]]) {
    for slot in 0...slots {
      for arm in arms {
        for text in [
          "\(arm)", "\(slot)\(arm)", "\(slot) \(arm)", "\(slot):\(arm)", "slot \(slot): \(arm)",
          "slot \(slot)\narm \(arm)",
        ] {
          for prefix in [[], [0]] + prefixes {
            tryDigest(prefix + Array(text.utf8), "an unsalted slot")
            tryDigest(prefix + Array(text.utf8) + [0x0A], "an unsalted slot")
          }
        }
      }
    }
  }

  /// Shares that are the clock: every second of two days around an instant, in plain writings.
  ///
  /// - Parameter protocolDigest: what stands before a share in its commitment.
  package mutating func guess(clockAround instant: Int, protocolDigest: [UInt8]) {
    for second in instant - 86_400...instant + 86_400 {
      for share in BruteForce.shares(of: second) {
        tryValue(BruteForce.commitment(to: share, protocolDigest), "a share that is a clock")
      }
    }
  }

  /// What a manifest says of a share (seal.md, section 2).
  package static func commitment(to share: [UInt8], _ protocolDigest: [UInt8]) -> [UInt8] {
    sha256(Array("selfblind/share/v1\0".utf8) + protocolDigest + share)
  }

  /// The shares that a clock could have been made into.
  package static func shares(of second: Int) -> [[UInt8]] {
    let zeros = [UInt8](repeating: 0, count: 24)
    let big = (0..<8).map { UInt8(truncatingIfNeeded: second >> (56 - 8 * $0)) }
    let text = Array("\(second)".utf8)
    return [
      zeros + big, big.reversed() + zeros, sha256(text), sha256(big),
      text + [UInt8](repeating: 0, count: 32 - text.count),
    ]
  }

  private mutating func tryDigest(_ message: [UInt8], _ name: String) {
    tryValue(sha256(message), name)
  }

  private mutating func tryValue(_ value: [UInt8], _ name: String) {
    tried += 1
    if let place = values[value] { hits.insert("\(place) holds the digest of \(name)") }
  }

  /// Everything in some bytes that is 32 bytes in hex or in base64.
  static func values(in bytes: [UInt8]) -> Set<[UInt8]> {
    var values: Set<[UInt8]> = []
    for run in bytes.split(whereSeparator: { !isHex($0) }) where run.count == 64 {
      if let value = Hex.decode(String(decoding: run, as: UTF8.self)) { values.insert(value) }
    }
    for run in bytes.split(whereSeparator: { !isBase64($0) }) where (43...44).contains(run.count) {
      let text = String(decoding: run.prefix { $0 != 0x3D }, as: UTF8.self) + "="
      if let value = Data(base64Encoded: text), value.count == 32 { values.insert(Array(value)) }
    }
    return values
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }

  private static func isBase64(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || [0x2B, 0x2F, 0x3D].contains(byte)
  }
}
