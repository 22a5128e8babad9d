/// What the record says was swallowed at each slot, and what became of each kit: the one place that every dose,
/// replacement, audit and emergency asks.
///
/// From entries alone; what a kit holds plays no part. A kit is taken once: the last entry that names it decides at
/// which slot, but a check-in's stands until its own slot is corrected.
public struct Doses: Hashable, Sendable {
  /// What became of a kit that is not there any more.
  public enum Fate: Hashable, Sendable {
    /// The check-in of this slot says that it was taken.
    case recorded(slot: Int)
    /// A deviation says that it was taken by mistake at this slot.
    case noted(slot: Int)
    /// A spare that took the place of this slot's kit.
    case given(slot: Int)
    /// Lost, broken or spoiled.
    case lost

    /// The slot at which it was swallowed, as far as is known.
    public var slotOfTheDose: Int? {
      switch self {
      case .recorded(let slot), .noted(let slot): slot
      case .given, .lost: nil
      }
    }
  }

  private var slots: [Int: SlotDose] = [:]
  /// The slots at which an entry ever said that a kit was taken; few, and of most kits one.
  private var takers: [KitCode: Set<Int>] = [:]
  private var lost: Set<KitCode> = []
  /// The slot that a spare was given for, whatever became of it since.
  private var places: [KitCode: Int] = [:]

  /// None yet.
  package init() {}

  /// What some entries say.
  ///
  /// - Parameter schedule: the schedule with the codes that count.
  public init(_ entries: [JournalEntry], schedule: Schedule) {
    for entry in entries { take(entry.event) { schedule.occasion(slot: $0)?.kit } }
  }

  /// What was swallowed at a slot, or is to be.
  public func dose(of slot: Int) -> SlotDose { slots[slot] ?? SlotDose() }

  /// What became of a kit; `nil` for one that is there.
  ///
  /// A dose says more than a place that was given, and that more than a loss.
  public func fate(of kit: KitCode) -> Fate? {
    let takers = takers[kit, default: []].sorted()
    if let slot = takers.first(where: { dose(of: $0).stands(kit) }) { return .recorded(slot: slot) }
    if let slot = takers.first(where: { dose(of: $0).notes(kit) }) { return .noted(slot: slot) }
    if let slot = places[kit], isLost(kit) || spare(for: slot) == kit { return .given(slot: slot) }
    return isLost(kit) ? .lost : nil
  }

  /// Whether a kit was said to be lost or broken, whatever it was meant for.
  public func isLost(_ kit: KitCode) -> Bool { lost.contains(kit) }

  /// The spare that stands for a slot's own kit, if one was given.
  public func spare(for slot: Int) -> KitCode? { dose(of: slot).spare }

  /// The slot whose own kit a spare was given for: both hold the same.
  public func slot(of spare: KitCode) -> Int? { places[spare] }

  /// The other slot whose check-in still says that a kit was taken there.
  package func taker(of kit: KitCode, besides slot: Int) -> Int? {
    takers[kit, default: []].sorted().first { $0 != slot && dose(of: $0).stands(kit) }
  }

  /// Whether a check-in of a slot may be with a kit that is not its own: a deviation names it.
  package func names(_ kit: KitCode, at slot: Int) -> Bool { dose(of: slot).named.contains(kit) }

  /// Takes what an entry says into account.
  ///
  /// - Parameter own: the kit that the schedule has for a slot.
  package mutating func take(_ event: JournalEntry.Event, own: (Int) -> KitCode?) {
    switch event {
    case .checkIn(let checkIn):
      if let kit = checkIn.kit { note(kit, takenAt: checkIn.slot) }
      slots[checkIn.slot, default: SlotDose()].take(checkIn)
    case .deviation(let deviation): take(deviation, own)
    default: break
    }
  }

  private mutating func take(_ deviation: Deviation, _ own: (Int) -> KitCode?) {
    let slot = deviation.slot
    let standing = slot.flatMap { spare(for: $0) ?? own($0) }
    switch deviation.kind {
    case .wrongKit: if let slot, let kit = deviation.kit { note(kit, takenAt: slot) }
    case .spareKit: if let slot, let kit = deviation.kit { places[kit] = places[kit] ?? slot }
    case .lostKit, .brokenKit: if let kit = deviation.kit ?? standing { lost.insert(kit) }
    default: break
    }
    if let slot, let own = own(slot) {
      slots[slot, default: SlotDose()].take(deviation, own: own)
    }
  }

  /// What was noted of a kit at other slots is withdrawn.
  private mutating func note(_ kit: KitCode, takenAt slot: Int) {
    for other in takers[kit, default: []] where other != slot { slots[other]?.withdraw(kit) }
    takers[kit, default: []].insert(slot)
  }
}
