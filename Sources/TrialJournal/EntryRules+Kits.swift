package import BlindRecord

/// Which kit an entry may name, and whether a dose is still to come.
extension EntryRules {
  /// Whether the deviations of a slot say that nothing was taken.
  package func hasNoDose(_ slot: Int) -> Bool { doses.dose(of: slot).isNone }

  /// Whether a note of a slot, or its check-in, says which kit was taken.
  package func isTaken(_ slot: Int) -> Bool { doses.dose(of: slot).isTaken }

  /// The kit of a slot as far as is known: what the latest entry says was taken, else the spare that stands for it
  /// or its own; `nil` where nothing was.
  package func kit(of occasion: Occasion) -> KitCode? {
    hasNoDose(occasion.slot) ? nil : doses.dose(of: occasion.slot).kit ?? occasion.kit
  }

  /// The kit of a check-in is the slot's, or one that a deviation names, and was not taken elsewhere; none is
  /// named where a deviation says that none was taken.
  func check(_ kit: KitCode?, of occasion: Occasion) throws(JournalError) {
    let slot = occasion.slot
    guard let kit else {
      guard hasNoDose(slot) else { throw .noKitNamed(slot: slot) }
      return
    }
    guard kit == occasion.kit || doses.names(kit, at: slot) else {
      throw .wrongKit(slot: slot, found: kit, expected: occasion.kit)
    }
    try demandNotRecordedElsewhere(kit, slot)
  }

  /// A kit that was taken by mistake is another than the record has for the slot so far, and no check-in of another
  /// slot stands that names it.
  func check(wrong kit: KitCode, of occasion: Occasion) throws(JournalError) {
    let slot = occasion.slot
    let dose = doses.dose(of: slot)
    if kit == occasion.kit, !dose.isNone, !dose.isUnnamed, dose.kit ?? kit == kit {
      throw .kitIsScheduled(slot: slot, kit: kit)
    }
    try demandNotRecordedElsewhere(kit, slot)
  }

  private func demandNotRecordedElsewhere(_ kit: KitCode, _ slot: Int) throws(JournalError) {
    if let earlier = doses.taker(of: kit, besides: slot) {
      throw .kitTaken(kit, at: earlier, slot: slot)
    }
  }

  /// A loss, or a dose that was missed, late or partial, is of the slot's own kit or of what stands for it.
  func check(
    _ kit: KitCode?, named kind: Deviation.Kind, _ occasion: Occasion
  ) throws(JournalError) {
    guard let kit, kit != occasion.kit else { return }
    let dose = doses.dose(of: occasion.slot)
    guard kit == dose.kit || kit == dose.spare else {
      throw .kitOfAnother(kind, slot: occasion.slot, kit: kit)
    }
  }

  /// A spare that takes the place of a slot's kit is one of the trial's, and was neither given before nor taken.
  ///
  /// One that was lost may have been found. It is for a dose that is still to come.
  func check(spare kit: KitCode?, of occasion: Occasion?) throws(JournalError) {
    guard let occasion, let kit else { throw .spareIncomplete }
    let spares = packed?.spares.map(\.kit) ?? manifest.packing?.spareKits ?? []
    guard spares.contains(kit) else { throw .noSpare(kit) }
    guard doses.slot(of: kit) == nil else { throw .spareUsed(kit, slot: occasion.slot) }
    switch doses.fate(of: kit) {
    case nil, .lost: break
    case .noted, .given, .recorded: throw .spareUsed(kit, slot: occasion.slot)
    }
    let dose = doses.dose(of: occasion.slot)
    if dose.isTaken || dose.isUnnamed { throw .doseIsTaken(slot: occasion.slot) }
  }
}
