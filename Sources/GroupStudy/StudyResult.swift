import BlindRecord
package import TrialDesign
import TrialStatistics

/// The analysis of a study of many persons: what the arm did, and what the guess did.
package struct StudyResult: Encodable, Sendable {
  /// How persons are drawn anew.
  package struct Bootstrap: Encodable, Sendable {
    /// How many times, and from which seed.
    package let replicates: Int
    package let seed: UInt64
  }

  /// The form of the JSON.
  package let format = "selfblind/study/v1"
  /// The program.
  package let program = ProgramVersion.text
  /// The study's title, and the table's file.
  package let title, file: String
  /// The arms, the reference first.
  package let arms: [String]
  /// The plan's choices.
  package let level: Double
  package let likelihood, degrees: String
  package let bootstrap: Bootstrap
  package let smallestStratum: Int
  /// Rows and persons of the table, and rows without an arm.
  package let rows, persons, withoutArm: Int
  /// The guesses by set of rows; sets without a guess have none.
  package let guesses: [StudyGuesses]
  /// The outcomes, the primary one first.
  package let outcomes: [StudyOutcome]
  /// What must stand beside every number that takes the guess into account.
  package let caveat = GuessCurve.caveat

  private enum CodingKeys: String, CodingKey {
    case format, program, title, file, arms, level, likelihood, degrees, bootstrap, smallestStratum
    case rows, persons, withoutArm, guesses, outcomes, caveat
  }

  /// Analyses a table as its plan says.
  ///
  /// - Parameter file: the table's name as the report shows it.
  package init(_ table: StudyTable, plan: StudyPlan, file: String) {
    title = plan.title
    self.file = file
    arms = plan.arms.map(\.name)
    level = plan.analysis.level
    likelihood = plan.analysis.likelihood.rawValue
    degrees = plan.analysis.degrees.rawValue
    bootstrap = Bootstrap(replicates: plan.analysis.replicates, seed: plan.analysis.seed)
    smallestStratum = plan.analysis.smallestStratum
    rows = table.rows.count
    persons = table.persons
    withoutArm = table.rows.count { $0.isActive == nil }
    guesses = plan.sets.compactMap { StudyGuesses(table, $0, plan: plan) }
    outcomes = StudyResult.adjusted(
      plan.outcomes.map { StudyOutcome(table, $0, plan: plan) })
  }

  /// Holm's step-down rule over the outcomes that have a p-value [Holm 1979].
  private static func adjusted(_ outcomes: [StudyOutcome]) -> [StudyOutcome] {
    var outcomes = outcomes
    let known = outcomes.indices.compactMap { place in
      outcomes[place].withoutGuess.effect.map { (place: place, p: $0.p) }
    }.sorted { ($0.p, $0.place) < ($1.p, $1.place) }
    guard known.count > 1 else { return outcomes }
    var least = 0.0
    for (rank, item) in known.enumerated() {
      least = max(least, min(1, Double(known.count - rank) * item.p))
      outcomes[item.place].holm = least
    }
    return outcomes
  }
}
