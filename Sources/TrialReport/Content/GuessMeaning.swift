import TrialAnalysis

/// What the guesses say, in words that do not claim more than they show.
struct GuessMeaning {
  /// Two or three sentences.
  let text: String

  init(_ guesses: GuessResult) {
    text = GuessMeaning.counts(guesses) + " " + GuessMeaning.judgement(guesses)
  }

  private static func counts(_ guesses: GuessResult) -> String {
    guard let right = guesses.rightShare, let base = guesses.baseRate else {
      return "Every answer was \"don't know\", or exactly one half."
    }
    let calls = guesses.arms.reduce(0) { $0 + $1.right + $1.wrong }
    return "Of \(calls) calls \(ShownNumber.percent(right)) were right; always naming the commoner "
      + "arm would have been right in \(ShownNumber.percent(base))."
  }

  private static func judgement(_ guesses: GuessResult) -> String {
    let bounds = guesses.arms.map { arm -> (lower: Double, upper: Double)? in
      guard let lower = arm.bangLower, let upper = arm.bangUpper else { return nil }
      return (lower, upper)
    }
    guard let reference = bounds[0], let active = bounds[1] else {
      return "With guesses under one arm only, the blind cannot be judged."
    }
    switch (reference.lower > 0, active.lower > 0) {
    case (true, true):
      return "Under both arms the guesses were right more often than chance: the arms could be "
        + "told apart, so expectation may have moved the ratings. A felt effect can be the very "
        + "reason for a right guess; the guesses alone cannot separate the two."
    case (false, true), (true, false):
      let (known, other) = active.lower > 0 ? (1, 0) : (0, 1)
      if bounds[other].map({ $0.upper < 0 }) ?? false {
        return "The guesses lean to \(guesses.arms[known].arm) whatever was taken: a leaning, not "
          + "knowledge."
      }
      return "Under \(guesses.arms[known].arm) the guesses were right more often than chance, "
        + "under \(guesses.arms[other].arm) they were not: the blind held in part."
    case (false, false):
      return "The guesses do not show that the arms could be told apart. With "
        + "\(guesses.answered) guesses, a smaller leak cannot be excluded."
    }
  }
}
