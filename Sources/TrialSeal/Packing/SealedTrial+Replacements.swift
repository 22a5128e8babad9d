import BlindRecord
import OpenSSLCrypto
import TrialDesign

extension SealedTrial {
  /// Which spares may replace the kit of a slot, in the order in which they are taken; no arm is shown.
  ///
  /// - Throws: `SealError.unknownSlot`, `SealError.missingFile` for a trial without spares, `wrongKey`,
  ///   `notTheOpened` for a note of another slot.
  public func replacements(slot: Int, with key: OpenedKey) throws -> [Int] {
    let path = try replacementPath(slot)
    switch key.content {
    case .identity(let identity):
      var text = try open(path, with: identity)
      defer { wipe(&text) }
      guard let spares = ReplacementNote.spares(in: text, slot: slot) else {
        throw SealError.notTheOpened("note of the spares for slot \(slot)")
      }
      return spares
    case .share:
      var share = try share(with: key)
      defer { wipe(&share) }
      var plan = try Plan(
        share: share, salt: publicValue.salt, design: design,
        trial: Hex.decode(manifest.trial) ?? [])
      defer { plan.clear() }
      return plan.packing?.replacements(
        slot: slot, slots: plan.leaves.count, most: design.packing?.spares ?? 0) ?? []
    }
  }

  private func replacementPath(_ slot: Int) throws(SealError) -> String {
    let count = manifest.schedule.occasions.count
    guard (1...count).contains(slot) else { throw .unknownSlot(slot, count: count) }
    let path = Path.spares(slot: slot)
    guard sealedFiles[path] != nil else { throw .missingFile(path) }
    return path
  }
}
