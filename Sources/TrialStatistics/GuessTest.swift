/// The randomization test of the guesses: whether the stated probabilities know the arm.
///
/// Under a perfect blind the guesses would have been the same under any other assignment of the
/// scheme, even if they follow each other, favour one arm or follow the weather. So the guesses are
/// the outcome of a randomization test over the scheme's own reference set, with the statistic mean
/// stated probability under active minus that under the reference. Nothing is assumed about how the
/// guesses come about; a table of counts with its χ² would take them as independent. What breaks a
/// blind is a noticed effect as well as a noticed pill: a small p says that the guesses know the
/// arm, not how.
public struct GuessTest: Sendable {
  /// The mean stated probability under active and under the reference.
  public let meanActive, meanReference: Double
  /// How the shares below were counted.
  public let method: Method
  /// The share of assignments that the guesses would fit at least as well.
  public let pGreater: Double
  /// The share that they would fit at most as well.
  public let pLess: Double
  /// The two-sided p: guesses that are wrong too often have seen something too.
  public let pDoubled: Double

  /// - Parameters:
  ///   - guesses: one per slot.
  ///   - observed: 1 where the arm was not the reference, 0 where it was.
  ///   - kept: the slots of the endpoint, `nil` for all.
  ///   - reference: the assignments that the scheme could have drawn.
  /// - Throws: `StatisticsError`, as `RandomizationTest`; a probability out of range.
  public init(
    guesses: [SlotGuess], observed: [Int], kept: [Bool]? = nil, reference: ReferenceSet
  ) throws(StatisticsError) {
    let stated = try SlotGuess.stated(guesses)
    // An interval of constant shifts would say nothing of numbers that end at 0 and 1.
    let tails = try RandomizationTest(
      outcome: ExactOutcome(values: stated), observed: observed, kept: kept, reference: reference,
      statistic: .meanDifference, whitening: .none, level: 0.95
    ).tails()
    method = tails.method
    pGreater = tails.pGreater
    pLess = tails.pLess
    pDoubled = tails.pDoubled
    func mean(_ arm: Int) -> Double {
      let values = stated.indices.filter { observed[$0] == arm && kept?[$0] ?? true }
        .compactMap { stated[$0] }
      return values.reduce(0, +) / Double(values.count)
    }
    meanActive = mean(1)
    meanReference = mean(0)
  }
}
