import BlindRecord

/// What may be written about packing: the kit list, the matching test, which kit is whose, spares.
extension EntryRules {
  /// A kit list is delivered once, by somebody else's hands; a confirmation has the word that was on it.
  func check(_ note: KitListNote) throws(JournalError) {
    guard manifest.packing?.isAlone != true else { throw .noKitList }
    guard EntryRules.isDigest(note.receipt) else { throw .wrongReceipt }
    try demand(note.to, of: "name of who has the kit list")
    guard note.confirmed else {
      guard receipt == nil else { throw .kitListDelivered }
      return
    }
    guard receipt == note.receipt else { throw .wrongReceipt }
  }

  /// A test is begun with the next number, and ended once with its own commitment.
  func check(_ note: MatchingNote) throws(JournalError) {
    guard let rule = manifest.packing?.matching else { throw .noMatchingTest }
    let begun = matching.filter { $0.result == nil }.count
    guard let result = note.result else {
      guard note.test == begun + 1, EntryRules.isDigest(note.commitment) else {
        throw .matchingOutOfOrder(expected: begun + 1)
      }
      return
    }
    guard note.test == begun, matching.last?.result == nil,
      matching.last?.commitment == note.commitment
    else { throw .matchingOutOfOrder(expected: begun + 1) }
    guard result.answers.count == rule.rounds, result.answers.allSatisfy((1...3).contains),
      (0...rule.rounds).contains(result.right), EntryRules.isDigest(result.secret)
    else { throw .matchingIncomplete(rounds: rule.rounds) }
    for cue in result.cues { try demand(cue, of: "cue of the matching test") }
  }

  /// Packing is recorded once, before the first check-in, with labels of this trial, each once.
  func check(_ kits: PackedKits) throws(JournalError) {
    guard let packing = manifest.packing, let labels = packing.labels else { throw .packedByOthers }
    guard packed == nil, recorded.isEmpty else { throw .alreadyPacked }
    let slots = manifest.schedule.occasions.count
    let codes = kits.kits + kits.spares.map(\.kit)
    let numbers = kits.spares.map(\.spare)
    guard kits.kits.count == slots, Set(codes).count == codes.count,
      Set(codes).isSubset(of: labels),
      zip(numbers, numbers.dropFirst()).allSatisfy({ $0 < $1 }),
      numbers.allSatisfy({ (1...max(1, packing.kits - slots)).contains($0) }),
      codes.count >= packing.kits - packing.replacements
    else { throw .packingIncomplete }
  }

  /// Whether a text is a SHA-256 in small hex digits.
  private static func isDigest(_ text: String) -> Bool {
    text.utf8.count == 64
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}
