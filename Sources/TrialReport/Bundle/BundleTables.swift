import BlindRecord
import TrialAnalysis
import TrialDesign

/// The record as tidy tables: one row for each slot, event or deviation, one column for each variable.
struct BundleTables {
  private let result: TrialResult
  private let design: TrialProtocol
  private let rows: [SlotRecord]

  init(_ result: TrialResult, design: TrialProtocol, record: LockedRecord) {
    self.result = result
    self.design = design
    rows = SlotRecord.rows(of: record.manifest.schedule, entries: record.entries, today: nil)
  }

  /// The columns beside the items, with what they hold.
  private static let columns: [(name: String, meaning: String)] = [
    ("slot", "number of the slot, from 1"),
    ("day", "due day, YYYY-MM-DD"),
    ("block", "number of the block of the scheme, from 1; runs of seven slots where it has none"),
    ("arm", "the arm that the sealed schedule gave"),
    ("kit", "code of the scheduled kit"),
    ("other_kit", "code of the kit that was taken instead; empty where none was"),
    ("other_arm", "what that kit held; empty where it was none of the trial's"),
    (
      "status",
      "recorded, recorded-late, missing; upcoming where the record was locked before its day"
    ),
    ("delay", "days between the due day and the check-in"),
    ("in_design", "1 where the design keeps the slot in the endpoint, 0 in a washout"),
    ("in_analysis", "1 where the slot is in the primary analysis"),
    ("guess", "stated probability, 0 to 1, that the slot was not the reference; dk is don't know"),
    ("guess_reason", "what the guess rested on, where that was written down"),
    ("guess_is_blind", "0 where a code break had made the arm certain before the guess"),
    ("rating_is_blind", "0 where a code break had made the arm certain before the rating"),
    ("code_broken", "1 where the code of the slot was broken"),
    ("corrections", "how often an answer of the slot was corrected; the last answer counts"),
    ("deviations", "kinds of the deviations recorded for the slot, with blanks between"),
    (
      "skipped",
      "items that were left unanswered on purpose, each with its reason where one was given"
    ),
  ]

  /// `data/slots.csv`.
  var slots: String {
    var table = CSVText(
      BundleTables.columns.map(\.name) + design.items.map { "item_\($0.name)" })
    for (line, row) in zip(result.slots, rows) {
      table.add(cells(line, row) + design.items.map { BundleTables.text(row.answers[$0.name]) })
    }
    return table.text
  }

  private func cells(_ line: SlotLine, _ row: SlotRecord) -> [String] {
    let guess =
      switch line.guess {
      case .none: ""
      case .unknown: "dk"
      case .probability(let share): CSVText.number(share)
      }
    return [
      "\(line.slot)", line.day?.description ?? "", "\(line.block + 1)", result.arms[line.arm],
      line.kit ?? "", line.otherKit ?? "", line.otherArm.map { result.arms[$0] } ?? "",
      line.status?.rawValue ?? "", "\(line.delay)", CSVText.flag(line.kept),
      CSVText.flag(line.isAnalysed), guess, row.guess?.reason ?? "",
      CSVText.flag(!line.guessedKnowing),
      CSVText.flag(!line.ratedKnowing), CSVText.flag(line.codeBroken), "\(line.corrections)",
      line.deviations.map(\.rawValue).joined(separator: " "),
      BundleTables.skipped(row, design),
    ]
  }

  /// "energy: no time; steps": the items that were skipped, in the order of the protocol.
  static func skipped(_ row: SlotRecord, _ design: TrialProtocol) -> String {
    design.items.compactMap { item in
      guard case .skipped(let reason)? = row.answers[item.name] else { return nil }
      return reason.map { "\(item.name): \($0)" } ?? item.name
    }.joined(separator: "; ")
  }

  /// The answer as it was given; empty where there is none.
  static func text(_ answer: Answer?) -> String {
    switch answer {
    case .number(let number): number.description
    case .choice(let text), .text(let text): text
    case .choices(let texts): texts.joined(separator: "; ")
    case .skipped, nil: ""
    }
  }

  /// `data/dictionary.csv`.
  var dictionary: String {
    var table = CSVText(["column", "meaning", "answers", "unit", "better", "role"])
    for column in BundleTables.columns { table.add([column.name, column.meaning, "", "", "", ""]) }
    for item in design.items {
      var unit = ""
      if case .number(_, _, _, let given) = item.kind { unit = given ?? "" }
      let plan = design.plan
      let role =
        item.name == plan.outcome
        ? "primary outcome" : plan.alsoTested.contains(item.name) ? "also tested" : "exploratory"
      table.add([
        "item_\(item.name)", item.prompt, item.columnMeaning, unit,
        item.direction == .neither ? "" : item.direction.rawValue, item.isNumeric ? role : "",
      ])
    }
    return table.text
  }

  /// `data/adverse-events.csv`.
  var adverseEvents: String {
    var table = CSVText([
      "onset", "slot", "arm", "term", "severity", "serious", "action", "outcome",
    ])
    for line in result.adverseEvents {
      let event = line.event
      table.add([
        event.onset.description, line.slot.map(String.init) ?? "", line.arm ?? "", event.term,
        event.severity.rawValue, CSVText.flag(event.serious), event.action, event.outcome,
      ])
    }
    return table.text
  }

  /// `data/code-breaks.csv`.
  var codeBreaks: String {
    var table = CSVText(["at", "slot", "arm", "reason", "also_certain"])
    for line in result.codeBreaks {
      table.add([
        line.at, "\(line.slot)", line.arm, line.reason,
        line.alsoRevealed.map(String.init).joined(separator: " "),
      ])
    }
    return table.text
  }

  /// `data/deviations.csv`.
  var deviations: String {
    var table = CSVText(["written", "slot", "arm", "kind", "reason"])
    for line in result.deviations {
      table.add([
        line.day.description, line.slot.map(String.init) ?? "", line.arm ?? "",
        line.kind.rawValue, line.reason,
      ])
    }
    return table.text
  }
}
