import BlindRecord
import Foundation
import TrialJournal
import TrialKits
import TrialStatistics

/// The questions of a matching test: the odd cups, and what was gone by. Each answer is on the disk before the next
/// question, so leaving at any of them loses nothing.
extension MatchingWizard {
  /// Asks for the odd cup of each round that is still open.
  ///
  /// - Returns: whether all are answered; not when the packer leaves.
  func answer(_ test: MatchingTest) throws -> Bool {
    if case .answer = test.step { try Output.show("an answer cannot be taken back") }
    while case .answer(let round) = test.step {
      let typed = try OpenPrompt.read(
        "round \(round): which cup is the odd one? (1, 2, 3, or stop)")
      guard let typed, typed != "stop" else { return false }
      if let cup = Int(typed), (1...3).contains(cup) {
        try test.answer(cup)
      } else {
        let refusal = FormatError(
          "answer", found: "\"\(typed.prefix(20))\"",
          expected: "1, 2 or 3; guess if you cannot tell"
        )
        try Output.show("  \(refusal)")
      }
    }
    return true
  }

  /// Asks for the cues, and opens the order.
  ///
  /// - Returns: whether the test is passed; `nil` when the packer leaves.
  func finish(
    _ test: MatchingTest, _ rule: Manifest.Packing.Matching, _ exact: TriangleTest
  ) throws -> Bool? {
    try Output.show("what did you go by? one word for each cue, empty when there is none")
    try Output.show("  " + MatchingTest.cues.joined(separator: ", "))
    guard let (note, entry) = try record(test) else { return nil }
    test.close()
    let right = note.result?.right ?? 0
    let isPassed = right <= rule.mostRight
    try Output.show(
      "\(right) of \(rule.rounds) right, \(isPassed ? "passed" : "not passed") (\(entry)); by "
        + "chance alone so many or more are right with a probability of "
        + TriangleTest.percent(exact.p(right: right)))
    if !isPassed {
      try Output.show(
        "mend what gave it away (colour, size, orientation, weight, rattle, smell, taste, powder), then "
          + "run `selfblind pack` again; --unmatched packs all the same, and the record says so")
    }
    return isPassed
  }

  /// Asks for the cues until the record takes them.
  ///
  /// - Returns: the note, and which entry it is; `nil` when the packer leaves.
  private func record(_ test: MatchingTest) throws -> (MatchingNote, entry: String)? {
    while let typed = try OpenPrompt.read("cues, with commas between them") {
      let cues = typed.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty }
      let note = try test.result(cues: cues)
      do { return (note, try journal.append(note, clock: clock).entry) } catch let error
        as JournalError
      {
        switch error {
        case .invisibleCharacter, .textTooLong, .secretKey: try Output.show("  \(error)")
        default: throw error
        }
      }
    }
    return nil
  }
}
