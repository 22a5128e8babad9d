/// What the record says was swallowed at a slot, or is to be.
///
/// The last entry that says something of it counts, in the order of the journal: a note before the check-in is
/// settled by the check-in, and one after it corrects it. Only a spare is given before a dose and never
/// after it, and what was swallowed is not undone by the loss of its kit.
public struct SlotDose: Hashable, Sendable {
  /// The kit that was taken or stands for the slot; `nil` for the slot's own.
  public var kit: KitCode? { noted ?? recorded ?? spare }
  /// The kit that a note says was taken.
  private(set) var noted: KitCode?
  /// The kit that the check-in says was taken.
  private(set) var recorded: KitCode?
  /// The spare that was last given for the slot.
  public private(set) var spare: KitCode?
  /// The kits that deviations name as taken or given; a check-in may be with any of them.
  private(set) var named: Set<KitCode> = []
  /// Kits that a note says were taken here, and a later entry that they were taken at another slot.
  private(set) var withdrawn: Set<KitCode> = []
  private var isRecorded = false
  /// Whether nothing was taken: missed, or the kit gone and no spare for it.
  public private(set) var isNone = false
  /// Whether it was swallowed late or in part, says a note, or a note about its kit was withdrawn: then nothing
  /// more is to be taken, but no entry says which kit it was.
  public private(set) var isBegun = false

  /// Whether an entry says which kit was swallowed; then nothing more is to be taken.
  public var isTaken: Bool { !isNone && (noted ?? recorded) != nil }

  /// Nothing is said yet.
  package init() {}

  /// Whether the check-in's kit stands: no later note says that another one was taken, or none.
  func stands(_ kit: KitCode) -> Bool { !isNone && noted == nil && recorded == kit }

  /// Whether it is by a note that a kit was taken.
  func notes(_ kit: KitCode) -> Bool { !isNone && noted == kit }

  /// Takes the slot's check-in into account; one that names no kit is of a day without a dose.
  mutating func take(_ checkIn: CheckIn) {
    isRecorded = true
    (noted, recorded) = (nil, checkIn.kit)
    (isNone, isBegun) = (checkIn.kit == nil, false)
  }

  /// Takes a deviation of the slot into account.
  ///
  /// - Parameter own: the kit that the schedule has for the slot.
  mutating func take(_ deviation: Deviation, own: KitCode) {
    switch deviation.kind {
    case .wrongKit:
      guard let kit = deviation.kit else { break }
      noted = kit
      named.insert(kit)
      withdrawn.remove(kit)
      (isNone, isBegun) = (false, false)
    case .spareKit:
      guard let kit = deviation.kit else { break }
      named.insert(kit)
      guard !isRecorded else { break }
      (spare, noted) = (kit, nil)
      (isNone, isBegun) = (false, false)
    case .missedDose: (isNone, isBegun) = (true, false)
    case .lostKit, .brokenKit:
      // Without a code it is the kit that stands for the slot. Another one that was taken is not lost by
      // that, and what was swallowed before, in whole or in part, cannot be.
      let standing = spare ?? own
      let isToCome = !isRecorded && !isBegun && noted == nil
      if isToCome, deviation.kit ?? standing == standing { isNone = true }
    case .lateDose, .partialDose: (isNone, isBegun) = (false, !isRecorded)
    case .coMedication, .blindBroken, .clockCorrected, .paused, .resumed, .other: break
    }
  }

  /// Another slot's entry says that the kit was taken there, so not here: something was swallowed, and which kit
  /// it was is what the check-in says, or not known yet.
  mutating func withdraw(_ kit: KitCode) {
    guard noted == kit else { return }
    noted = nil
    withdrawn.insert(kit)
    guard !isNone else { return }
    (isNone, isBegun) = (isRecorded && recorded == nil, !isRecorded)
  }
}
