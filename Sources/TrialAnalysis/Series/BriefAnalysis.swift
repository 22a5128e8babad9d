import BlindRecord

/// The analysis of one of very many trials: the planned tests, the Bayesian effects, the indices of the
/// guesses, by the code of the report.
///
/// Left out is what a series does not read: effect sizes, carry-over, other priors, the curve of the
/// guesses, the t-test that is not used, words and figures.
package struct BriefAnalysis: Sendable {
  /// The outcomes of the plan, the primary one first.
  package let tested: [OutcomeResult]
  /// The guesses, where there are any.
  package let guesses: GuessResult?
  /// What the trial gives to a series, one for each planned outcome and each arm but the reference.
  package let contributions: [TrialContribution]

  /// Analyses a trial.
  ///
  /// - Parameters:
  ///   - design: the design that the record was made with.
  ///   - units: the unit of an outcome, where it is known.
  ///   - withSums: whether the randomization distributions of the sums are made too.
  /// - Throws: `FormatError` when the primary outcome cannot be analysed.
  package init(
    _ declared: DeclaredRecord, design: CompiledDesign, units: [String: String] = [:],
    withSums: Bool
  ) throws {
    let input = declared.input
    tested = input.planned(declared.tested.map { ($0, nil) }, isBrief: true)
    if let fault = declared.untestable(tested[0]) {
      throw FormatError("outcomes", found: fault.found, expected: fault.expected)
    }
    guesses = try GuessResult(declared.slotLines, input, bestGuesser: design.bestGuesser)
    contributions = input.contributions(
      of: tested, declared.tested, guesses: guesses, units: units, withSums: withSums)
  }
}
