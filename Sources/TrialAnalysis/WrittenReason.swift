import BlindRecord
import TrialDesign

/// An answer that was deliberately not given.
public struct SkippedAnswer: Hashable, Sendable, Codable {
  /// The slot.
  public let slot: Int
  /// The item.
  public let item: String
  /// Why, in the participant's words; `nil` where they wrote nothing.
  public let reason: String?
}

/// What a guess rested on, in the participant's words.
public struct GuessReason: Hashable, Sendable, Codable {
  /// The slot.
  public let slot: Int
  /// The arm that the slot had.
  public let arm: String
  /// The reason, never empty.
  public let reason: String
}

extension SealedSource {
  /// The answers that count and are skips, slot by slot in the order of the form.
  var skipped: [SkippedAnswer] {
    rows.flatMap { row in
      design.items.compactMap { item -> SkippedAnswer? in
        guard case .skipped(let reason)? = row.answers[item.name] else { return nil }
        return SkippedAnswer(slot: row.occasion.slot, item: item.name, reason: reason)
      }
    }
  }

  /// The guesses that were given with a reason.
  var guessReasons: [GuessReason] {
    rows.enumerated().compactMap { place, row in
      guard let reason = row.guess?.reason, !reason.isEmpty else { return nil }
      return GuessReason(
        slot: row.occasion.slot, arm: input.arms[input.observed[place]], reason: reason)
    }
  }
}
