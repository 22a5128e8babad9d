import BlindRecord

/// Which slots have what they may be left out for, and where in the journal that was written.
///
/// A fact that was written before the first code break was written blind, so it would have been the
/// same under any other schedule if the arms make no difference; a later one need not.
struct ReviewFacts {
  /// For each filter the slots (from 1), each with whether the arms may have had a part in it.
  private(set) var slots: [ReviewQuestion.Filter: [Int: Bool]] = [:]

  /// - Parameter outcome: the item whose rating counts as the slot's.
  init(_ source: SealedSource, outcome: String) {
    let entries = source.record.entries
    let firstBreak =
      entries.firstIndex { if case .codeBreak = $0.event { true } else { false } } ?? .max
    for row in source.rows where row.status == .recordedLate || row.isOfAnotherKit {
      let slot = row.occasion.slot
      let isLater = (source.disclosure.checkIn(ofSlot: slot) ?? 0) > firstBreak
      if row.status == .recordedLate { add(slot, .late, isLater) }
      if row.isOfAnotherKit { add(slot, .wrongKit, isLater) }
    }
    for (place, entry) in entries.enumerated() {
      guard case .deviation(let deviation) = entry.event, let slot = deviation.slot else {
        continue
      }
      if deviation.kind == .wrongKit { add(slot, .wrongKit, place > firstBreak) }
      if deviation.kind != .spareKit { add(slot, .deviation, place > firstBreak) }
    }
    guard firstBreak < entries.count else { return }
    let opened = source.disclosure.breaks.map(\.slot)
    for row in source.rows {
      let slot = row.occasion.slot
      let isCertain = source.disclosure.isKnownAtAnswer(slot, outcome)
      if opened.contains(slot) || isCertain {
        // The first code was chosen blind; the next ones, and what follows by the scheme, were not.
        add(slot, .armKnown, slot != opened.first)
      }
      if let answered = source.disclosure.answer(ofSlot: slot, outcome), answered > firstBreak {
        let checkedIn = source.disclosure.checkIn(ofSlot: slot) ?? answered
        add(slot, .afterCodeBreak, checkedIn < firstBreak)
      }
    }
  }

  private mutating func add(_ slot: Int, _ filter: ReviewQuestion.Filter, _ seesArms: Bool) {
    // One reason that was written blind is enough.
    slots[filter, default: [:]][slot] = seesArms && slots[filter]?[slot] != false
  }
}

extension SlotRecord {
  /// Whether another kit than the scheduled one was recorded, and not as a spare in its place.
  fileprivate var isOfAnotherKit: Bool {
    guard let kit else { return false }
    return kit != occasion.kit && !deviations.contains { $0.kind == .spareKit }
  }
}
