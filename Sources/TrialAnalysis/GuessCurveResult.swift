import TrialStatistics

/// The difference of the means as it would be at other rates of right guesses.
///
/// To be read with its caveat only: it is right where belief moves the rating, and takes a part of a
/// real effect away where improvement moves the belief.
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

  /// The arm that is compared with the reference.
  public let arm: String
  /// The curve; `nil` where it is refused.
  public let values: Values?
  /// Why it is refused, where it is.
  public let refusal: String?
  /// What must stand beside every number of it.
  public static var caveat: String { GuessCurve.caveat }

  /// The curve of one arm and the reference.
  init(arm: String, reference: String, _ ratings: [GuessedRating]) {
    self.arm = arm
    do {
      let curve = try GuessCurve(ratings)
      values = Values(
        points: curve.points().map { Point(rate: $0.rate, difference: $0.difference) },
        observedRate: curve.observedRate, observedDifference: curve.rawDifference,
        blindDifference: curve.blindDifference, withinGuess: curve.differenceWithinGuess,
        undecided: curve.undecided)
      refusal = nil
    } catch {
      values = nil
      refusal = GuessCurveResult.reason(error, arm, reference)
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
