/// How much of the effect is left when the guesses are taken into account; never to be shown
/// without `caveat`.
///
/// Two answers to the same question. The model answers with the stated probability as one more
/// column beside the arm: the effect among slots about which the same was believed. The
/// correct-guess-rate curve answers with the difference as it would be if half of the guesses were
/// right. Neither is a randomization test: the guesses follow the arm, so they are no property of
/// the slots that could stay while the arms are drawn again.
public struct GuessSensitivity: Sendable {
  /// What must stand beside every number here.
  public static var caveat: String { GuessCurve.caveat }

  /// The slots that have both an outcome and a guess, on which everything here rests.
  public let slots: Int
  /// The effect on these slots as it is, and with the stated probability beside it; or why not.
  public let effect, adjusted: Result<AR1Posterior, StatisticsError>
  /// What the outcome changes from a stated probability of 0 to one of 1, the arm being the same.
  public let ofBelief: CoefficientPosterior?
  /// The curve over the same slots, "don't know" left out; or why it is refused.
  public let curve: Result<GuessCurve, GuessCurveError>

  /// - Parameters:
  ///   - outcome: one value per slot, `nil` where it is missing or not in the endpoint.
  ///   - active: 1 for the active arm, 0 for the reference.
  ///   - guesses: one per slot.
  ///   - day: the day of each slot; the slots themselves if `nil`.
  ///   - covariates: further columns of the model, with one number per slot.
  ///   - priors: of the model.
  ///   - minimum: the smallest stratum of the curve.
  /// - Throws: `StatisticsError` where the inputs do not belong together; what cannot be computed
  ///   from good inputs is said in the results.
  public init(
    outcome: [Double?], active: [Int], guesses: [SlotGuess], day: [Double]? = nil,
    covariates: [[Double]] = [], priors: AR1Priors = AR1Priors(), level: Double = 0.95,
    minimum: Int = GuessCurve.smallestStratum
  ) throws(StatisticsError) {
    guard guesses.count == outcome.count else {
      throw .lengthsDiffer(name: "guesses", found: guesses.count, expected: outcome.count)
    }
    guard active.count == outcome.count else {
      throw .lengthsDiffer(name: "assignment", found: active.count, expected: outcome.count)
    }
    let stated = try SlotGuess.stated(guesses)
    let both = outcome.indices.map { stated[$0] == nil ? nil : outcome[$0] }
    slots = both.count { $0 != nil }
    func posterior(_ columns: [[Double]]) -> Result<AR1Posterior, StatisticsError> {
      Result { () throws(StatisticsError) in
        try AR1Posterior(
          outcome: both, active: active, day: day, covariates: columns, priors: priors,
          level: level)
      }
    }
    effect = posterior(covariates)
    let adjusted = posterior(covariates + [stated.map { $0 ?? 0.5 }])
    self.adjusted = adjusted
    ofBelief = (try? adjusted.get())?.coefficient(ofCovariate: covariates.count)
    curve = Result { () throws(GuessCurveError) in
      try GuessCurve(
        both.indices.compactMap { slot in
          guard let value = both[slot], let stated = stated[slot] else { return nil }
          return GuessedRating(
            value: value, isActive: active[slot] == 1,
            guessedActive: stated == 0.5 ? nil : stated > 0.5)
        }, minimum: minimum)
    }
  }
}
