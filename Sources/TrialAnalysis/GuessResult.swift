/// What the guesses say about the blind.
///
/// Those written after a code break of the slot are left out, and slots of an arm without a pill:
/// there is nothing to guess about. A guess is about the reference arm or not, however many other
/// arms there are.
public struct GuessResult: Hashable, Sendable {
  /// Guesses under one arm.
  public struct ArmGuesses: Hashable, Sendable, Codable {
    /// The arm's name.
    public let arm: String
    /// Guessed right: reference or not.
    public let right: Int
    /// Guessed wrong.
    public let wrong: Int
    /// "Don't know", or exactly one half.
    public let unknown: Int
    /// Bang's index: right minus wrong, over all; 0 is guessing, 1 is knowing.
    public let bang: Index?
    /// The lower end of the 95 % interval of Bang's index.
    public let bangLower: Double?
    /// The upper end.
    public let bangUpper: Double?
    /// The share of the reference set that the guesses would fit at least as well, against the
    /// reference arm; `nil` for that arm itself, and where it cannot be computed.
    public let permutationP: Double?
  }

  /// An index with its standard error.
  public struct Index: Hashable, Sendable, Codable {
    /// The estimate.
    public let index: Double
    /// Its standard error.
    public let se: Double?

    /// Makes an index.
    public init(index: Double, se: Double?) {
      self.index = index
      self.se = se
    }
  }

  /// An index with its 95 % interval; without ends where the method gives none.
  public struct Ranged: Hashable, Sendable, Codable {
    /// The estimate.
    public let index: Double
    /// The lower end.
    public let lower: Double?
    /// The upper end.
    public let upper: Double?
  }

  /// Every arm with a pill, in the order of the protocol.
  public let arms: [ArmGuesses]
  /// James's index: 1 is no one could tell, 0 everyone could.
  public let james: Index?
  /// How much more often "not the reference" was said under the other arms than under the reference.
  public let simple: Ranged?
  /// Cohen's kappa of guess and truth.
  public let kappa: Ranged?
  /// The share of the reference set that the guesses would fit at least as well, by the difference of
  /// the mean stated probabilities; `nil` where several arms are not the reference: see each of them.
  public let permutationP: Double?
  /// The mean of the natural logarithm of the probability given to the truth, "don't know" counted
  /// as one half; `nil` where the truth was once called impossible.
  public let logScore: Double?
  /// The mean of the squared distance between the probability and the truth.
  public let brier: Double?
  /// The log score of somebody who always states the share of slots that were not the reference.
  public let logScoreOfBaseRate: Double?
  /// The Brier score of the same.
  public let brierOfBaseRate: Double?
  /// Slots with an answer to the guess, made blind.
  public let answered: Int
  /// The share of right calls among the slots with a call for an arm.
  public let rightShare: Double?
  /// The share that always naming the commoner side would have got right among the same slots.
  public let baseRate: Double?
  /// The best guesser's expected share right, knowing the scheme and all earlier arms.
  public let bestGuesser: Double
  /// The guesses in groups of probability: how often it truly was not the reference.
  public let calibration: [CalibrationGroup]
  /// The effect of each arm with a pill at other rates of right guesses.
  public let curves: [GuessCurveResult]

  /// The arms whose Bang's index has an interval.
  package var judged: [ArmGuesses] { arms.filter { $0.bangLower != nil && $0.bangUpper != nil } }

  /// Whether the guesses were right more often than chance under every arm: the arms could be told apart.
  public var isBroken: Bool { judged.count > 1 && judged.allSatisfy { ($0.bangLower ?? 0) > 0 } }
}

/// Slots whose stated probability fell into one range.
public struct CalibrationGroup: Hashable, Sendable, Codable {
  /// The lower end of the range.
  public let lower: Double
  /// The upper end.
  public let upper: Double
  /// Slots under the reference arm.
  public let reference: Int
  /// Slots under another arm.
  public let active: Int
}
