public import BlindRecord

/// One slot: what was planned, and what happened.
public struct SlotLine: Hashable, Sendable {
  /// A guess, as far as one was asked and given.
  public enum Guess: Hashable, Sendable {
    /// No guess.
    case none
    /// "Don't know".
    case unknown
    /// The probability, 0 to 1, that the slot was not the reference arm.
    case probability(Double)
  }

  /// 1-based number.
  public let slot: Int
  /// The due day, where the source has days.
  public let day: CalendarDay?
  /// The scheduled kit, where there are kits.
  public let kit: String?
  /// The arm that the sealed schedule gave.
  public let arm: Int
  /// What stands for a kit that was taken and that no entry names.
  package static let unknownKit = "unknown"
  /// The kit recorded as taken, where it is another than the scheduled one, or ``unknownKit``.
  public let otherKit: String?
  /// The arm of that other kit, where it is one of the trial's.
  public let otherArm: Int?
  /// Whether and how it was recorded; `nil` for an open data set.
  public let status: SlotRecord.Status?
  /// Days between the due day and the check-in.
  public let delay: Int
  /// Whether the design keeps the slot in the endpoint (a washout slot is not).
  public let kept: Bool
  /// The primary outcome; `nil` is missing.
  public let value: Double?
  /// The guess.
  public let guess: Guess
  /// Which block or period, from 0.
  public let block: Int
  /// Corrections made to the slot.
  public let corrections: Int
  /// Kinds of the deviations recorded for the slot.
  public let deviations: [Deviation.Kind]
  /// Whether the record says that nothing was taken.
  public let hasNoDose: Bool
  /// Whether the code was broken before the lock.
  public let codeBroken: Bool
  /// The opened slot that made this one's arm certain, given the scheme.
  public let revealedBy: Int?
  /// Whether a code break had made the arm known before the check-in, and the guess, was written.
  public let guessedKnowing: Bool
  /// Whether one had before the rating that counts was written, by check-in or correction.
  public let ratedKnowing: Bool

  /// Whether the slot is in the primary analysis.
  public var isAnalysed: Bool { kept && value != nil }

  /// The guess as far as it was made blind, by the journal: what the indices count.
  public var blindGuess: Guess { guessedKnowing ? .none : guess }
}

/// One block or period: the means of the primary outcome by arm.
public struct BlockLine: Hashable, Sendable, Codable {
  /// 1-based number.
  public let number: Int
  /// The first slot, from 1.
  public let first: Int
  /// The last slot.
  public let last: Int
  /// Slots planned under each arm, the reference first.
  public let planned: [Int]
  /// Ratings in the analysis under each arm.
  public let rated: [Int]
  /// Their means; `nil` without a rating.
  public let means: [Double?]
  /// With two arms the second minus the reference, where both are there.
  public let difference: Double?
}

/// How the record was kept.
public struct Adherence: Hashable, Sendable, Codable {
  /// Slots in the schedule.
  public let scheduled: Int
  /// Recorded on the due day.
  public let onTheDay: Int
  /// Recorded later, within the window.
  public let late: Int
  /// Without a check-in.
  public let missing: Int
  /// With a check-in, but without a number for the primary outcome.
  public let unanswered: Int
  /// Left out of the endpoint by the design.
  public let dropped: Int
  /// In the primary analysis.
  public let analysed: Int
  /// With another kit than the scheduled one.
  public let wrongKit: Int
  /// With a broken code.
  public let codeBroken: Int
  /// Corrections made.
  public let corrections: Int
}

/// A departure from the protocol, with the arm of its slot.
public struct DeviationLine: Hashable, Sendable, Codable {
  /// The slot, where it concerns one.
  public let slot: Int?
  /// The day on which it was written down.
  public let day: CalendarDay
  /// The slot's arm.
  public let arm: String?
  /// What kind it was.
  public let kind: Deviation.Kind
  /// What happened, in the participant's words.
  public let reason: String
}

/// An opened slot.
public struct CodeBreakLine: Hashable, Sendable, Codable {
  /// A slot that is not certain, but can be guessed better.
  public struct Surer: Hashable, Sendable, Codable {
    /// The slot.
    public let slot: Int
    /// The probability of its likelier arm, given the scheme and the opened slots.
    public let share: Double
  }

  /// The slot.
  public let slot: Int
  /// When, in UTC.
  public let at: String
  /// Its arm.
  public let arm: String
  /// Why.
  public let reason: String
  /// Other slots whose arm was certain from then on, given the scheme.
  public let alsoRevealed: [Int]
  /// Other slots that could be guessed better from then on by at least 5 points in a hundred, though
  /// not for certain.
  public let surer: [Surer]
}

/// An adverse event, with the arm of the day on which it began.
public struct AdverseEventLine: Hashable, Sendable, Codable {
  /// The event as it was recorded.
  public let event: AdverseEvent
  /// The slot of the day it began, or the last one before it.
  public let slot: Int?
  /// That slot's arm; `nil` before the first slot.
  public let arm: String?
}
