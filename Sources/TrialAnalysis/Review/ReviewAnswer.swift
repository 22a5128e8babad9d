/// What the engine says to a question that was not planned.
///
/// Exploratory, always: also the answer about an outcome that the plan tests is not the plan's, which allows
/// for all of its comparisons.
public struct ReviewAnswer: Sendable {
  /// How it was decided which slots are left out, and what that does to the p-value.
  public enum Standing: Hashable, Sendable {
    /// No rating was left out by choice.
    case nothingLeftOut
    /// By the calendar, or by what was written down while every arm was hidden: p is exact.
    case decidedBlind
    /// By whoever asks, who may have seen the arms: p is that of a question fixed beforehand.
    case chosenNow
    /// By what was written or became certain after a code was broken, for these slots (from 1): the
    /// arms may have had a part in it, and p is not exact.
    case armsMayHaveDecided(slots: [Int])
  }

  /// The question in its shortest form.
  public let question: ReviewQuestion
  /// The question in words.
  public let words: String
  /// The outcome over the slots that are left, each arm against the reference.
  ///
  /// With several arms the p-values allow for the comparisons of this question.
  public let outcome: OutcomeResult
  /// The same outcome as it stands in the report.
  public let planned: OutcomeResult
  /// The answer in plain words; with several arms a headline over all of them.
  public let answer: PlainAnswer
  /// Each contrast in plain words.
  public let answers: [PlainAnswer]
  /// Slots with a rating that the question leaves out, from 1.
  public let leftOut: [Int]
  /// How these were decided.
  public let standing: Standing
  /// The statistic, in words.
  public let statistic: String
  /// What the statistic allows for, in words; `nil` for nothing.
  public let adjustment: String?
  /// The threshold of the plan, where the question is about the primary outcome.
  public let relevance: Double?
  /// Whether the plan tests the outcome together with the primary one, and nothing else is asked.
  public let isPlanned: Bool
  /// Whether the trial was looked at before its end, which this p-value does not allow for.
  public let wasLookedAt: Bool
  /// Whether the slots that are left out follow changes of arm, worked out for every schedule.
  public let dropsAfterChanges: Bool

  /// Ratings that the washout of the question leaves out by itself, beyond that of the plan; negative where
  /// it brings some back.
  public var byWashout: Int {
    question.washout == nil ? 0 : planned.count - leftOut.count - outcome.count
  }
}
