/// What the record says was swallowed at a slot, or is to be: the one place that decides it.
///
/// The last entry that says something of it counts, in the order of the journal: a note before the check-in is
/// settled by the check-in, and one after it corrects it. Only a spare is given before a dose and never
/// after it.
public struct SlotDose: Hashable, Sendable {
  /// The kit that was taken or stands for the slot; `nil` for the slot's own.
  public var kit: KitCode? { taken ?? spare }
  private var taken: KitCode?
  /// The spare that was last given for the slot.
  private var spare: KitCode?
  /// Whether nothing was taken: missed, or the kit gone and no spare for it.
  public private(set) var isNone = false
  /// Whether it was swallowed already, by a note or the check-in: then nothing more is to be taken.
  public var isTaken: Bool { taken != nil && !isNone }
  /// Whether it was swallowed late or in part, says a note: then nothing more is to be taken either, but no entry
  /// says which kit it was.
  public private(set) var isBegun = false
  private var isRecorded = false

  /// Nothing is said yet.
  package init() {}

  /// Takes the slot's check-in into account; one that names no kit is of a day without a dose.
  package mutating func take(_ checkIn: CheckIn) {
    isRecorded = true
    isBegun = false
    isNone = checkIn.kit == nil
    taken = checkIn.kit ?? taken
  }

  /// Takes a deviation of the slot into account.
  ///
  /// - Parameter own: the kit that the schedule has for the slot.
  package mutating func take(_ deviation: Deviation, own: KitCode) {
    switch deviation.kind {
    case .wrongKit:
      taken = deviation.kit ?? taken
      isNone = false
    case .spareKit where !isRecorded:
      spare = deviation.kit ?? spare
      taken = nil
      isNone = false
      isBegun = false
    case .spareKit: break
    case .missedDose:
      isNone = true
      isBegun = false
    case .lostKit, .brokenKit:
      // Without a code it is the kit that stands for the slot. Another one that was taken is not lost by
      // that, and what a check-in says was swallowed cannot be.
      if !isRecorded, deviation.kit ?? spare ?? own == kit ?? own { isNone = true }
    case .lateDose, .partialDose:
      isNone = false
      isBegun = !isRecorded
    case .coMedication, .blindBroken, .clockCorrected, .paused, .resumed, .other: break
    }
  }
}
