public import BlindRecord

/// Why a question cannot be answered in this trial, in one sentence.
public enum ReviewFault: Refusal, Equatable {
  /// No numeric item has the name.
  case noSuchOutcome(String, expected: [String])
  /// The slots are not those of the schedule.
  case noSuchSlots(found: String, count: Int)
  /// The scheme has one block only.
  case noBlocks
  /// The scheme is not made of pairs.
  case noPairs
  /// So many slots cannot be left out.
  case washoutTooLong(found: Int, most: Int)
  /// No rated slot is what the filter leaves out, so the answer would be the plan's own.
  case nothingToLeaveOut(ReviewQuestion.Filter)
  /// Slots after a change are left out by the difference in means alone.
  case washoutWithStatistic

  /// What was found, and what was expected.
  public var message: String {
    switch self {
    case .noSuchOutcome(let name, let names):
      "outcome: found \(quoted(name)), expected \(names.joined(separator: ", "))"
    case .noSuchSlots(let found, let count):
      "slots: found \(quoted(found)), expected a first and a last one between 1 and \(count)"
    case .noBlocks:
      "statistic: found one that needs blocks, expected one for a scheme without them"
    case .noPairs:
      "statistic: found one that needs pairs, expected one for a scheme that is not made of pairs"
    case .washoutTooLong(let found, let most):
      most < 1
        ? "washout: found \(found), expected none: no arm has several slots in a row"
        : "washout: found \(found), expected 0 to \(most)"
    case .nothingToLeaveOut(let filter):
      "\(filter.rawValue): found no rated slot to leave out, expected one or more"
    case .washoutWithStatistic:
      "statistic: found another one beside slots left out after a change, expected the difference in means"
    }
  }

  /// Nothing but asking otherwise helps.
  public var hint: String? { nil }
}
