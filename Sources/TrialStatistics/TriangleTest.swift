import RealModule

/// A triangle test: of three samples, two alike, the odd one is named, round after round.
///
/// Whoever cannot tell names it in a third of the rounds. Exact binomial sums (ISO 4120:2021; the model of
/// a share d of rounds in which the difference is noticed, 1/3 + 2/3 d: Schlich 1993).
public struct TriangleTest: Hashable, Sendable {
  /// Rounds.
  public let rounds: Int
  /// The most right answers with which the samples count as alike.
  public let mostRight: Int

  /// Makes a test.
  ///
  /// - Throws: `SampleError.countOutOfRange` unless `0 <= mostRight <= rounds` and `rounds > 0`.
  public init(rounds: Int, mostRight: Int) throws(SampleError) {
    guard rounds > 0, (0...rounds).contains(mostRight) else {
      throw .countOutOfRange(found: mostRight, trials: rounds)
    }
    self.rounds = rounds
    self.mostRight = mostRight
  }

  /// The probability of failing although the samples cannot be told apart.
  public var failsWhenAlike: Double { above(mostRight, right: 1.0 / 3) }

  /// The probability of passing although the difference is noticed in a share of the rounds.
  ///
  /// - Parameter share: from 0 to 1.
  public func passes(whenNoticedIn share: Double) -> Double {
    1 - above(mostRight, right: (1 + 2 * share) / 3)
  }

  /// The probability of at least as many right answers by chance: the p-value of a result.
  public func p(right: Int) -> Double { right <= 0 ? 1 : above(right - 1, right: 1.0 / 3) }

  /// P(more than `count` right).
  private func above(_ count: Int, right: Double) -> Double {
    guard right < 1 else { return count < rounds ? 1 : 0 }
    var sum = 0.0
    for hits in stride(from: rounds, to: count, by: -1) {
      let ways =
        Double.logGamma(Double(rounds + 1)) - Double.logGamma(Double(hits + 1))
        - Double.logGamma(Double(rounds - hits + 1))
      sum += Double.exp(
        ways + Double(hits) * Double.log(right) + Double(rounds - hits) * Double.log(1 - right))
    }
    return min(1, sum)
  }
}
