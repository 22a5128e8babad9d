import BlindRecord
import TrialAnalysis

extension ReportContent {
  /// Corrections, deviations, opened codes, adverse events; nothing for an open data set.
  static func events(_ result: TrialResult) -> Section? {
    guard case .sealed = result.provenance else { return nil }
    var section = Section(
      id: "events", title: "Corrections, deviations, opened codes, adverse events",
      blocks: corrections(result.corrections))
    section.blocks.append(
      result.deviations.isEmpty
        ? .paragraph("No deviation was recorded.") : .table(deviationTable(result.deviations)))
    section.blocks.append(
      result.codeBreaks.isEmpty
        ? .paragraph("No code was broken before the lock.")
        : .table(breakTable(result.codeBreaks)))
    if !result.codeBreaks.isEmpty {
      section.blocks.append(
        .note(
          "An opened slot tells something about the others, by the scheme alone. The last two columns "
            + "say which slots were certain from then on, and which could be guessed better than by the "
            + "scheme without any opening, by at least 5 points in a hundred."))
    }
    section.blocks.append(
      result.adverseEvents.isEmpty
        ? .paragraph("No adverse event was recorded.")
        : .table(adverseTable(result.adverseEvents)))
    if let figure = HarmsFigure(result)?.figure { section.blocks.append(.figure(figure)) }
    return section
  }

  private static func corrections(_ lines: [CorrectionLine]) -> [Block] {
    if lines.isEmpty { return [.paragraph("No answer was corrected.")] }
    let late = lines.count(where: \.afterBreak)
    guard late > 0 else { return [.table(correctionTable(lines))] }
    return [
      .table(correctionTable(lines)),
      .note(
        "\(late) of \(lines.count) corrections \(late == 1 ? "was" : "were") written after the "
          + "arm of \(late == 1 ? "its" : "their") slot was known. The primary analysis uses the "
          + "corrected answers, as the record has them; the sensitivity analysis leaves out ratings "
          + "that were written with the arm known."),
    ]
  }

  private static func correctionTable(_ lines: [CorrectionLine]) -> Table {
    func cell(_ value: CorrectionLine.Value?) -> Cell {
      guard let value else { return .text("–") }
      return value.number.map { .number($0, shown: value.text.replacing("-", with: "−")) }
        ?? .text(value.text)
    }
    return Table(
      caption: "Corrections: the later answer counts, the earlier one stays readable",
      header: ["Written (UTC)", "Slot", "Item", "Old", "New", "Reason", "Arm known before"],
      rows: lines.map { line in
        let minute = String(line.at.prefix(16).replacing("T", with: " "))
        let known = line.openedBy.map { "yes, by slot \($0)" } ?? "yes"
        return [
          .text(minute), .count(line.slot), .text(line.item), cell(line.old), cell(line.new),
          .text(line.reason), .text(line.afterBreak ? known : "no"),
        ]
      })
  }

  private static func deviationTable(_ lines: [DeviationLine]) -> Table {
    Table(
      caption: "Deviations, recorded before the opening",
      header: ["Written", "Slot", "Arm", "Kind", "Reason"],
      rows: lines.map { line in
        [
          .text(line.day.description), .text(line.slot.map(String.init) ?? "–"),
          .text(line.arm ?? "–"), .text(line.kind.words), .text(line.reason),
        ]
      })
  }

  private static func breakTable(_ lines: [CodeBreakLine]) -> Table {
    Table(
      caption: "Codes broken before the lock",
      header: ["When (UTC)", "Slot", "Arm", "Reason", "Certain with it", "Better guessed"],
      rows: lines.map { line in
        [
          .text(line.at), .count(line.slot), .text(line.arm), .text(line.reason),
          .text(
            line.alsoRevealed.isEmpty
              ? "none" : line.alsoRevealed.map(String.init).joined(separator: ", ")),
          .text(
            line.surer.isEmpty
              ? "none"
              : line.surer.map { "\($0.slot) (\(ShownNumber.percent($0.share)))" }
                .joined(separator: ", ")),
        ]
      })
  }

  private static func adverseTable(_ lines: [AdverseEventLine]) -> Table {
    Table(
      caption: "Adverse events, recorded before the opening",
      header: ["Onset", "Arm", "Event", "Severity", "Serious", "Action", "Outcome"],
      rows: lines.map { line in
        let event = line.event
        return [
          .text(event.onset.description), .text(line.arm ?? "–"), .text(event.term),
          .text(event.severity.rawValue), .text(event.serious ? "yes" : "no"),
          .text(event.action.isEmpty ? "–" : event.action),
          .text(event.outcome.isEmpty ? "–" : event.outcome),
        ]
      })
  }
}

extension Deviation.Kind {
  /// The kind as read.
  var words: String {
    self == .coMedication ? rawValue : rawValue.replacing("-", with: " ")
  }
}
