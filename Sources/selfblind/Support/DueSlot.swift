import BlindRecord

/// Which slot an entry means when it does not say so.
enum DueSlot {
  /// The slot of a number, or of today.
  ///
  /// - Throws: `CommandRefusal` when nothing was named and no slot is due, saying what is open.
  static func find(
    slot: Int?, in rows: [SlotRecord], today: CalendarDay
  ) throws -> Occasion {
    if let slot {
      guard let row = rows.first(where: { $0.occasion.slot == slot }) else {
        throw CommandRefusal(
          "there is no slot \(slot), the schedule has slots 1 to \(rows.count)")
      }
      return row.occasion
    }
    if let row = rows.first(where: { $0.occasion.day == today }) { return row.occasion }
    throw CommandRefusal("no slot is due on \(today)", hint: hint(rows))
  }

  private static func hint(_ rows: [SlotRecord]) -> String? {
    let open = rows.filter { $0.status == .open }.map { String($0.occasion.slot) }
    if !open.isEmpty {
      return "still open: slot \(open.joined(separator: ", ")); name one with --slot"
    }
    return rows.first { $0.status == .upcoming }.map {
      "the next is slot \($0.occasion.slot) on \($0.occasion.day)"
    }
  }

  /// Reads a kit code as typed.
  static func kitCode(_ typed: String?) throws -> KitCode? {
    guard let typed else { return nil }
    guard let code = KitCode(typed) else {
      throw CommandRefusal(
        "the kit code \"\(typed.prefix(20))\" has a wrong character",
        hint: "a code has seven characters, the last one checks the others")
    }
    return code
  }
}
