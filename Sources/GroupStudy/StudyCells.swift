import BlindRecord
import TrialDesign

/// Reads the columns of a study's table one after the other.
struct StudyCells {
  let table: CSVTable
  /// Texts that mean "missing", beside the empty one.
  let missing: [String]

  private func place(_ name: String) throws(RecordFault) -> Int {
    guard let place = table.header.firstIndex(of: name) else {
      throw RecordFault(
        table.file, 1,
        found: "the columns \(table.header.map { quoted($0) }.joined(separator: ", "))",
        expected: "a column \(quoted(name))",
        hint: "the plan names it; names of columns are compared letter by letter")
    }
    return place
  }

  /// The trimmed texts of a column; `nil` where one is missing.
  func names(_ column: String) throws(RecordFault) -> [String?] {
    let place = try place(column)
    return table.rows.map { row in
      let text = trimmed(row.cells[place])
      return text.isEmpty || missing.contains(text) ? nil : text
    }
  }

  /// The numbers of a column; `nil` where one is missing.
  func numbers(_ column: String) throws(RecordFault) -> [Double?] {
    var numbers: [Double?] = []
    for (place, text) in try names(column).enumerated() {
      guard let text else {
        numbers.append(nil)
        continue
      }
      guard let number = StudyCells.number(text) else {
        throw RecordFault(
          table.file, table.rows[place].line, found: "\(quoted(text)) as \(column)",
          expected: "a number, or nothing where it is missing",
          hint: text.contains(",")
            ? "write decimals with a point"
            : "columns: {missing: [\(quoted(text))]} in the plan makes it a missing one")
      }
      numbers.append(number)
    }
    return numbers
  }

  /// A finite number of ordinary size in plain or scientific decimals.
  static func number(_ text: String) -> Double? {
    let signs = Set("0123456789+-.eE".utf8)
    guard text.utf8.allSatisfy(signs.contains), let number = Double(text), number.isFinite,
      number == 0 || (1e-50...1e50).contains(number.magnitude)
    else { return nil }
    return number
  }

  /// The person of each row, counted from 0 in the order of their first rows.
  func persons(_ column: String) throws(RecordFault) -> [Int] {
    var places: [String: Int] = [:]
    var persons: [Int] = []
    for (row, text) in try names(column).enumerated() {
      guard let text else {
        throw RecordFault(
          table.file, table.rows[row].line, found: "a row without \(column)",
          expected: "the person of every row",
          hint: "rows of one person hang together, so a row of nobody cannot be used")
      }
      let place = places[text] ?? places.count
      places[text] = place
      persons.append(place)
    }
    return persons
  }

  /// Whether each row is of the second arm; `nil` where it is missing.
  func arms(_ column: String, names arms: [String]) throws(RecordFault) -> [Bool?] {
    var result: [Bool?] = []
    for (row, text) in try names(column).enumerated() {
      guard let text else {
        result.append(nil)
        continue
      }
      guard let arm = arms.firstIndex(of: text) else {
        throw RecordFault(
          table.file, table.rows[row].line, found: "the arm \(quoted(text))",
          expected: arms.joined(separator: " or "))
      }
      result.append(arm == 1)
    }
    return result
  }

  func guesses(_ column: String?, names arms: [String]) throws(RecordFault) -> [StudyTable.Guess] {
    guard let column else { return table.rows.map { _ in .none } }
    var result: [StudyTable.Guess] = []
    for (row, text) in try names(column).enumerated() {
      switch text {
      case nil: result.append(.none)
      case arms[0]: result.append(.probability(0))
      case arms[1]: result.append(.probability(1))
      case "dk": result.append(.unknown)
      case let text?:
        guard let number = StudyCells.number(text), (0...1).contains(number) else {
          throw RecordFault(
            table.file, table.rows[row].line, found: "the guess \(quoted(text))",
            expected: "\(arms.joined(separator: ", ")), dk, a probability from 0 to 1 that it was "
              + "\(arms[1]), or nothing")
        }
        result.append(number == 0.5 ? .unknown : .probability(number))
      }
    }
    return result
  }

  /// Refuses two rows of one person at one occasion: one of them would be counted twice.
  func checkOccasions(_ columns: [String], persons: [Int]) throws(RecordFault) {
    guard !columns.isEmpty else { return }
    let places = try columns.map { column throws(RecordFault) in try place(column) }
    var seen: [[String]: Int] = [:]
    for (row, person) in persons.enumerated() {
      let cells = places.map { trimmed(table.rows[row].cells[$0]) }
      let key = [String(person)] + cells
      if let line = seen[key] {
        let occasion = zip(columns, cells).map { "\($0) \(quoted($1))" }.joined(separator: ", ")
        throw RecordFault(
          table.file, table.rows[row].line,
          found: "\(occasion) of this person again, after line \(line)",
          expected: "one row for each person and occasion")
      }
      seen[key] = table.rows[row].line
    }
  }

  /// Which rows meet all conditions of a set.
  func members(of set: StudyPlan.RowSet) throws(RecordFault) -> [Bool] {
    var members = table.rows.map { _ in true }
    for condition in set.conditions {
      let place = try place(condition.column)
      for row in members.indices where members[row] {
        members[row] = condition.values.contains(trimmed(table.rows[row].cells[place]))
      }
    }
    guard members.contains(true) else {
      let wanted = set.conditions.map {
        "\($0.column): \($0.values.map { quoted($0) }.joined(separator: " or "))"
      }
      throw RecordFault(
        table.file, table.rows.last?.line ?? 1, found: "no row in the set \(quoted(set.name))",
        expected: "rows with \(wanted.joined(separator: ", "))")
    }
    return members
  }
}
