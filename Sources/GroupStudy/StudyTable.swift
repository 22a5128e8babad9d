package import BlindRecord
package import TrialDesign

/// The table of a study, read against its plan: one row per person and occasion.
///
/// Cells are trimmed. A row without an arm takes no part and is counted; so is, for each outcome, a
/// row without it or without one of its covariates.
package struct StudyTable: Sendable {
  /// What was said about a row before any reveal.
  package enum Guess: Hashable, Sendable {
    /// Nobody asked, or nobody answered.
    case none
    /// "Don't know".
    case unknown
    /// The probability of the second arm; 0 or 1 where an arm was named.
    case probability(Double)
  }

  /// One row.
  package struct Row: Hashable, Sendable {
    /// The line of the file.
    package let line: Int
    /// The person, counted from 0 in the order of their first rows.
    package let person: Int
    /// Whether the row is of the second arm; `nil` where it is not said.
    package let isActive: Bool?
    /// The guess.
    package let guess: Guess
  }

  /// The cells of a covariate.
  enum Cells: Sendable {
    case numbers([Double?])
    case names([String?])
  }

  /// The rows, in the order of the file.
  package let rows: [Row]
  /// The number of persons.
  package let persons: Int
  /// The outcomes by column.
  let outcomes: [String: [Double?]]
  /// The covariates by column.
  let covariates: [String: Cells]
  /// Which rows belong to a set, by the set's name.
  let members: [String: [Bool]]

  /// Reads the table.
  ///
  /// - Parameter name: the file as it is to be named in faults.
  /// - Throws: `RecordFault` with the line, what was found and what was expected.
  package init(csv: [UInt8], name: String, plan: StudyPlan) throws(RecordFault) {
    let table = try CSVTable(bytes: csv, file: name)
    let cells = StudyCells(table: table, missing: plan.columns.missing)
    guard !table.rows.isEmpty else {
      throw RecordFault(name, 1, found: "a header and no row", expected: "rows below it")
    }
    let people = try cells.persons(plan.columns.person)
    let arms = try cells.arms(plan.columns.arm, names: plan.arms.map(\.name))
    let guesses = try cells.guesses(plan.columns.guess, names: plan.arms.map(\.name))
    try cells.checkOccasions(plan.columns.occasion, persons: people)
    rows = table.rows.indices.map {
      Row(line: table.rows[$0].line, person: people[$0], isActive: arms[$0], guess: guesses[$0])
    }
    persons = (people.max() ?? -1) + 1
    var outcomes: [String: [Double?]] = [:]
    var covariates: [String: Cells] = [:]
    for outcome in plan.outcomes {
      if outcomes[outcome.column] == nil {
        outcomes[outcome.column] = try cells.numbers(outcome.column)
      }
      for covariate in outcome.covariates where covariates[covariate.name] == nil {
        switch covariate.kind {
        case .number: covariates[covariate.name] = .numbers(try cells.numbers(covariate.name))
        case .categories: covariates[covariate.name] = .names(try cells.names(covariate.name))
        }
      }
    }
    self.outcomes = outcomes
    self.covariates = covariates
    var members: [String: [Bool]] = [:]
    for set in plan.sets { members[set.name] = try cells.members(of: set) }
    self.members = members
  }
}
