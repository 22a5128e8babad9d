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
  /// A value of a covariate is not a number or is infinite; both are counted from 1.
  case covariateNotFinite(covariate: Int, slot: Int)
  /// The adjustments leave nothing of the arms: they cannot be told apart.
  case adjustmentsExplainArms
  /// The observed assignment has too few slots or blocks under both arms for a standard error.
  case tooFewForStandardError
  /// No pair has both halves observed.
  case noCompletePair
  /// There are more pairs than the signed ranks can take.
  case tooManyPairs(found: Int, limit: Int)
  /// The set does not swap the halves of a pair independently; slots are counted from 1.
  case notPairs(slot: Int)
  /// A number of slots that is not possible: a negative one.
  case negativeSlots(found: Int)
  /// There is no outcome to test.
  case noOutcomes
  /// There are fewer than two arms, or more than can be tested together.
  case armCountOutOfRange(found: Int)
  /// The statistic compares two arms and cannot compare more.
  case twoArmsOnly
  /// A probability of a guess is not between 0 and 1; guesses are counted from 1.
  case probabilityOutOfRange(guess: Int)
  /// A guess belongs to an arm that is not there; guesses are counted from 1.
  case guessedArmUnknown(guess: Int, arms: Int)
  /// The scale of a prior is not positive and finite, or its degrees are not from 0.001 to 10⁸.
  case priorOutOfRange
  /// There is no tilt, or one of them is 0 or not a number.
  case noTilt
  /// What a block may hold depends on the blocks before it.
  case blocksDepend
  /// One block has too many assignments to be listed.
  case blockTooLarge(most: Int)
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
    case .covariateNotFinite(let covariate, let slot):
      "covariate \(covariate), slot \(slot): found a value that is not a finite number"
    case .adjustmentsExplainArms:
      "what is taken out of the ratings explains the arms: leave out an adjustment that follows their "
        + "order, and state an autocorrelation where an estimated one does"
    case .tooFewForStandardError:
      "a studentised difference needs two observed slots of each arm, or two blocks with both arms"
    case .noCompletePair: "no pair has both halves observed: there is nothing to rank"
    case .tooManyPairs(let found, let limit):
      "found \(found) pairs, expected at most \(limit) for signed ranks"
    case .notPairs(let slot):
      "slot \(slot): the scheme does not swap the two halves of this pair independently of the rest"
    case .negativeSlots(let found): "found \(found) slots to leave out, expected 0 or more"
    case .noOutcomes: "no outcome was given: there is nothing to test"
    case .armCountOutOfRange(let found): "found \(found) arms, expected 2 to 6"
    case .twoArmsOnly: "the signed ranks of pairs compare two arms, and the scheme has more"
    case .unknownArm(let slot): "slot \(slot): the arm must be 0 or 1"
    case .probabilityOutOfRange(let guess):
      "guess \(guess): the probability must be from 0 to 1"
    case .guessedArmUnknown(let guess, let arms):
      "guess \(guess): the arm must be from 0 to \(arms - 1)"
    case .priorOutOfRange:
      "the prior of the effect: expected a scale that is more than 0 and finite, and degrees of "
        + "freedom from 0.001 to 100000000"
    case .noTilt: "an e-process needs tilts, all of them finite and none of them 0"
    case .blocksDepend:
      "the blocks are not drawn independently of each other, so they cannot be looked at one by one"
    case .blockTooLarge(let most):
      "a block has more than \(most) assignments, too many to be listed at every look"
    case .priorAgainstData:
      "the prior of the effect and the outcomes are too far apart to be put together: choose a wider "
        + "prior"
    }
  }
}
