/// The kits that are not there any more, and what became of each: the one list that every dose, replacement
/// and audit asks.
///
/// From entries alone; what a kit holds plays no part.
public struct GoneKits: Hashable, Sendable {
  /// What became of a kit.
  public enum Fate: Hashable, Sendable {
    /// The check-in of this slot says that it was taken; that stands, whatever is noted later.
    case recorded(slot: Int)
    /// A deviation says that it was taken by mistake at this slot; a later check-in with what stands for that slot
    /// overrules it.
    case taken(slot: Int)
    /// A spare that took the place of this slot's kit.
    case given(slot: Int)
    /// Lost, broken or spoiled.
    case lost

    /// The slot at which it was swallowed, as far as is known.
    public var slotOfTheDose: Int? {
      switch self {
      case .recorded(let slot), .taken(let slot): slot
      case .given, .lost: nil
      }
    }
  }

  private var fates: [KitCode: Fate] = [:]
  private var lost: Set<KitCode> = []
  /// The spare that was last given to a slot.
  private var given: [Int: KitCode] = [:]
  /// The slot that a spare was given for, whatever became of it since.
  private var places: [KitCode: Int] = [:]

  /// None yet.
  package init() {}

  /// The kits that are gone after some entries.
  ///
  /// - Parameter schedule: the schedule with the codes that count.
  public init(_ entries: [JournalEntry], schedule: Schedule) {
    for entry in entries { take(entry.event) { schedule.occasion(slot: $0)?.kit } }
  }

  /// What became of a kit; `nil` for one that is there.
  ///
  /// A dose says more than a place that was given, and that more than a loss.
  public func fate(of kit: KitCode) -> Fate? { fates[kit] ?? (isLost(kit) ? .lost : nil) }

  /// Whether a kit was said to be lost or broken, whatever it was meant for.
  public func isLost(_ kit: KitCode) -> Bool { lost.contains(kit) }

  /// The spare that stands for a slot's own kit, if one was given.
  public func spare(for slot: Int) -> KitCode? { given[slot] }

  /// The slot whose own kit a spare was given for: both hold the same.
  public func slot(of spare: KitCode) -> Int? { places[spare] }

  /// Takes what an entry says into account.
  ///
  /// - Parameter own: the kit that the schedule has for a slot.
  package mutating func take(_ event: JournalEntry.Event, own: (Int) -> KitCode?) {
    switch event {
    case .checkIn(let checkIn):
      guard let kit = checkIn.kit else { break }
      if kit == own(checkIn.slot) || kit == given[checkIn.slot] { overrule(checkIn.slot) }
      fates[kit] = .recorded(slot: checkIn.slot)
    case .deviation(let deviation): take(deviation, own)
    default: break
    }
  }

  /// What stands for a slot was taken at it, so the kit was not that an earlier note says.
  private mutating func overrule(_ slot: Int) {
    for (kit, fate) in fates where fate == .taken(slot: slot) {
      fates[kit] = places[kit].flatMap { given[$0] == kit ? .given(slot: $0) : nil }
    }
  }

  private mutating func take(_ deviation: Deviation, _ own: (Int) -> KitCode?) {
    let slot = deviation.slot
    switch deviation.kind {
    case .wrongKit:
      guard let slot, let kit = deviation.kit else { break }
      switch fates[kit] {
      case nil, .taken, .lost: fates[kit] = .taken(slot: slot)
      case .given(let place): if place != slot { fates[kit] = .taken(slot: slot) }
      case .recorded: break
      }
    case .spareKit:
      guard let slot, let kit = deviation.kit else { break }
      given[slot] = kit
      if places[kit] == nil { places[kit] = slot }
      if case .recorded = fates[kit] { break }
      fates[kit] = .given(slot: slot)
    case .lostKit, .brokenKit:
      // Without a code it is the kit that then stands for the slot.
      if let kit = deviation.kit ?? slot.flatMap({ given[$0] ?? own($0) }) { lost.insert(kit) }
    default: break
    }
  }
}

extension Deviation.Kind {
  /// Whether something was taken at its slot after all that it says; `nil` where it says nothing of that.
  package var leavesADose: Bool? {
    switch self {
    case .missedDose, .lostKit, .brokenKit: false
    case .lateDose, .partialDose, .wrongKit, .spareKit: true
    case .coMedication, .blindBroken, .clockCorrected, .paused, .resumed, .other: nil
    }
  }
}
