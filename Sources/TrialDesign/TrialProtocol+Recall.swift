public import BlindRecord

extension TrialProtocol {
  /// The items whose words ask about a time before the slot's own day.
  ///
  /// An answer counts for what was taken on the day of its slot. "Last night", answered in the evening,
  /// is the night before that, and belongs to the slot before: the effect would be looked for where it
  /// cannot be. An item that is imported with days back is no such item.
  ///
  /// It knows the commonest words only; it is a reminder, and no proof that the others ask rightly.
  public var itemsAboutEarlierDays: [Item] {
    items.filter { item in
      guard item.isNumeric, item.score == nil, (item.imported?.daysBack ?? 0) == 0 else {
        return false
      }
      let words = "\(item.prompt) \(item.recall ?? "")".lowercased()
      return [
        "last night", "yesterday", "previous day", "day before", "night before", "went to bed",
        "go to bed?", "fall asleep",
      ]
      .contains { words.contains($0) }
    }
  }
}
