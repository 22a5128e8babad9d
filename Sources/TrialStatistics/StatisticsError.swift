/// Why a statistic cannot be computed from what was given, said in one sentence.
public enum StatisticsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Two inputs that describe the same slots do not have the same length.
  case lengthsDiffer(name: String, found: Int, expected: Int)
  /// A value is not a number or is infinite; slots are counted from 1.
  case notFinite(slot: Int)
  /// No kept slot has an outcome.
  case allMissing
  /// The observed assignment leaves one of the arms without an outcome.
  case armUnobserved(active: Bool)
  /// The observed assignment is not an element of the reference set; slots are counted from 1.
  case observedNotInSet(slot: Int)
  /// The reference set has no assignment at all.
  case emptySet
  /// The reference set has one assignment only, so nothing was randomized.
  case singleAssignment
  /// The level of the interval is not between 0 and 1.
  case levelOutOfRange
  /// The blocks do not follow each other from the first slot to the last.
  case blocksDoNotCover
  /// No block has both arms observed, so the block-adjusted statistic is not defined.
  case noBlockWithBothArms
  /// The numbers of observed slots per block have no common multiple that could be computed with.
  case blockSizesTooDifferent
  /// The autocorrelation of a whitening is not between -1 and 1.
  case autocorrelationOutOfRange
  /// There are too few observed slots for the model.
  case tooFewSlots(found: Int, needed: Int)
  /// The columns of the model are not independent of each other.
  case singularModel
  /// The model explains every outcome, so it has no scale to estimate.
  case noVariation
  /// The days are not whole numbers in ascending order; slots are counted from 1.
  case daysNotAscending(slot: Int)
  /// An arm is neither 0 nor 1; slots are counted from 1.
  case unknownArm(slot: Int)
  /// A probability of a guess is not between 0 and 1; guesses are counted from 1.
  case probabilityOutOfRange(guess: Int)
  /// A guess belongs to an arm that is not there; guesses are counted from 1.
  case guessedArmUnknown(guess: Int, arms: Int)
  /// A covariate is not a number or is infinite where the outcome was observed; both are counted
  /// from 1.
  case covariateNotFinite(covariate: Int, slot: Int)
  /// The scale of a prior is not positive and finite, or its degrees are not from 0.001 to 10⁸.
  case priorOutOfRange
  /// The prior of the effect and the outcomes are too far apart for numbers to hold.
  case priorAgainstData

  /// The sentence: lower case, no full stop.
  public var description: String {
    switch self {
    case .lengthsDiffer(let name, let found, let expected):
      "\(name): found \(found) slots, expected \(expected)"
    case .notFinite(let slot): "slot \(slot): found a value that is not a finite number"
    case .allMissing: "no kept slot has an outcome: there is nothing to analyse"
    case .armUnobserved(let active):
      "the \(active ? "active" : "reference") arm has no observed slot: there is nothing to compare"
    case .observedNotInSet(let slot):
      "slot \(slot): the observed arm is not possible under the declared scheme"
    case .emptySet: "the declared scheme has no assignment"
    case .singleAssignment:
      "the declared scheme has one assignment only: nothing was randomized, so nothing can be tested"
    case .levelOutOfRange: "the level of the interval must be more than 0 and less than 1"
    case .blocksDoNotCover: "the blocks must follow each other from the first slot to the last"
    case .noBlockWithBothArms:
      "no block has both arms observed: the block-adjusted statistic is not defined"
    case .blockSizesTooDifferent:
      "the blocks have too many different sizes for the block-adjusted statistic"
    case .autocorrelationOutOfRange: "the autocorrelation must be more than -1 and less than 1"
    case .tooFewSlots(let found, let needed):
      "found \(found) observed slots, expected at least \(needed)"
    case .singularModel: "the columns of the model cannot be told apart in the observed slots"
    case .noVariation: "the outcome does not vary beyond the model: there is no scale to estimate"
    case .daysNotAscending(let slot):
      "slot \(slot): the days must be whole numbers in ascending order"
    case .unknownArm(let slot): "slot \(slot): the arm must be 0 or 1"
    case .probabilityOutOfRange(let guess):
      "guess \(guess): the probability must be from 0 to 1"
    case .guessedArmUnknown(let guess, let arms):
      "guess \(guess): the arm must be from 0 to \(arms - 1)"
    case .covariateNotFinite(let covariate, let slot):
      "covariate \(covariate), slot \(slot): expected a finite number"
    case .priorOutOfRange:
      "the prior of the effect: expected a scale that is more than 0 and finite, and degrees of "
        + "freedom from 0.001 to 100000000"
    case .priorAgainstData:
      "the prior of the effect and the outcomes are too far apart to be put together: choose a wider "
        + "prior"
    }
  }
}
