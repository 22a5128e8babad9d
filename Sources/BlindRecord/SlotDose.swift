/// What the record says was swallowed at a slot, or is to be: the one place that decides it.
///
/// The last entry that says something of it counts, in the order of the journal: a note before the check-in is
/// settled by the check-in, and one after it corrects it. Only a spare is given before a dose and never
/// after it.
public struct SlotDose: Hashable, Sendable {
  /// The kit that was taken or stands for the slot; `nil` for the slot's own.
  public private(set) var kit: KitCode?
  /// Whether nothing was taken: missed, or the kit gone and no spare for it.
  public private(set) var isNone = false
  private var isRecorded = false

  /// Nothing is said yet.
  package init() {}

  /// Takes the slot's check-in into account; one that names no kit is of a day without a dose.
  package mutating func take(_ checkIn: CheckIn) {
    isRecorded = true
    isNone = checkIn.kit == nil
    kit = checkIn.kit ?? kit
  }

  /// Takes a deviation of the slot into account.
  ///
  /// - Parameter own: the kit that the schedule has for the slot.
  package mutating func take(_ deviation: Deviation, own: KitCode) {
    switch deviation.kind {
    case .wrongKit: taken(deviation.kit)
    case .spareKit: if !isRecorded { taken(deviation.kit) }
    case .missedDose: isNone = true
    case .lostKit, .brokenKit:
      // Another kit may be lost at a slot, and the slot's own is there all the same.
      if deviation.kit == nil || deviation.kit == kit ?? own { isNone = true }
    case .lateDose, .partialDose: isNone = false
    case .coMedication, .blindBroken, .clockCorrected, .paused, .resumed, .other: break
    }
  }

  private mutating func taken(_ kit: KitCode?) {
    self.kit = kit ?? self.kit
    isNone = false
  }
}
