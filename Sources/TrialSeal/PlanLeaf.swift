import MerkleLog
import OpenSSLCrypto
import TrialDesign

/// One slot of the plan as it is committed: who, which slot, a salt, and the arm in a fixed width.
///
/// The leaf holds the trial's identity and its own index, so it cannot be moved to another place or
/// another trial; the salt keeps a balanced plan from being guessed from its hashes. Layout in
/// Documentation/Specifications/seal.md, section 3.
struct PlanLeaf: Equatable, Sendable {
  let trial: [UInt8]
  let index: Int
  private(set) var salt: [UInt8]
  let arm: String

  /// The bytes that are hashed.
  ///
  /// - Precondition: the arm's name has at most `Arm.nameWidth` bytes, as every protocol's has.
  var bytes: [UInt8] {
    let name = Array(arm.utf8)
    return Array("selfblind/plan-leaf/v1\0".utf8) + trial + bigEndian(index) + salt
      + [UInt8(name.count)] + name + [UInt8](repeating: 0, count: Arm.nameWidth - name.count)
  }

  /// Overwrites the salt.
  mutating func clear() { wipe(&salt) }

  /// Its leaf hash in the plan's tree (RFC 9162, section 2.1.1).
  var hash: [UInt8] { leafHash(bytes) }

  /// The salt of one leaf: one output of the seed, so that opening a slot reveals no other salt.
  static func salt(seed: [UInt8], index: Int) throws(CryptoError) -> [UInt8] {
    try hkdfSHA256(ikm: seed, info: Array("selfblind/salts/v1".utf8) + bigEndian(index))
  }

  private static func bigEndian(_ number: Int) -> [UInt8] {
    withUnsafeBytes(of: UInt32(number).bigEndian) { Array($0) }
  }

  private func bigEndian(_ number: Int) -> [UInt8] { PlanLeaf.bigEndian(number) }
}
