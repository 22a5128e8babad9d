import TrialStatistics

/// How much of an arm's effect is left when the guesses are taken into account.
///
/// To be read with its caveat only: both answers are right where belief moves the rating, and take a
/// part of a real effect away where improvement moves the belief.
public struct GuessCurveResult: Hashable, Sendable, Codable {
  /// A point of the curve.
  public struct Point: Hashable, Sendable, Codable {
    /// The rate of right guesses.
    public let rate: Double
    /// The difference of the means at that rate.
    public let difference: Double
  }

  /// What a curve that can be drawn says.
  public struct Values: Hashable, Sendable, Codable {
    /// The curve at 21 rates from 0 to 1.
    public let points: [Point]
    /// The rate of right guesses as observed.
    public let observedRate: Double
    /// The difference at that rate: the plain one among the slots with a call.
    public let observedDifference: Double
    /// The difference at the rate of a coin.
    public let blindDifference: Double
    /// The difference among slots with the same guess.
    public let withinGuess: Double
    /// Ratings with "don't know", which take no part.
    public let undecided: Int
  }

  /// A Bayesian effect with its central interval.
  public struct Effect: Hashable, Sendable, Codable {
    /// Posterior mean.
    public let mean: Double
    /// The lower end at the plan's level.
    public let lower: Double
    /// The upper end.
    public let upper: Double
  }

  /// The Bayesian model with the stated probability as one more column.
  public struct Model: Hashable, Sendable, Codable {
    /// Slots with a rating and a guess.
    public let slots: Int
    /// The effect over these slots without the guess.
    public let effect: Effect
    /// The effect among slots about which the same was believed.
    public let adjusted: Effect
    /// What a stated probability of 1 instead of 0 adds, the arm being the same.
    public let ofBelief: Effect?
  }

  /// The arm that is compared with the reference.
  public let arm: String
  /// The curve; `nil` where it is refused.
  public let values: Values?
  /// Why it is refused, where it is.
  public let refusal: String?
  /// The model with the guess; `nil` where it cannot be computed.
  public let model: Model?
  /// What must stand beside every number of it.
  public static var caveat: String { GuessSensitivity.caveat }
}

extension GuessCurveResult {
  /// The curve and the model of one arm and the reference.
  init(arm: String, reference: String, _ sensitivity: GuessSensitivity) {
    self.arm = arm
    switch sensitivity.curve {
    case .success(let curve):
      values = Values(
        points: curve.points().map { Point(rate: $0.rate, difference: $0.difference) },
        observedRate: curve.observedRate, observedDifference: curve.rawDifference,
        blindDifference: curve.blindDifference, withinGuess: curve.differenceWithinGuess,
        undecided: curve.undecided)
      refusal = nil
    case .failure(let error):
      values = nil
      refusal = GuessCurveResult.reason(error, arm, reference)
    }
    if let effect = try? sensitivity.effect.get(), let adjusted = try? sensitivity.adjusted.get() {
      model = Model(
        slots: sensitivity.slots,
        effect: Effect(mean: effect.mean, lower: effect.lower, upper: effect.upper),
        adjusted: Effect(mean: adjusted.mean, lower: adjusted.lower, upper: adjusted.upper),
        ofBelief: sensitivity.ofBelief.map {
          Effect(mean: $0.mean, lower: $0.lower, upper: $0.upper)
        })
    } else {
      model = nil
    }
  }

  private static func reason(_ error: GuessCurveError, _ arm: String, _ reference: String) -> String
  {
    switch error {
    case .stratumTooSmall(let isActive, let guessedActive, let found, let needed):
      "only \(found) rated \(isActive ? arm : reference) slots were guessed to be "
        + "\(guessedActive ? arm : reference), and the curve would rest on them; it needs "
        + "at least \(needed)"
    case .notFinite: error.description
    }
  }
}
