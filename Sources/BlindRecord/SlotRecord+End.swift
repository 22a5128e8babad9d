extension SlotRecord {
  /// The last day that a finished trial came to; `nil` where nothing says that it has ended.
  ///
  /// The day of the lock, or of the look that said "may stop" where no later slot was recorded after it.
  /// A slot whose day comes after that was not reached: nobody could have recorded it, so it is not missing.
  static func lastDay(of entries: [JournalEntry], _ schedule: Schedule) -> CalendarDay? {
    guard let end = entries.last, case .locked = end.event else { return nil }
    guard
      let look = entries.last(where: { if case .look = $0.event { true } else { false } }),
      case .look(_, mayStop: true) = look.event
    else { return end.day }
    let wentOn = entries.contains { entry in
      guard case .checkIn(let checkIn) = entry.event,
        let occasion = schedule.occasion(slot: checkIn.slot)
      else { return false }
      return occasion.day > look.day
    }
    return wentOn ? end.day : min(look.day, end.day)
  }
}
