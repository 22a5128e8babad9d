import BlindRecord
import OpenSSLCrypto
package import TrialDesign

extension SealedTrial {
  /// Puts one question to the sealed allocation that has two answers, in memory only.
  ///
  /// The draw is made again from the share and compared with everything that was committed to, as an
  /// unblinding does; what leaves is one bit. Whoever has the key can ask, so whoever asks must be
  /// somebody else than the participant.
  ///
  /// - Throws: `SealError`, `UnblindingError`, what the question throws.
  package func answer(
    with key: OpenedKey, _ question: (Assignment) throws -> Bool
  ) throws -> Bool {
    var share = try share(with: key)
    defer { wipe(&share) }
    return try question(plan(drawnFrom: share).assignment)
  }

  /// The plan drawn again from a share.
  ///
  /// - Throws: `UnblindingError` where it is not what was committed to.
  func plan(drawnFrom share: [UInt8]) throws -> Plan {
    let commitment = Plan.commitment(to: share, protocolDigest: sha256(design.bytes))
    guard Hex.encode(commitment) == manifest.commitments.shareCommitment,
      let identity = Hex.decode(manifest.trial)
    else { throw UnblindingError.shareCommitment }
    let plan = try Plan(
      share: share, salt: publicValue.salt, design: design, trial: identity)
    guard plan.kits == manifest.schedule.occasions.map(\.kit) else {
      throw UnblindingError.kitCodes
    }
    guard design.packing.flatMap({ plan.packing?.manifest($0) }) == manifest.packing else {
      throw UnblindingError.kitCodes
    }
    guard Hex.encode(plan.root) == manifest.commitments.planRoot else {
      throw UnblindingError.planRoot
    }
    return plan
  }
}
