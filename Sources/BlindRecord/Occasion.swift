/// One dosing occasion of the schedule: which day, which kit.
public struct Occasion: Hashable, Sendable, Codable {
  /// 1-based number of the slot.
  public let slot: Int
  /// The day on which it is due, where the participant then is.
  public let day: CalendarDay
  /// The kit to take.
  public let kit: KitCode

  /// Makes an occasion.
  public init(slot: Int, day: CalendarDay, kit: KitCode) {
    self.slot = slot
    self.day = day
    self.kit = kit
  }
}

/// Every occasion of a trial in order, and how late an entry may be made.
public struct Schedule: Hashable, Sendable, Codable {
  /// The occasions, slot 1 first, days strictly increasing.
  public let occasions: [Occasion]
  /// Days after the due day during which the entry is still taken, marked as late.
  public let entryWindow: Int
  /// The zone the participant lives in, by name; entries are stamped with it unless told otherwise.
  public let zone: String

  /// Makes a schedule.
  public init(occasions: [Occasion], entryWindow: Int, zone: String = "UTC") {
    self.occasions = occasions
    self.entryWindow = entryWindow
    self.zone = zone
  }

  /// The occasion of a 1-based slot, or `nil` beyond the ends.
  public func occasion(slot: Int) -> Occasion? {
    slot >= 1 && slot <= occasions.count ? occasions[slot - 1] : nil
  }

  /// The occasion due on a day, if one is.
  public func occasion(on day: CalendarDay) -> Occasion? {
    occasions.first { $0.day == day }
  }

  /// The occasion that uses a kit, if one does.
  public func occasion(kit: KitCode) -> Occasion? { occasions.first { $0.kit == kit } }
}
