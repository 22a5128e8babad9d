import BlindRecord
public import TrialDesign

/// A trial that was run elsewhere: a table with the arms in it, and its declared design.
///
/// Another type than an unblinding on purpose: nothing here was sealed by this program, and every
/// report of it says so. The columns are `slot` (1, 2, …), `arm`, one column for each outcome, and
/// an optional `guess` (the probability that the slot was not the reference; `dk` is "don't know",
/// empty is not asked). An empty outcome is missing.
public struct DeclaredRecord: Sendable {
  /// The data file's name.
  public let file: String
  /// The outcome that is analysed as primary.
  let outcome: OutcomeSeries
  /// The further outcomes that the design tests together with it.
  let alsoTested: [OutcomeSeries]
  /// The other outcomes.
  let others: [OutcomeSeries]
  /// A guess for each slot.
  let guesses: [SlotLine.Guess]
  /// Scheme, assignment and plan.
  let input: AnalysisInput

  /// Puts together what was read and checked.
  init(
    file: String, outcome: OutcomeSeries, alsoTested: [OutcomeSeries], others: [OutcomeSeries],
    guesses: [SlotLine.Guess], input: AnalysisInput
  ) {
    self.file = file
    self.outcome = outcome
    self.alsoTested = alsoTested
    self.others = others
    self.guesses = guesses
    self.input = input
  }

  /// The outcomes of the plan, the primary one first.
  var tested: [OutcomeSeries] { [outcome] + alsoTested }

  /// Every slot, as far as an open data set knows it.
  var slotLines: [SlotLine] {
    let kept = input.scheme.keptSlots
    return input.observed.indices.map { slot in
      SlotLine(
        slot: slot + 1, day: nil, kit: nil, arm: input.observed[slot], otherKit: nil,
        otherArm: nil, status: nil, delay: 0, kept: kept[slot], value: outcome.values[slot],
        guess: guesses[slot], block: input.blockIndex(slot), corrections: 0, deviations: [],
        hasNoDose: false, codeBroken: false, revealedBy: nil, guessedKnowing: false,
        ratedKnowing: false)
    }
  }

  /// What was found, and what was expected, where no comparison of the primary outcome can be made.
  func untestable(_ primary: OutcomeResult) -> (found: String, expected: String)? {
    guard let failed = primary.contrasts.first, primary.contrasts.allSatisfy({ $0.test == nil })
    else { return nil }
    let isEmpty = [0, failed.arm].contains { primary.arms[$0].count == 0 }
    let both = input.arms.count == 2 ? "both arms" : "each arm"
    return (
      failed.note ?? "no analysis",
      isEmpty
        ? "numbers of \(quoted(primary.name)) under \(both)"
        : "numbers of \(quoted(primary.name)) that the planned test can be made of"
    )
  }

  /// Reads the table against its design.
  ///
  /// - Parameters:
  ///   - csv: the bytes of the table.
  ///   - csvName: the file's name, for the faults.
  ///   - design: arms, scheme and analysis.
  ///   - outcome: the column to analyse; `nil` takes the one that the design names, else the first
  ///     outcome column of the header.
  /// - Throws: `RecordFault` naming file and line.
  public init(csv: [UInt8], csvName: String, design: OpenDesign, outcome: String?) throws {
    let named = outcome ?? (design.plan.outcome.isEmpty ? nil : design.plan.outcome)
    let table = try CSVTable(bytes: csv, file: csvName)
    let columns = try DeclaredColumns(table, outcome: named)
    try columns.checkSlots(design.scheme.slotCount)
    let observed = try columns.arms(design.arms.map(\.name))
    file = csvName
    self.outcome = try columns.series(columns.primary)
    // Another column than the design's as primary is another analysis: then nothing is joined.
    let isPlanned = outcome == nil || outcome == design.plan.outcome
    let also = try isPlanned ? design.plan.alsoTested.map(columns.place) : []
    if let twice = also.first(where: { $0 == columns.primary }) {
      throw RecordFault(
        csvName, 1, found: "\(quoted(table.header[twice])) as the outcome and in alsoTested",
        expected: "every outcome once",
        hint: "name the outcome in the design, or leave it out there")
    }
    alsoTested = try also.map(columns.series)
    others = try columns.outcomes.filter { $0 != columns.primary && !also.contains($0) }
      .map(columns.series)
    guesses = try columns.guesses()
    input = AnalysisInput(
      arms: design.arms, scheme: design.scheme, automaton: design.automaton, observed: observed,
      plan: design.plan, days: nil)
    if let slot = input.automaton.contains(Assignment(arms: observed)) {
      let row = table.rows[min(slot, table.rows.count - 1)]
      throw RecordFault(
        csvName, row.line,
        found: "slot \(slot + 1) under \(quoted(input.arms[observed[slot]]))",
        expected: "an assignment that the scheme \(design.scheme.name) can give",
        hint: "slot \(slot + 1) is the first that cannot be; is it the design of this trial?")
    }
  }
}

/// The columns of an open data set, read one after the other.
private struct DeclaredColumns {
  let table: CSVTable
  /// The outcome columns.
  let outcomes: [Int]
  /// The one that is analysed as primary.
  private(set) var primary: Int

  private let slot: Int
  private let arm: Int
  private let guess: Int?

  init(_ table: CSVTable, outcome: String?) throws(RecordFault) {
    func column(_ name: String) throws(RecordFault) -> Int {
      guard let place = table.header.firstIndex(of: name) else {
        throw RecordFault(
          table.file, 1, found: "the columns \(table.header.joined(separator: ", "))",
          expected: "a column \(name)")
      }
      return place
    }
    self.table = table
    slot = try column("slot")
    arm = try column("arm")
    guess = table.header.firstIndex(of: "guess")
    let named = [slot, arm, guess]
    let outcomes = table.header.indices.filter { !named.contains($0) }
    guard let first = outcomes.first else {
      throw RecordFault(
        table.file, 1, found: "no outcome", expected: "a column with numbers beside slot and arm")
    }
    self.outcomes = outcomes
    guard let outcome else {
      primary = first
      return
    }
    primary = first
    primary = try place(outcome)
  }

  /// The column of an outcome.
  func place(_ outcome: String) throws(RecordFault) -> Int {
    guard let place = outcomes.first(where: { table.header[$0] == outcome }) else {
      let names = outcomes.map { table.header[$0] }.joined(separator: ", ")
      throw RecordFault(
        table.file, 1, found: "no outcome \(quoted(outcome))", expected: "one of \(names)")
    }
    return place
  }

  /// Slots are 1, 2, … without a gap, as many as the design has.
  func checkSlots(_ count: Int) throws(RecordFault) {
    for (place, row) in table.rows.enumerated() {
      let text = trimmed(row.cells[slot])
      guard let number = Int(text), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
        throw RecordFault(
          table.file, row.line, found: "\(quoted(text)) as slot", expected: "\(place + 1)")
      }
      guard number == place + 1 else {
        throw RecordFault(
          table.file, row.line, found: "slot \(number)", expected: "slot \(place + 1)",
          hint: "one row for each slot, in order; a missed slot is a row with empty cells")
      }
      guard number <= count else {
        throw RecordFault(
          table.file, row.line, found: "slot \(number)",
          expected: "\(count) slots, as the design has")
      }
    }
    guard table.rows.count == count else {
      throw RecordFault(
        table.file, table.rows.last?.line ?? 1, found: counted(table.rows.count, "slot"),
        expected: "\(count), as the design has")
    }
  }

  func arms(_ names: [String]) throws(RecordFault) -> [Int] {
    var arms: [Int] = []
    for row in table.rows {
      let text = trimmed(row.cells[arm])
      guard let place = names.firstIndex(of: text) else {
        throw RecordFault(
          table.file, row.line, found: "the arm \(quoted(text))",
          expected: names.joined(separator: " or "))
      }
      arms.append(place)
    }
    return arms
  }

  func series(_ column: Int) throws(RecordFault) -> OutcomeSeries {
    var cells: [ExactDecimal?] = []
    for row in table.rows {
      let text = trimmed(row.cells[column])
      guard !text.isEmpty else {
        cells.append(nil)
        continue
      }
      guard let number = ExactDecimal(text) else {
        throw RecordFault(
          table.file, row.line, found: "\(quoted(text)) as \(table.header[column])",
          expected: "a number, or nothing where it is missing",
          hint: (Double(text)?.isFinite ?? false)
            ? "numbers from 1e-50 to 1e50 in size are taken; choose another unit"
            : "leave the cell empty where there is no rating")
      }
      cells.append(number)
    }
    return OutcomeSeries(name: table.header[column], cells: cells)
  }

  func guesses() throws(RecordFault) -> [SlotLine.Guess] {
    guard let guess else { return table.rows.map { _ in .none } }
    var guesses: [SlotLine.Guess] = []
    for row in table.rows {
      let text = trimmed(row.cells[guess])
      switch text {
      case "": guesses.append(.none)
      case "dk": guesses.append(.unknown)
      default:
        guard let number = ExactDecimal(text), (0...1).contains(number.value) else {
          throw RecordFault(
            table.file, row.line, found: "\(quoted(text)) as guess",
            expected: "a probability from 0 to 1, dk, or nothing")
        }
        guesses.append(.probability(number.value))
      }
    }
    return guesses
  }
}
