import BlindRecord
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
    let commoner = guesses.arms.count > 2 ? "side" : "arm"
    return
      "Of \(counted(calls, "call")) \(ShownNumber.percent(right)) were right; always naming the commoner "
      + "\(commoner) would have been right in \(ShownNumber.percent(base))."
  }

  private static func judgement(_ guesses: GuessResult) -> String {
    let judged = guesses.judged
    guard judged.count > 1 else {
      return "With guesses under one arm only, the blind cannot be judged."
    }
    let known = judged.filter { ($0.bangLower ?? 0) > 0 }
    let others = judged.filter { ($0.bangLower ?? 0) <= 0 }
    if known.isEmpty {
      return "The guesses do not show that the arms could be told apart. With "
        + "\(guesses.answered) guesses, a smaller leak cannot be excluded."
    }
    if guesses.isBroken {
      return "Under \(judged.count == 2 ? "both arms" : "all arms") the guesses were right more "
        + "often than chance: the arms could be told apart, so expectation may have moved the "
        + "ratings. A felt effect can be the very reason for a right guess; the guesses alone "
        + "cannot separate the two."
    }
    let names = known.map(\.arm).joined(separator: " and ")
    if others.contains(where: { ($0.bangUpper ?? 0) < 0 }) {
      return "The guesses lean to \(names) whatever was taken: a leaning, not knowledge."
    }
    return "Under \(names) the guesses were right more often than chance, under "
      + "\(others.map(\.arm).joined(separator: " and ")) they were not: the blind held in part."
  }
}
