/// A rating with the guess that was made at the same time.
public struct GuessedRating: Hashable, Sendable {
  /// The rating.
  public let value: Double
  /// Whether the slot was active.
  public let isActive: Bool
  /// Whether the guess was the active arm; `nil` for "don't know", which takes no part.
  public let guessedActive: Bool?

  /// A rating, the truth and the guess.
  public init(value: Double, isActive: Bool, guessedActive: Bool?) {
    self.value = value
    self.isActive = isActive
    self.guessedActive = guessedActive
  }
}

/// Why there is no correct-guess-rate curve.
public enum GuessCurveError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A group of ratings is empty or smaller than was asked for.
  case stratumTooSmall(isActive: Bool, guessedActive: Bool, found: Int, needed: Int)
  /// A rating or a mean is not a finite number; ratings are counted from 1.
  case notFinite(position: Int)

  /// The sentence: lower case, no full stop.
  public var description: String {
    switch self {
    case .stratumTooSmall(let isActive, let guessedActive, let found, let needed):
      "\(isActive ? "active" : "reference") slots guessed \(guessedActive ? "active" : "reference"): "
        + "found \(found) ratings, expected at least \(needed); the difference at another rate of "
        + "right guesses would rest on them"
    case .notFinite(let position): "rating \(position) is not a finite number"
    }
  }
}

/// The difference between the arms as it would be at another rate of right guesses.
///
/// The ratings fall into four strata by arm and guess. Keeping the strata's means and the shares of
/// the arms among right and among wrong guesses, the rate c of right guesses weighs them: with r the
/// reference arm's share of the right guesses and s the active arm's share of the wrong ones, the
/// weights are c(1 − r) active guessed active, (1 − c)s active guessed reference, (1 − c)(1 − s)
/// reference guessed active and cr reference guessed reference. At the observed rate the curve gives
/// the raw difference exactly.
///
/// Source: Szigeti, Nutt, Carhart-Harris and Erritzoe 2023, whose resampling this is in closed form.
public struct GuessCurve: Hashable, Sendable {
  /// One of the four groups of ratings.
  public struct Stratum: Hashable, Sendable {
    /// The number of ratings.
    public let count: Int
    /// Their mean.
    public let mean: Double

    /// A group by its size and mean.
    public init(count: Int, mean: Double) {
      self.count = count
      self.mean = mean
    }
  }

  /// What must stand beside every number of this curve.
  public static let caveat =
    "This adjustment is right where the belief moves the rating. Where improvement moves the belief "
    + "(a real effect is noticed and then guessed), it removes a part of the real effect. The data "
    + "cannot tell which it was."

  /// The smallest stratum that is accepted unless another size is asked for.
  public static let smallestStratum = 5

  /// Slots of the active arm, guessed right and wrong; slots of the reference, right and wrong.
  public let activeRight, activeWrong, referenceRight, referenceWrong: Stratum
  /// Ratings with "don't know", which were left out.
  public let undecided: Int

  /// The curve of ratings.
  ///
  /// - Throws: `GuessCurveError` where a stratum is empty or has fewer than `minimum` ratings, or a
  ///   rating is not finite.
  public init(_ ratings: [GuessedRating], minimum: Int = GuessCurve.smallestStratum)
    throws(GuessCurveError)
  {
    var values: [[Double]] = [[], [], [], []]
    var undecided = 0
    for (index, rating) in ratings.enumerated() {
      guard rating.value.isFinite else { throw .notFinite(position: index + 1) }
      guard let guess = rating.guessedActive else {
        undecided += 1
        continue
      }
      values[(rating.isActive ? 0 : 2) + (guess == rating.isActive ? 0 : 1)].append(rating.value)
    }
    let strata = values.map {
      Stratum(count: $0.count, mean: $0.isEmpty ? 0 : $0.reduce(0, +) / Double($0.count))
    }
    try self.init(
      activeRight: strata[0], activeWrong: strata[1], referenceRight: strata[2],
      referenceWrong: strata[3], undecided: undecided, minimum: minimum)
  }

  /// The curve of the four strata.
  ///
  /// - Throws: `GuessCurveError`, as from ratings.
  public init(
    activeRight: Stratum, activeWrong: Stratum, referenceRight: Stratum, referenceWrong: Stratum,
    undecided: Int = 0, minimum: Int = GuessCurve.smallestStratum
  ) throws(GuessCurveError) {
    let strata = [
      (activeRight, true, true), (activeWrong, true, false), (referenceRight, false, false),
      (referenceWrong, false, true),
    ]
    for (index, (stratum, isActive, guessedActive)) in strata.enumerated() {
      guard stratum.mean.isFinite else { throw .notFinite(position: index + 1) }
      guard stratum.count >= max(1, minimum) else {
        throw .stratumTooSmall(
          isActive: isActive, guessedActive: guessedActive, found: stratum.count,
          needed: max(1, minimum))
      }
    }
    self.activeRight = activeRight
    self.activeWrong = activeWrong
    self.referenceRight = referenceRight
    self.referenceWrong = referenceWrong
    self.undecided = undecided
  }

  /// The observed rate of right guesses.
  public var observedRate: Double {
    let right = Double(activeRight.count + referenceRight.count)
    return right / (right + Double(activeWrong.count + referenceWrong.count))
  }

  /// Active minus reference at the rate `rate` of right guesses; NaN outside 0 to 1.
  public func difference(atRate rate: Double) -> Double {
    guard rate >= 0, rate <= 1 else { return .nan }
    let right = Double(activeRight.count + referenceRight.count)
    let wrong = Double(activeWrong.count + referenceWrong.count)
    func mean(_ guessed: Stratum, _ missed: Stratum) -> Double {
      let first = rate * Double(guessed.count) / right
      let second = (1 - rate) * Double(missed.count) / wrong
      return (first * guessed.mean + second * missed.mean) / (first + second)
    }
    return mean(activeRight, activeWrong) - mean(referenceRight, referenceWrong)
  }

  /// Active minus reference as observed.
  public var rawDifference: Double { difference(atRate: observedRate) }

  /// Active minus reference at the rate of a coin, one half; to be shown with `caveat` only.
  public var blindDifference: Double { difference(atRate: 0.5) }

  /// Active minus reference among ratings with the same guess: the least-squares coefficient of the
  /// arm with the guess beside it; to be shown with `caveat` only.
  public var differenceWithinGuess: Double {
    func part(_ active: Stratum, _ reference: Stratum) -> (weight: Double, difference: Double) {
      let first = Double(active.count)
      let second = Double(reference.count)
      return (first * second / (first + second), active.mean - reference.mean)
    }
    let saidActive = part(activeRight, referenceWrong)
    let saidReference = part(activeWrong, referenceRight)
    return
      (saidActive.weight * saidActive.difference
      + saidReference.weight * saidReference.difference)
      / (saidActive.weight + saidReference.weight)
  }

  /// The curve at `count` equally spaced rates from 0 to 1.
  public func points(_ count: Int = 21) -> [(rate: Double, difference: Double)] {
    guard count > 1 else { return [] }
    return (0..<count).map { index in
      let rate = Double(index) / Double(count - 1)
      return (rate, difference(atRate: rate))
    }
  }
}
