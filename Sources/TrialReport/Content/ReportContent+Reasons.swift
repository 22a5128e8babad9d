import TrialAnalysis

/// What the participant wrote in their own words: reasons, and what they expected.
extension ReportContent {
  /// What was expected before the opening, and what came of it; `nil` where nothing was said.
  static func prediction(_ result: TrialResult) -> String? {
    guard case .sealed(let facts) = result.provenance, let said = facts.prediction else {
      return nil
    }
    let outcome =
      result.prediction == nil
      ? "It names no outcome and arm of the plan in the form that is compared."
      : result.predictionCompared
    return "Expected before the seal was opened: “\(said)” (as the file of the opening has it; no "
      + "commitment binds it)." + (outcome.map { " " + $0 } ?? "")
  }

  /// The answers that were deliberately not given: one by one where a reason was written, counted where none
  /// was.
  static func skipped(_ result: TrialResult) -> [Block] {
    var blocks: [Block] = []
    let counts = Dictionary(grouping: result.skipped.filter { $0.reason == nil }, by: \.item)
      .sorted { $0.key < $1.key }
      .map { "\($0.key) at \($0.value.count) \($0.value.count == 1 ? "slot" : "slots")" }
    if !counts.isEmpty {
      blocks.append(
        .paragraph("Skipped without a reason: \(counts.joined(separator: ", ")).")
      )
    }
    let rows = result.skipped.compactMap { line -> [Cell]? in
      line.reason.map { [.count(line.slot), .text(line.item), .text($0)] }
    }
    if !rows.isEmpty {
      blocks.append(
        .table(
          Table(
            caption: "Skipped answers, and why", header: ["Slot", "Item", "Reason"], rows: rows)))
    }
    return blocks
  }

  /// What the guesses rested on; `nil` where nobody wrote that down.
  static func reasonTable(_ result: TrialResult) -> Table? {
    guard !result.guessReasons.isEmpty else { return nil }
    return Table(
      caption: "What the guesses rested on, in the participant's words",
      header: ["Slot", "Arm", "Reason"],
      rows: result.guessReasons.map { [.count($0.slot), .text($0.arm), .text($0.reason)] })
  }
}
