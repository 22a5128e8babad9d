/// The guesses of a trial with any number of arms, each guess naming "the reference" or "not the
/// reference".
///
/// Slots without a pill, where there is nothing to guess, are left out by the caller. With two arms
/// it is the same as `GuessTable`.
public struct ArmGuesses: Hashable, Sendable {
  /// A stated probability and the arm that was given.
  public struct Guess: Hashable, Sendable {
    /// The probability that the slot was not the reference; `nil` is "don't know".
    public let probability: Double?
    /// The arm, 0 for the reference.
    public let arm: Int

    /// A guess and the truth.
    public init(probability: Double?, arm: Int) {
      self.probability = probability
      self.arm = arm
    }
  }

  /// The guesses in the slots of one arm.
  public struct Row: Hashable, Sendable {
    /// Guesses that were right, wrong, and "don't know".
    public let right, wrong, dontKnow: Int

    /// The counts of one arm.
    public init(right: Int, wrong: Int, dontKnow: Int) {
      self.right = right
      self.wrong = wrong
      self.dontKnow = dontKnow
    }

    /// Bang's index of this arm; `nil` without a guess.
    public var bang: BangIndex? {
      BangIndex(right: right, wrong: wrong, total: right + wrong + dontKnow)
    }
  }

  /// One row per arm, the reference first.
  public let rows: [Row]
  /// All arms but the reference taken as one: for James's index, kappa, the scores.
  public let table: GuessTable

  /// - Parameter arms: how many arms there are.
  /// - Throws: `StatisticsError`: a probability out of range, or an arm that is not from 0 to
  ///   `arms` − 1; guesses are counted from 1.
  public init(_ guesses: [Guess], arms: Int) throws(StatisticsError) {
    for (index, guess) in guesses.enumerated() where guess.arm < 0 || guess.arm >= arms {
      throw .guessedArmUnknown(guess: index + 1, arms: arms)
    }
    table = try GuessTable(
      guesses: guesses.map {
        TreatmentGuessPair(probabilityActive: $0.probability, isActive: $0.arm > 0)
      })
    rows = (0..<max(0, arms)).map { arm in
      var counts = (right: 0, wrong: 0, dontKnow: 0)
      for guess in guesses where guess.arm == arm {
        let stated = guess.probability ?? 0.5
        if stated == 0.5 {
          counts.dontKnow += 1
        } else if (stated > 0.5) == (arm > 0) {
          counts.right += 1
        } else {
          counts.wrong += 1
        }
      }
      return Row(right: counts.right, wrong: counts.wrong, dontKnow: counts.dontKnow)
    }
  }
}
