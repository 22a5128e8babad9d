import BlindRecord
public import TrialStatistics

/// Ratings of ordinary days before a trial: how a person's outcome varies by itself.
///
/// A table with one row per day, a column of numbers, and if you like a column `day` (YYYY-MM-DD). An
/// empty cell is missing. Rows without days are consecutive days.
public struct RunIn: Sendable {
  /// The column that was read.
  public let column: String
  /// What is known of the noise.
  public let estimate: NoiseEstimate
  private let file: String
  private let rated: [Double]

  /// - Parameters:
  ///   - name: the column; `nil` for the one named `outcome`, else the only one.
  ///   - outcome: the protocol's outcome.
  /// - Throws: `RecordFault` naming file and line, `PlanningFault` where too little can be estimated.
  public init(csv: [UInt8], file: String, column name: String?, outcome: String) throws {
    let table = try CSVTable(bytes: csv, file: file)
    let place = try RunIn.place(table, name, outcome)
    column = table.header[place]
    let values = try RunIn.values(table, place)
    let days = try RunIn.days(table)
    let rated = values.compactMap { $0 }
    let fewest = NoiseEstimate.fewest
    guard rated.count >= fewest else {
      throw PlanningFault(
        "\(file): found \(counted(rated.count, "rating")) of \(column), expected at least \(fewest)",
        hint: "rate for two to three weeks before planning; from a few days neither the standard "
          + "deviation nor the autocorrelation can be told")
    }
    guard Set(rated).count > 1 else {
      throw PlanningFault(
        "\(file): found the same rating on all \(rated.count) days, expected some that differ",
        hint: "an item that never moves shows no effect either: choose one with a finer scale")
    }
    guard let estimate = NoiseEstimate(values: values, days: days) else {
      throw PlanningFault(
        "\(file): found ratings of \(column) that fit no noise, expected some that vary from day to "
          + "day")
    }
    // At the bound of the noise's model its standard deviation says nothing of the ratings' own.
    guard estimate.autocorrelation.median > -0.9 else {
      let sd = ShownNumber.text(RunIn.sd(rated), digits: 2)
      throw PlanningFault(
        "\(file): found ratings of \(column) that swing up and down from one day to the next, expected "
          + "noise with a correlation above -0.9",
        hint:
          "look for a cause first, such as a habit every other day, and rate more days; or plan "
          + "with --sd \(sd) --autocorrelation 0, the ratings' own standard deviation")
    }
    self.estimate = estimate
    self.file = file
    self.rated = rated
  }

  /// Refuses ratings that the item of the protocol could not have.
  ///
  /// - Throws: `PlanningFault` with the first of them.
  public func check(within range: ClosedRange<Double>) throws(PlanningFault) {
    guard let value = rated.first(where: { !range.contains($0) }) else { return }
    throw PlanningFault(
      "\(file): found \(ShownNumber.text(value)) as \(column), expected ratings from "
        + "\(ShownNumber.text(range.lowerBound)) to \(ShownNumber.text(range.upperBound)), as the "
        + "protocol asks for them",
      hint: "name another column with --column, or rate on the protocol's own scale")
  }

  private static func sd(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(max(1, values.count - 1))).squareRoot()
  }

  private static func place(
    _ table: CSVTable, _ name: String?, _ outcome: String
  ) throws(RecordFault) -> Int {
    let columns = table.header.indices.filter { table.header[$0] != "day" }
    let wanted = name ?? outcome
    if let place = columns.first(where: { table.header[$0] == wanted }) { return place }
    if name == nil, columns.count == 1 { return columns[0] }
    let names = columns.map { table.header[$0] }.joined(separator: ", ")
    throw RecordFault(
      table.file, 1, found: "no column \(quoted(wanted))",
      expected: names.isEmpty ? "a column with numbers" : "one of \(names)",
      hint: "name the column with --column")
  }

  private static func values(_ table: CSVTable, _ place: Int) throws(RecordFault) -> [Double?] {
    var values: [Double?] = []
    for row in table.rows {
      let text = trimmed(row.cells[place])
      guard !text.isEmpty else {
        values.append(nil)
        continue
      }
      guard let number = ExactDecimal(text) else {
        throw RecordFault(
          table.file, row.line, found: "\(quoted(text)) as \(table.header[place])",
          expected: "a number, or nothing where it is missing")
      }
      values.append(number.value)
    }
    return values
  }

  private static func days(_ table: CSVTable) throws(RecordFault) -> [Int]? {
    guard let place = table.header.firstIndex(of: "day") else { return nil }
    var days: [Int] = []
    for row in table.rows {
      let text = trimmed(row.cells[place])
      guard let day = CalendarDay(text) else {
        throw RecordFault(
          table.file, row.line, found: "\(quoted(text)) as day", expected: "a day as YYYY-MM-DD")
      }
      if let last = days.last, day.ordinal <= last {
        throw RecordFault(
          table.file, row.line, found: "the day \(day)", expected: "days that follow each other")
      }
      days.append(day.ordinal)
    }
    return days
  }
}
