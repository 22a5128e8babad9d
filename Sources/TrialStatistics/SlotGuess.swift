/// What was said about one slot before any reveal.
public enum SlotGuess: Hashable, Sendable {
  /// Nobody asked, or nobody answered: the slot takes no part.
  case notAsked
  /// "Don't know", which counts as one half.
  case dontKnow
  /// The probability that the slot was not the reference.
  case probability(Double)

  /// The stated probability that the slot was not the reference; `nil` where nothing was said.
  public var stated: Double? {
    switch self {
    case .notAsked: nil
    case .dontKnow: 0.5
    case .probability(let probability): probability
    }
  }

  /// - Throws: `StatisticsError.probabilityOutOfRange`, guesses counted from 1.
  static func stated(_ guesses: [SlotGuess]) throws(StatisticsError) -> [Double?] {
    for (index, guess) in guesses.enumerated() {
      if let stated = guess.stated, !(stated >= 0 && stated <= 1) {
        throw .probabilityOutOfRange(guess: index + 1)
      }
    }
    return guesses.map(\.stated)
  }
}
