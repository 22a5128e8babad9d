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
    (
      "kit",
      "code of the kit that was taken, else of the one that is to be; empty where none was, or nobody can say which"
    ),
    ("status", "recorded, recorded-late, open, upcoming or missing"),
    ("delay", "days between the due day and the filling in; empty without a check-in"),
    ("recorded_at", "when the check-in was written, in UTC"),
    (
      "kept",
      "seconds for which the form waited on its device before that; its day is that of the filling in"
    ),
    ("zone", "where the person was then, by the name of the time zone"),
    ("clock", "system, or set by hand"),
    ("guess", "percent that it was not the reference; dk is don't know"),
    ("guess_reason", "what the guess rests on"),
    ("corrections", "how many answers were corrected later, with the scores that follow from them"),
    ("imports", "how many values came from a file later, each in place of a skip"),
    ("deviations", "kinds of departures from the protocol, divided by blanks"),
    ("code_broken", "1 where the slot's code was broken"),
  ]

  private static let eventColumns: [(name: String, meaning: String)] = [
    ("written_at", "when it was written, in UTC"), ("day", "the day on which it was filled in"),
    ("zone", "where the person was then, by the name of the time zone"),
    ("what", "adverse event, deviation, correction or import"),
    ("slot", "number of the slot that it concerns, if any"),
    (
      "kind",
      "of an adverse event how strong it was, and serious where it was; of a deviation its kind; else "
        + "the item"
    ),
    ("words", "the term of the adverse event, or the reason"),
    ("kit", "code of the kit that a deviation names"),
    ("onset", "the day on which an adverse event began"),
    ("action", "what was done about an adverse event"),
    ("outcome", "how an adverse event ended"),
    ("old", "the answer that a correction or an import replaced"),
    ("new", "the answer that counts from then on"),
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
      "\(row.occasion.slot)", row.occasion.day.description,
      row.hasNoDose || row.hasUnknownKit ? "" : row.takenKit.text,
      row.status.rawValue, entry == nil ? "" : "\(row.delay)",
    ]
    let imports = row.corrections.count { isImport($0) }
    cells += [entry?.moment.utc ?? "", entry?.kept.map { "\($0)" } ?? ""]
    cells += [entry?.moment.zone ?? "", clock, guess, row.guess?.reason ?? ""]
    cells += ["\(row.corrections.count - imports)", "\(imports)"]
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

  /// `events.csv`: adverse events, departures, corrections and imports, in the order in which they were written.
  public var events: String {
    var table = CSVText(RecordExport.eventColumns.map(\.name))
    var standing: [Int: [String: Answer]] = [:]
    for entry in entries {
      let time = [entry.moment.utc, entry.day.description, entry.moment.zone]
      switch entry.event {
      case .checkIn(let checkIn): standing[checkIn.slot] = checkIn.answers
      case .adverseEvent(let event):
        let kind = event.severity.rawValue + (event.serious ? " serious" : "")
        table.add(
          time + ["adverse event", "", kind, event.term, "", event.onset.description]
            + [event.action, event.outcome, "", ""])
      case .deviation(let deviation):
        let slot: String = deviation.slot.map { "\($0)" } ?? ""
        table.add(
          time + ["deviation", slot, deviation.kind.rawValue, deviation.reason]
            + [deviation.kit?.text ?? "", "", "", "", "", ""])
      case .correction(let correction):
        let old = standing[correction.slot]?[correction.item]
        standing[correction.slot, default: [:]][correction.item] = correction.answer
        table.add(
          time + [isImport(correction) ? "import" : "correction", "\(correction.slot)"]
            + [correction.item, correction.reason, "", "", "", ""]
            + [RecordExport.cell(old), RecordExport.cell(correction.answer)])
      default: break
      }
    }
    return table.text
  }

  /// An answer in one cell; a skip says so.
  private static func cell(_ answer: Answer?) -> String {
    guard case .skipped(let reason) = answer else { return cells(answer)[0] }
    return "skipped" + (reason.map { ": \($0)" } ?? "")
  }

  /// Whether a value of a file was put in place of a skip; anybody may write such a reason for other items.
  private func isImport(_ correction: Correction) -> Bool {
    manifest.item(correction.item)?.imported != nil
      && correction.reason.hasPrefix(ItemImport.origin)
  }

  /// `dictionary.csv`: what each column of `record.csv` and `events.csv` means.
  public var dictionary: String {
    var table = CSVText([
      "file", "column", "meaning", "answers", "unit", "better", "about", "source",
    ])
    for column in RecordExport.columns {
      table.add(["record.csv", column.name, column.meaning, "", "", "", "", ""])
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
      if let imported = item.imported {
        source = "imported, column \(imported.value)"
        if imported.daysBack > 0 { source += ", \(imported.daysBack) before the day in the file" }
      }
      table.add([
        "record.csv", "item_\(item.name)", item.prompt, item.columnMeaning, unit,
        item.direction == .neither ? "" : item.direction.rawValue, item.recall ?? "", source,
      ])
      let why = "why it was skipped; the word skipped where no reason was given"
      table.add(["record.csv", "skipped_\(item.name)", why, "", "", "", "", ""])
    }
    for column in RecordExport.eventColumns {
      table.add(["events.csv", column.name, column.meaning, "", "", "", "", ""])
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
