package import TrialStatistics

/// What one trial gives to a series of trials: one outcome, one arm against the reference.
///
/// Effect and standard error are the mean and the standard deviation of the posterior under a flat prior
/// of the effect, with the columns and the noise of the trial's own plan: they hold what is not known of
/// the noise, autocorrelation included. The sums are those of the randomization test over all trials.
package struct TrialContribution: Sendable, Hashable {
  /// The outcome's name.
  package let outcome: String
  /// Its unit, where it is known.
  package let unit: String?
  /// The arm's name.
  package let arm: String
  /// The name of the reference.
  package let reference: String
  /// The effect in the outcome's unit; `nil` where there is none.
  package let effect: Double?
  /// Its standard error; `nil` where there is none.
  package let se: Double?
  /// Why effect or standard error are missing.
  package let reason: String?
  /// The plain difference of the means.
  package let difference: Double?
  /// Ratings in the analysis under the arm, and under the reference.
  package let ratings: [Int]
  /// The standard deviation of the ratings under the reference.
  package let referenceSD: Double?
  /// The guesses under both; `nil` where nobody was asked.
  package let guesses: GuessTable?
  /// The randomization distribution of the sum; `nil` where it was not asked for or is too wide.
  package let sums: TrialSums?

  /// Puts together what was computed or read.
  package init(
    outcome: String, unit: String?, arm: String, reference: String, effect: Double?, se: Double?,
    reason: String?, difference: Double?, ratings: [Int], referenceSD: Double?,
    guesses: GuessTable?, sums: TrialSums?
  ) {
    self.outcome = outcome
    self.unit = unit
    self.arm = arm
    self.reference = reference
    self.effect = effect
    self.se = se
    self.reason = reason
    self.difference = difference
    self.ratings = ratings
    self.referenceSD = referenceSD
    self.guesses = guesses
    self.sums = sums
  }
}
