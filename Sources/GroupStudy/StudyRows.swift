import TrialDesign
import TrialStatistics

/// The rows of one outcome that have all that its model needs, as plain arrays.
struct StudyRows {
  /// The rows of the table.
  private let kept: [Int]
  let values: [Double]
  let persons: [Int]
  let isActive: [Bool]
  let guesses: [StudyTable.Guess]
  /// The columns of the covariates.
  let covariates: [MixedDesign.Column]
  /// Rows of the set that were left out because the outcome, the arm or a covariate is missing.
  let withoutOutcome, withoutArm, withoutCovariate: Int

  init(_ table: StudyTable, _ outcome: StudyPlan.Outcome) {
    let cells = table.outcomes[outcome.column] ?? []
    let members = table.members[outcome.set.name] ?? []
    var kept: [Int] = []
    var left = (outcome: 0, arm: 0, covariate: 0)
    for row in table.rows.indices where members[row] {
      if cells[row] == nil {
        left.outcome += 1
      } else if table.rows[row].isActive == nil {
        left.arm += 1
      } else if outcome.covariates.contains(where: { table.lacks($0.name, row) }) {
        left.covariate += 1
      } else {
        kept.append(row)
      }
    }
    self.init(table, outcome, kept, left: left)
  }

  private init(
    _ table: StudyTable, _ outcome: StudyPlan.Outcome, _ kept: [Int],
    left: (outcome: Int, arm: Int, covariate: Int)
  ) {
    let cells = table.outcomes[outcome.column] ?? []
    self.kept = kept
    values = kept.map { cells[$0] ?? .nan }
    persons = kept.map { table.rows[$0].person }
    isActive = kept.map { table.rows[$0].isActive == true }
    guesses = kept.map { table.rows[$0].guess }
    covariates = outcome.covariates.flatMap { table.columns($0.name, kept) }
    (withoutOutcome, withoutArm, withoutCovariate) = left
  }

  /// Whether a guess named the second arm; `nil` for "don't know" and no guess.
  var guessedActive: [Bool?] {
    guesses.map { if case .probability(let share) = $0 { share > 0.5 } else { nil } }
  }

  /// The rows in which an arm was named, with columns for the categories that occur among them.
  func named(_ table: StudyTable, _ outcome: StudyPlan.Outcome) -> StudyRows {
    let said = guessedActive
    return StudyRows(
      table, outcome, kept.indices.filter { said[$0] != nil }.map { kept[$0] },
      left: (withoutOutcome, withoutArm, withoutCovariate))
  }

  /// The number of persons.
  var personCount: Int { Set(persons).count }

  /// The persons with one row.
  var single: Int {
    persons.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }.count { $0.value == 1 }
  }

  /// The rows with a guess that named an arm, for the four groups.
  var guessed: [GuessedRows.Row] {
    zip(values.indices, guessedActive).compactMap { row, said in
      said.map {
        GuessedRows.Row(
          person: persons[row], value: values[row], isActive: isActive[row], guessedActive: $0)
      }
    }
  }
}

extension StudyTable {
  fileprivate func lacks(_ covariate: String, _ row: Int) -> Bool {
    switch covariates[covariate] {
    case .numbers(let cells): cells[row] == nil
    case .names(let cells): cells[row] == nil
    case nil: false
    }
  }

  /// A number as it is; categories as one column of 0 and 1 for each but the first that occurs, in
  /// the order of their numbers if all are numbers, else of their letters.
  fileprivate func columns(_ covariate: String, _ rows: [Int]) -> [MixedDesign.Column] {
    switch covariates[covariate] {
    case .numbers(let cells):
      return [MixedDesign.Column(covariate, rows.map { cells[$0] ?? .nan })]
    case .names(let cells):
      let names = Set(rows.compactMap { cells[$0] })
      let numbers = names.compactMap { name in StudyCells.number(name).map { (name, $0) } }
      let ordered =
        numbers.count == names.count
        ? numbers.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0) : names.sorted()
      return ordered.dropFirst().map { name in
        MixedDesign.Column("\(covariate) \(name)", rows.map { cells[$0] == name ? 1 : 0 })
      }
    case nil: return []
    }
  }
}
