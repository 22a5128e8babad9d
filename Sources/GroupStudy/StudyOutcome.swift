import BlindRecord
import TrialDesign
import TrialStatistics

/// All that is said about one outcome.
package struct StudyOutcome: Encodable, Sendable {
  /// How much of the arm's difference goes with the guess.
  package struct Change: Encodable, Sendable {
    /// The effect without the guess less the effect with it, on the same rows.
    package let estimate: Double
    /// What resampling persons says.
    package let draws: StudyDraws?
  }

  /// What the plan says of it.
  package let name, column, set: String
  package let unit: String?
  package let direction: String
  package let relevance: Double?
  package let covariates: [String]
  /// Rows that are analysed, their persons, and the persons with one row.
  package let rows, persons, single: Int
  /// Rows of the set that were left out, and why.
  package let withoutOutcome, withoutArm, withoutCovariate: Int
  /// The analysed rows in which an arm was guessed.
  package let rowsWithGuess: Int
  /// The arm without the guess, over all rows.
  package let withoutGuess: StudyEffect
  /// The same over the rows with a guess, where these are fewer.
  package let withoutGuessSameRows: StudyEffect?
  /// The arm with the guess beside it.
  package let withGuess: StudyEffect?
  /// How much of the difference goes with the guess.
  package let change: Change?
  /// The four groups by arm and guess.
  package let strata: StudyStrata?
  /// The difference at other rates of right guesses.
  package let curve: StudyCurve?
  /// The p-value without the guess after allowing for all outcomes of the plan, by Holm's rule.
  package internal(set) var holm: Double?

  init(_ table: StudyTable, _ outcome: StudyPlan.Outcome, plan: StudyPlan) {
    let rows = StudyRows(table, outcome)
    let fit = StudyFit(analysis: plan.analysis, arms: plan.arms.map(\.name))
    name = outcome.name
    column = outcome.column
    set = outcome.set.name
    unit = outcome.unit
    direction = outcome.direction.rawValue
    relevance = outcome.relevance?.value
    covariates = outcome.covariates.map(\.name)
    self.rows = rows.values.count
    persons = rows.personCount
    single = rows.single
    withoutOutcome = rows.withoutOutcome
    withoutArm = rows.withoutArm
    withoutCovariate = rows.withoutCovariate
    withoutGuess = StudyEffect(fit, rows, withGuess: false)
    let named = rows.named(table, outcome)
    rowsWithGuess = named.values.count
    guard rowsWithGuess > 0 else {
      (withoutGuessSameRows, withGuess, change, strata, curve) = (nil, nil, nil, nil, nil)
      return
    }
    let isFewer = rowsWithGuess < rows.values.count
    withoutGuessSameRows = isFewer ? StudyEffect(fit, named, withGuess: false) : nil
    let same = withoutGuessSameRows ?? withoutGuess
    let beside = StudyEffect(fit, named, withGuess: true)
    let strata = StudyStrata(fit, named)
    let guessed = GuessedRows(named.guessed)
    let draws = StudyReplicates(
      plan.analysis, guessed, without: same.fitted, with: beside.fitted, strata: strata)
    withGuess = beside
    self.strata = strata
    if let without = same.effect, let with = beside.effect {
      change = Change(
        estimate: without.estimate - with.estimate,
        draws: StudyDraws(draws.changes, level: plan.analysis.level))
    } else {
      change = nil
    }
    curve = StudyCurve(strata, guessed, draws, minimum: plan.analysis.smallestStratum)
  }
}
