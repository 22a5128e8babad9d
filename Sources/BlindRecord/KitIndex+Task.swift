extension KitIndex {
  /// What is still to be done for a slot, as far as its dose goes.
  public enum Task: Hashable, Sendable {
    /// Its kit, or the spare that stands for it, is to be taken.
    case take(KitCode)
    /// Nothing is to be taken any more: something was, or nothing is; the day is only to be rated.
    case rate
    /// Its kit is not there: it was swallowed at another slot, or it is lost.
    case find(takenAt: Int?)
  }

  /// What is to be done for a slot: the one answer for pages, reminder and terminal.
  ///
  /// - Parameter row: the slot, in a record that this index was made of.
  public func task(for row: SlotRecord) -> Task {
    if row.isRecorded || row.hasNoDose || row.isOnlyToBeRated || row.isBegun { return .rate }
    let kit = row.takenKit
    if let slot = doses.fate(of: kit)?.slotOfTheDose, slot != row.occasion.slot {
      return .find(takenAt: slot)
    }
    return doses.isLost(kit) ? .find(takenAt: nil) : .take(kit)
  }
}
