import BlindRecord
import MerkleLog
import OpenSSLCrypto
import TrialDesign

/// Everything that follows from a share and a protocol: seed, allocation, kit codes, leaves, root.
///
/// Sealing makes a plan from a fresh share; unblinding and verification make it again from the
/// opened share and compare. There is no other derivation, so the two cannot disagree.
struct Plan: Sendable {
  private(set) var seed: [UInt8]
  let assignment: Assignment
  let kits: [KitCode]
  let packing: PackingPlan?
  private(set) var leaves: [PlanLeaf]
  let tree: MerkleTree

  var root: [UInt8] { tree.root }

  /// Derives the plan (seal.md, sections 2 and 3).
  ///
  /// - Parameters:
  ///   - share: 32 bytes, the secret.
  ///   - salt: the public value that takes part; empty where there is none.
  ///   - design: the protocol; its stored bytes take part.
  ///   - trial: the trial's identity, 8 bytes.
  init(share: [UInt8], salt: [UInt8] = [], design: TrialProtocol, trial: [UInt8]) throws {
    let seed = try hkdfSHA256(
      ikm: share, salt: salt, info: Array("selfblind/seed/v1\0".utf8) + sha256(design.bytes))
    var schedule = try SeedStream(seed: seed, for: .schedule)
    let assignment = try design.automaton.draw(from: &schedule)
    let leaves = try assignment.arms.enumerated().map { index, arm in
      PlanLeaf(
        trial: trial, index: index, salt: try PlanLeaf.salt(seed: seed, index: index),
        arm: design.arms[arm].name)
    }
    self.seed = seed
    self.assignment = assignment
    let part = design.packing
    let more = part.map { $0.packer == .participant ? 0 : $0.spares * design.arms.count } ?? 0
    let codes = try SeedStream(seed: seed, for: .codes).kitCodes(count: leaves.count + more)
    self.kits = Array(codes[..<leaves.count])
    self.packing = try part.map {
      try PackingPlan(seed: seed, part: $0, design: design, assignment: assignment, kits: codes)
    }
    self.leaves = leaves
    self.tree = MerkleTree(leafHashes: leaves.map(\.hash))
  }

  /// Overwrites the seed and the salts, after a sealing.
  mutating func clear() {
    wipe(&seed)
    for place in leaves.indices { leaves[place].clear() }
  }

  /// The public commitment to a share (seal.md, section 2).
  static func commitment(to share: [UInt8], protocolDigest: [UInt8]) -> [UInt8] {
    sha256(Array("selfblind/share/v1\0".utf8) + protocolDigest + share)
  }
}
