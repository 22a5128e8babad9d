import BlindRecord

/// A corrected answer, with what it was before.
public struct CorrectionLine: Hashable, Sendable, Codable {
  /// An answer as read and, where it is one, as a number.
  public struct Value: Hashable, Sendable, Codable {
    /// The number, where the answer is one.
    public let number: Double?
    /// The answer as it was given.
    public let text: String
  }

  /// The corrected slot.
  public let slot: Int
  /// The corrected item.
  public let item: String
  /// What counted before; `nil` where nothing did.
  public let old: Value?
  /// What counts from then on.
  public let new: Value
  /// Why, in the participant's words.
  public let reason: String
  /// When it was written, in UTC.
  public let at: String
  /// Whether the slot's arm was known by a code break when it was written.
  public let afterBreak: Bool
  /// The slot whose code break had made this one's arm known, where that is another slot.
  public let openedBy: Int?
}

extension CorrectionLine {
  /// The corrections of a record, in the order they were written.
  static func lines(_ entries: [JournalEntry], _ disclosure: Disclosure) -> [CorrectionLine] {
    var answers: [Int: [String: Answer]] = [:]
    var lines: [CorrectionLine] = []
    for (place, entry) in entries.enumerated() {
      if case .checkIn(let checkIn) = entry.event { answers[checkIn.slot] = checkIn.answers }
      guard case .correction(let correction) = entry.event else { continue }
      let (slot, item) = (correction.slot, correction.item)
      let opening = disclosure.event(ofSlot: slot, before: place)
      lines.append(
        CorrectionLine(
          slot: slot, item: item, old: answers[slot]?[item].map(Value.init),
          new: Value(correction.answer), reason: correction.reason, at: entry.moment.utc,
          afterBreak: opening != nil,
          openedBy: opening.flatMap { $0.opened == slot ? nil : $0.opened }))
      answers[slot, default: [:]][item] = correction.answer
    }
    return lines
  }
}

extension CorrectionLine.Value {
  /// An answer as a table shows it.
  init(_ answer: Answer) {
    number = answer.number?.value
    switch answer {
    case .number(let number): text = number.description
    case .choice(let choice): text = choice
    case .choices(let choices): text = choices.joined(separator: "; ")
    case .text(let words): text = words
    case .skipped(let reason): text = reason.map { "skipped: \($0)" } ?? "skipped"
    }
  }
}
