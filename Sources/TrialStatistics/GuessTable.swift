import RealModule

/// One treatment guess against the arm that was given.
public struct TreatmentGuessPair: Hashable, Sendable {
  /// The probability, given before any reveal, that the slot was active; `nil` is "don't know".
  public let probabilityActive: Double?
  /// Whether the slot was active.
  public let isActive: Bool

  /// A guess and the truth.
  public init(probabilityActive: Double?, isActive: Bool) {
    self.probabilityActive = probabilityActive
    self.isActive = isActive
  }
}

/// The guesses of a trial by arm, and what they say about the blind.
///
/// A probability above one half is a guess of the active arm, below of the reference; exactly one
/// half is the same as "don't know".
public struct GuessTable: Hashable, Sendable {
  /// The guesses in one arm.
  public struct Row: Hashable, Sendable {
    /// Guesses of the active arm, of the reference, and "don't know".
    public let active, reference, dontKnow: Int

    /// The counts of one arm.
    public init(active: Int, reference: Int, dontKnow: Int) {
      self.active = active
      self.reference = reference
      self.dontKnow = dontKnow
    }

    /// All guesses.
    public var total: Int { active + reference + dontKnow }
  }

  /// The guesses in slots of the active arm.
  public let active: Row
  /// The guesses in slots of the reference arm.
  public let reference: Row
  /// The mean logarithm of the probability given to the true arm, "don't know" counted as one half;
  /// minus infinity if the true arm was once called impossible, `nil` without probabilities.
  public let logScore: Double?
  /// The mean squared distance of the probability from the truth, "don't know" counted as one half;
  /// `nil` without probabilities.
  public let brier: Double?

  /// A table of counts alone, without probabilities.
  public init(active: Row, reference: Row) {
    self.active = active
    self.reference = reference
    logScore = nil
    brier = nil
  }

  /// Counts and scores the guesses.
  public init(guesses: [TreatmentGuessPair]) throws(StatisticsError) {
    var counts = [[0, 0, 0], [0, 0, 0]]
    var logarithms = 0.0
    var squares = 0.0
    for (index, guess) in guesses.enumerated() {
      let probability = guess.probabilityActive ?? 0.5
      guard probability >= 0, probability <= 1 else {
        throw .probabilityOutOfRange(guess: index + 1)
      }
      let said = probability > 0.5 ? 0 : probability < 0.5 ? 1 : 2
      counts[guess.isActive ? 0 : 1][said] += 1
      logarithms += guess.isActive ? Double.log(probability) : Double.log(onePlus: -probability)
      let miss = probability - (guess.isActive ? 1 : 0)
      squares += miss * miss
    }
    active = Row(active: counts[0][0], reference: counts[0][1], dontKnow: counts[0][2])
    reference = Row(active: counts[1][0], reference: counts[1][1], dontKnow: counts[1][2])
    let total = Double(guesses.count)
    logScore = guesses.isEmpty ? nil : logarithms / total
    brier = guesses.isEmpty ? nil : squares / total
  }

  /// All guesses.
  public var total: Int { active.total + reference.total }

  /// The share of right guesses among those that named an arm; `nil` if none did.
  public var correctRate: Double? {
    let right = active.active + reference.reference
    let named = total - active.dontKnow - reference.dontKnow
    return named > 0 ? Double(right) / Double(named) : nil
  }

  /// The share of right guesses that always naming the commoner arm would have had.
  public var baseRate: Double? {
    let inActive = active.active + active.reference
    let inReference = reference.active + reference.reference
    guard inActive + inReference > 0 else { return nil }
    return Double(max(inActive, inReference)) / Double(inActive + inReference)
  }

  /// Bang's index in the active arm; `nil` without a guess there.
  public var bangActive: BangIndex? {
    BangIndex(right: active.active, wrong: active.reference, total: active.total)
  }

  /// Bang's index in the reference arm; `nil` without a guess there.
  public var bangReference: BangIndex? {
    BangIndex(right: reference.reference, wrong: reference.active, total: reference.total)
  }

  /// James's index; `nil` where it is not defined.
  public var james: JamesIndex? { JamesIndex(self) }
}
