/// What the record says was swallowed at a slot, or is to be.
///
/// The last entry that says something of it counts, in the order of the journal: a note before the check-in is
/// settled by the check-in, and one after it corrects it. Only a spare is given before a dose and never
/// after it, and what was swallowed is not undone by the loss of its kit.
public struct SlotDose: Hashable, Sendable {
  /// What the check-in says, as far as no other slot's entry contradicts it.
  private enum Recorded: Hashable {
    case nothing
    case kit(KitCode)
    /// Its kit was corrected, and then taken at another slot, says a later entry.
    case unknown
  }

  /// The kit that was taken or stands for the slot; `nil` for the slot's own.
  public var kit: KitCode? { taken ?? spare }
  /// The kit that an entry says was taken, whether or not a later one says that none was.
  private var taken: KitCode? { noted ?? recordedKit }
  /// The kit that a note says was taken, where the check-in says another one or is still to come.
  private var noted: KitCode?
  private var recorded: Recorded?
  /// The spare that was last given for the slot.
  public private(set) var spare: KitCode?
  /// The kits that deviations name as taken or given; a check-in may be with any of them.
  private(set) var named: Set<KitCode> = []
  /// Kits that a note says were taken here, and a later entry that they were taken at another slot.
  public private(set) var withdrawn: Set<KitCode> = []
  /// Whether nothing was taken: missed, or the kit gone and no spare for it.
  public private(set) var isNone = false
  /// Whether something was swallowed before the check-in and no entry says which kit.
  private var isBegun = false

  private var recordedKit: KitCode? { if case .kit(let kit) = recorded { kit } else { nil } }

  /// Whether an entry says which kit was swallowed; then nothing more is to be taken.
  public var isTaken: Bool { !isNone && taken != nil }

  /// Whether something was swallowed, late or in part or with a note that was withdrawn, and no entry says which kit:
  /// then nothing more is to be taken either.
  public var isUnnamed: Bool { !isNone && taken == nil && (recorded != nil || isBegun) }

  /// Whether it is not even likely which kit it was: the slot's own is as good a guess as another.
  public var isUnknown: Bool { isUnnamed && (recorded != nil || !withdrawn.isEmpty) }

  /// Nothing is said yet.
  package init() {}

  /// Whether the check-in's kit stands: no later note says that another one was taken, or none.
  func stands(_ kit: KitCode) -> Bool { !isNone && noted == nil && recordedKit == kit }

  /// Whether it is by a note that a kit was taken.
  func notes(_ kit: KitCode) -> Bool { !isNone && noted == kit }

  /// Takes the slot's check-in into account; one that names no kit is of a day without a dose.
  mutating func take(_ checkIn: CheckIn) {
    recorded = checkIn.kit.map { .kit($0) } ?? .nothing
    noted = nil
    (isNone, isBegun) = (checkIn.kit == nil, false)
  }

  /// Takes a deviation of the slot into account.
  ///
  /// - Parameter own: the kit that the schedule has for the slot.
  mutating func take(_ deviation: Deviation, own: KitCode) {
    switch deviation.kind {
    case .wrongKit:
      guard let kit = deviation.kit else { break }
      // What the check-in says anyway stands by the check-in.
      noted = kit == recordedKit ? nil : kit
      named.insert(kit)
      withdrawn.remove(kit)
      (isNone, isBegun) = (false, false)
    case .spareKit:
      guard let kit = deviation.kit else { break }
      named.insert(kit)
      guard recorded == nil else { break }
      (spare, noted) = (kit, nil)
      (isNone, isBegun) = (false, false)
    case .missedDose: (isNone, isBegun) = (true, false)
    case .lostKit, .brokenKit:
      // Without a code it is the kit that stands for the slot. Another one that was taken is not lost by
      // that, and what was swallowed before, in whole or in part, cannot be.
      let standing = spare ?? own
      let isToCome = recorded == nil && !isBegun && noted == nil
      if isToCome, deviation.kit ?? standing == standing { isNone = true }
    case .lateDose, .partialDose: (isNone, isBegun) = (false, recorded == nil)
    case .coMedication, .blindBroken, .clockCorrected, .paused, .resumed, .other: break
    }
  }

  /// Another slot's entry says that the kit was taken there, so not here, whatever was said and corrected before; but
  /// a check-in that stands is not withdrawn.
  ///
  /// Something was swallowed, and which kit it was is what the check-in says, or not known.
  mutating func withdraw(_ kit: KitCode) {
    if stands(kit) { return }
    if recordedKit == kit { recorded = .unknown }
    guard noted == kit else { return }
    noted = nil
    withdrawn.insert(kit)
    guard !isNone else { return }
    (isNone, isBegun) = (recorded == .nothing, recorded == nil)
  }
}
