package import BlindRecord
import MerkleLog

/// Measurements from a file, put where the protocol says: each value a correction of the skip that stands for
/// it.
///
/// Running it again changes nothing: a value that is recorded is left as it is.
package struct MeasurementImport: Sendable {
  /// What became of one value.
  package enum Fate: Hashable, Sendable {
    /// Recorded; the index of its entry, and the answer as it was taken.
    case recorded(entry: Int, Answer, rounded: Bool)
    /// It would be recorded.
    case wouldBe(Answer, rounded: Bool)
    /// It is recorded already.
    case unchanged
    /// The cell is empty.
    case empty
    /// The trial has no slot on that day, or so many days back as the protocol says.
    case noSlot
    /// The slot has no check-in, so nothing stands for it; its status says whether one can still come.
    case noCheckIn(slot: Int, SlotRecord.Status)
    /// Not a day, or not an answer that the item can have.
    case unfit(String)
    /// The same day stands in the file before, with another value.
    case twice
  }

  /// A value of the file and its fate.
  package struct Line: Hashable, Sendable {
    /// The line of the file, from 1.
    package let line: Int
    /// The day as it stands there.
    package let day: String
    /// The item.
    package let item: String
    /// What became of it.
    package let fate: Fate
  }

  private let journal: Journal
  private let table: CSVTable
  /// Where cells are divided by semicolons, numbers have a decimal comma.
  private let hasSemicolons: Bool
  private let items: [Item]

  /// An import.
  ///
  /// - Parameter file: the file's name, for the reasons that are recorded and for errors.
  /// - Throws: `RecordFault` for a file that is no table, or has none of the columns that the protocol names.
  package init(_ bytes: [UInt8], file: String, into journal: Journal) throws(RecordFault) {
    self.journal = journal
    hasSemicolons = CSVTable.hasSemicolons(bytes)
    table = try CSVTable(
      bytes: bytes, file: file, separator: UInt8(ascii: hasSemicolons ? ";" : ","))
    let header = table.header
    let named = journal.manifest.items.filter { $0.imported != nil }
    items = named.filter { item in
      [item.imported?.day, item.imported?.value].allSatisfy { $0.map(header.contains) ?? false }
    }
    guard !items.isEmpty else {
      let pairs = named.compactMap { item in
        item.imported.map { "\"\($0.day)\" and \"\($0.value)\"" }
      }
      throw RecordFault(
        file, 1, found: "the columns \(header.joined(separator: ", "))",
        expected: pairs.isEmpty
          ? "a protocol with an item that has import" : pairs.joined(separator: ", or "))
    }
  }

  /// Takes every value of the file, in its order.
  ///
  /// - Parameter isTrial: says what would happen and records nothing.
  /// - Throws: where the journal cannot be read or written.
  package func run(clock: WallClock, isTrial: Bool = false) throws -> [Line] {
    var lines: [Line] = []
    for item in items {
      guard let imported = item.imported,
        let dayColumn = table.header.firstIndex(of: imported.day),
        let column = table.header.firstIndex(of: imported.value)
      else { continue }
      var seen: [CalendarDay: String] = [:]
      for row in table.rows {
        let (day, value) = (trimmed(row.cells[dayColumn]), trimmed(row.cells[column]))
        lines.append(
          Line(
            line: row.line, day: day, item: item.name,
            fate: try fate(of: value, on: day, item, row.line, &seen, clock, isTrial)))
      }
    }
    return lines
  }

  private func fate(
    of value: String, on text: String, _ item: Item, _ line: Int,
    _ seen: inout [CalendarDay: String], _ clock: WallClock, _ isTrial: Bool
  ) throws -> Fate {
    guard let day = MeasurementImport.day(text) else {
      return .unfit("found the day \(quoted(text)), expected YYYY-MM-DD or DD.MM.YYYY")
    }
    if value.isEmpty { return .empty }
    if let earlier = seen[day] { return earlier == value ? .unchanged : .twice }
    let rows = try journal.rows(today: clock.now.day)
    let slotDay = day.advanced(by: -(item.imported?.daysBack ?? 0))
    guard let row = rows.first(where: { $0.occasion.day == slotDay }) else { return .noSlot }
    guard row.status == .recorded || row.status == .recordedLate else {
      return .noCheckIn(slot: row.occasion.slot, row.status)
    }
    let number = hasSemicolons && item.isNumeric ? value.replacing(",", with: ".") : value
    let (typed, rounded) = MeasurementImport.fitted(number, to: item)
    let answer: Answer
    do { answer = try item.answer(typed) } catch {
      return .unfit("found \(error.found), expected \(error.expected)")
    }
    seen[day] = value
    // What the same value made before stays as it is, also where it was corrected by hand since.
    let before = row.corrections.last {
      $0.item == item.name && $0.reason.hasPrefix(ItemImport.origin)
    }
    if row.answers[item.name] == answer || before?.answer == answer { return .unchanged }
    if isTrial { return .wouldBe(answer, rounded: rounded) }
    let receipt = try journal.append(
      Correction(
        slot: row.occasion.slot, item: item.name, answer: answer,
        reason: "\(ItemImport.origin)\(table.file), line \(line)"), clock: clock)
    return .recorded(entry: receipt.index, answer, rounded: rounded)
  }

  /// The day of a cell: ISO 8601, also with a time behind it, or with points, day first.
  static func day(_ text: String) -> CalendarDay? {
    if let day = CalendarDay(text.prefix(10)) {
      let rest = text.dropFirst(10)
      return rest.isEmpty || rest.first == "T" || rest.first == " " ? day : nil
    }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let day = Int(parts[0]), let month = Int(parts[1]),
      parts[2].utf8.count == 4, let year = Int(parts[2])
    else { return nil }
    return CalendarDay(year: year, month: month, day: day)
  }

  /// A number with the item's decimals: devices write more digits than anybody asked for.
  static func fitted(_ value: String, to item: Item) -> (text: String, rounded: Bool) {
    guard case .number(_, _, let decimals, _) = item.kind, item.face == nil,
      let number = DecimalNumber(value), number.decimals > decimals
    else { return (value, false) }
    var step = 1
    for _ in decimals..<number.decimals { step *= 10 }
    let magnitude = (abs(number.units) + step / 2) / step
    let units = number.units < 0 ? -magnitude : magnitude
    return (DecimalNumber(units: units, decimals: decimals).description, true)
  }
}
