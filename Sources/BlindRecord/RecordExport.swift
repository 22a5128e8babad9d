import FoundationEssentials

/// The blinded record as tables and as one JSON object, with a data dictionary.
///
/// It can name no arm: it is made of what the recorder knows.
public struct RecordExport: Sendable {
  private let manifest: Manifest
  private let entries: [JournalEntry]
  private let rows: [SlotRecord]

  /// The record as it stands.
  ///
  /// - Parameter today: the day to judge open and missing slots by; `nil` for a locked record.
  public init(_ manifest: Manifest, entries: [JournalEntry], today: CalendarDay?) {
    self.manifest = manifest
    self.entries = entries
    rows = SlotRecord.rows(of: manifest.schedule, entries: entries, today: today)
  }

  private static let columns: [(name: String, meaning: String)] = [
    ("slot", "number of the slot, from 1"), ("day", "the day on which it was due"),
    ("kit", "code of the kit that was taken, else of the scheduled one"),
    ("status", "recorded, recorded-late, open, upcoming or missing"),
    ("delay", "days between the due day and the check-in"),
    ("recorded_at", "when the check-in was written, in UTC"),
    ("zone", "where the person was then, by the name of the time zone"),
    ("clock", "system, or set by hand"),
    ("guess", "percent that it was not the reference; dk is don't know"),
    ("guess_reason", "what the guess rests on"),
    ("corrections", "how many answers were corrected later"),
    ("deviations", "kinds of departures from the protocol, divided by blanks"),
    ("code_broken", "1 where the slot's code was broken"),
  ]

  /// `record.csv`, with one line for each slot.
  ///
  /// A skipped answer is empty, its reason in a column of its own.
  public var record: String {
    var table = CSVText(
      RecordExport.columns.map(\.name)
        + manifest.items.flatMap { ["item_\($0.name)", "skipped_\($0.name)"] })
    for row in rows { table.add(cells(row)) }
    return table.text
  }

  private func cells(_ row: SlotRecord) -> [String] {
    let entry = entries.first {
      if case .checkIn(let made) = $0.event { made.slot == row.occasion.slot } else { false }
    }
    let clock: String = entry.map { $0.clockIsSet ? "set" : "system" } ?? ""
    let guess: String = row.guess.map { $0.percent.map { "\($0)" } ?? "dk" } ?? ""
    let kinds: [String] = row.deviations.map(\.kind.rawValue)
    var cells: [String] = [
      "\(row.occasion.slot)", row.occasion.day.description, (row.kit ?? row.occasion.kit).text,
      row.status.rawValue, "\(row.delay)",
    ]
    cells += [entry?.moment.utc ?? "", entry?.moment.zone ?? "", clock]
    cells += [guess, row.guess?.reason ?? "", "\(row.corrections.count)"]
    cells += [kinds.joined(separator: " "), CSVText.flag(row.codeBroken)]
    for item in manifest.items { cells += RecordExport.cells(row.answers[item.name]) }
    return cells
  }

  private static func cells(_ answer: Answer?) -> [String] {
    switch answer {
    case .number(let number): [number.description, ""]
    case .choice(let text), .text(let text): [text, ""]
    case .choices(let texts): [texts.joined(separator: "; "), ""]
    case .skipped(let reason): ["", reason ?? "skipped"]
    case nil: ["", ""]
    }
  }

  /// `events.csv`: adverse events, departures and corrections, in the order in which they were written.
  public var events: String {
    var table = CSVText(["written_at", "what", "slot", "kind", "words", "more"])
    for entry in entries {
      guard let cells = RecordExport.cells(of: entry.event) else { continue }
      table.add([entry.moment.utc] + cells)
    }
    return table.text
  }

  private static func cells(of event: JournalEntry.Event) -> [String]? {
    switch event {
    case .adverseEvent(let event):
      let kind = event.severity.rawValue + (event.serious ? " serious" : "")
      let more = ["onset \(event.onset)", event.action, event.outcome].filter { !$0.isEmpty }
      return ["adverse event", "", kind, event.term, more.joined(separator: "; ")]
    case .deviation(let deviation):
      let slot: String = deviation.slot.map { "\($0)" } ?? ""
      return [
        "deviation", slot, deviation.kind.rawValue, deviation.reason, deviation.kit?.text ?? "",
      ]
    case .correction(let correction):
      let answer = cells(correction.answer).first { !$0.isEmpty } ?? ""
      return [
        "correction", "\(correction.slot)", correction.item, correction.reason, answer,
      ]
    default: return nil
    }
  }

  /// `dictionary.csv`: what each column of `record.csv` means.
  public var dictionary: String {
    var table = CSVText(["column", "meaning", "answers", "unit", "better", "about", "source"])
    for column in RecordExport.columns {
      table.add([column.name, column.meaning, "", "", "", "", ""])
    }
    for item in manifest.items {
      var unit = ""
      if case .number(_, _, _, let given?) = item.kind { unit = given }
      var source = item.score?.source ?? ""
      if let score = item.score {
        let turned =
          score.reversed.isEmpty ? "" : ", reversed " + score.reversed.joined(separator: " ")
        source =
          "\(score.method.rawValue) of \(score.items.joined(separator: " "))\(turned); \(source)"
      }
      if let imported = item.imported { source = "imported, column \(imported.value)" }
      table.add([
        "item_\(item.name)", item.prompt, item.expectation, unit,
        item.direction == .neither ? "" : item.direction.rawValue, item.recall ?? "", source,
      ])
      table.add(["skipped_\(item.name)", "why it was skipped", "", "", "", "", ""])
    }
    return table.text
  }

  /// `record.json`: the trial, its form, and every entry as it was written.
  ///
  /// - Throws: what encoding throws.
  public func json() throws -> String {
    struct Whole: Encodable {
      let trial, title, zone: String
      let items: [Item]
      let guess: String?
      let occasions: [Occasion]
      let entries: [JournalEntry]
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let whole = Whole(
      trial: manifest.trial, title: manifest.title, zone: manifest.zone, items: manifest.items,
      guess: manifest.guessPrompt,
      occasions: manifest.schedule.packed(by: entries).occasions, entries: entries)
    return String(decoding: try encoder.encode(whole), as: UTF8.self) + "\n"
  }
}
