extension Schedule {
  /// The schedule with the kit codes that count: those of a `packed` entry, where there is one.
  public func packed(by entries: [JournalEntry]) -> Schedule {
    for entry in entries {
      if case .packed(let kits) = entry.event { return packed(kits) }
    }
    return self
  }

  /// The schedule with other kit codes.
  package func packed(_ kits: PackedKits) -> Schedule {
    Schedule(
      occasions: zip(occasions, kits.kits).map { occasion, kit in
        Occasion(slot: occasion.slot, day: occasion.day, kit: kit)
      }, entryWindow: entryWindow, zone: zone)
  }
}

extension [JournalEntry] {
  /// Whether who packs alone is done: an entry says which kit lies where.
  package var havePackedKits: Bool {
    contains { if case .packed = $0.event { true } else { false } }
  }
}

/// What a kit code means in a trial, by what is public: nobody's arm follows from it.
public struct KitIndex: Sendable {
  /// What a code is.
  public enum Meaning: Hashable, Sendable {
    /// The kit of a slot.
    case slot(Int)
    /// A spare, by its number.
    case spare(Int)
    /// A label of the trial that is on no kit.
    case label
    /// Not of this trial.
    case foreign
  }

  /// The schedule with the codes that count.
  public let schedule: Schedule
  /// The spares, by their numbers.
  public let spares: [PackedKits.Spare]
  /// What was swallowed, and which kits are not there any more.
  public let doses: Doses
  private let labels: Set<KitCode>

  /// The codes of a trial, as far as its journal has come.
  public init(_ manifest: Manifest, entries: [JournalEntry]) {
    schedule = manifest.schedule.packed(by: entries)
    doses = Doses(entries, schedule: schedule)
    labels = Set((manifest.packing?.labels ?? []) + (manifest.packing?.cups ?? []))
    let packed = entries.lazy.compactMap { entry -> PackedKits? in
      if case .packed(let kits) = entry.event { kits } else { nil }
    }.first
    spares =
      packed?.spares
      ?? (manifest.packing?.spareKits ?? []).enumerated().map {
        PackedKits.Spare(spare: $0.offset + 1, kit: $0.element)
      }
  }

  /// What a code is.
  public func meaning(of code: KitCode) -> Meaning {
    if let occasion = schedule.occasion(kit: code) { return .slot(occasion.slot) }
    if let spare = spares.first(where: { $0.kit == code }) { return .spare(spare.spare) }
    return labels.contains(code) ? .label : .foreign
  }

  /// A kit by its place, without its code.
  public func words(for kit: KitCode) -> String {
    switch meaning(of: kit) {
    case .slot(let slot): "the kit of slot \(slot)"
    case .spare(let spare): "spare \(spare)"
    case .label, .foreign: "a kit that is not of this trial"
    }
  }

  /// The slot whose envelope tells what a kit held: its own, or that which a spare was given for, since
  /// both hold the same; `nil` where no slot tells.
  public func slot(tellingOf kit: KitCode) -> Int? {
    switch meaning(of: kit) {
    case .slot(let slot): slot
    case .spare: doses.slot(of: kit)
    case .label, .foreign: nil
    }
  }

  /// The number of a spare that was given for a slot; `nil` for any other kit.
  ///
  /// It holds what the slot's kit held if it is the right one: a key finds that, a word may be misheard.
  public func spare(_ kit: KitCode, standingFor slot: Int) -> Int? {
    guard case .spare(let number) = meaning(of: kit), doses.slot(of: kit) == slot else {
      return nil
    }
    return number
  }

  /// The spares that are still there.
  public var sparesLeft: [PackedKits.Spare] { spares.filter { doses.fate(of: $0.kit) == nil } }

  /// Whether a spare that was given for a slot was taken there, as far as the record says: not where the slot's own
  /// kit or none was, or where its day was not reached.
  ///
  /// - Parameter rows: one for each slot, of a locked record.
  public func isTaken(_ spare: KitCode, in rows: [SlotRecord]) -> Bool {
    guard let slot = doses.slot(of: spare), rows.indices.contains(slot - 1) else { return false }
    let row = rows[slot - 1]
    return row.takenKit == spare && !row.hasNoDose && row.status != .upcoming
  }

  /// The spares that are there after the lock, also those that were given and not taken.
  ///
  /// - Parameter rows: one for each slot, of the locked record.
  public func sparesLeft(afterLock rows: [SlotRecord]) -> [PackedKits.Spare] {
    spares.filter { spare in
      switch doses.fate(of: spare.kit) {
      case nil: true
      case .given: !doses.isLost(spare.kit) && !isTaken(spare.kit, in: rows)
      case .recorded, .noted, .lost: false
      }
    }
  }

  /// The spare of a number, if it was packed.
  public func spare(_ number: Int) -> PackedKits.Spare? { spares.first { $0.spare == number } }
}
