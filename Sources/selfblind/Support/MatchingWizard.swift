import BlindRecord
import TrialJournal
import TrialKits
import TrialSeal
import TrialStatistics

/// The terminal's face of a matching test.
struct MatchingWizard {
  let trial: SealedTrial
  let folder: String
  let journal: Journal
  let clock: WallClock

  /// Goes through a test, unless one was passed.
  ///
  /// - Returns: whether one is passed now.
  func run() throws -> Bool {
    let notes = try journal.entries().compactMap { entry -> MatchingNote? in
      if case .matching(let note) = entry.event { note } else { nil }
    }
    guard let rule = trial.manifest.packing?.matching else { return true }
    if notes.contains(where: { ($0.result?.right ?? .max) <= rule.mostRight }) { return true }
    let test = try MatchingTest.open(trial, in: folder, after: notes)
    let exact = try TriangleTest(rounds: rule.rounds, mostRight: rule.mostRight)
    if let last = notes.last, let result = last.result {
      try Output.show("test \(last.test): \(result.right) of \(rule.rounds) right, not passed")
    }
    try Output.show(
      "matching test \(test.number): \(rule.rounds) rounds of three cups, two of which hold the same; "
        + "passed with at most \(rule.mostRight) right")
    try Output.show("  \(exact.worth)")
    try Output.show("  instead of a code: \(ScanPrompt.words)")
    guard try sort(test), try answer(test), let isPassed = try finish(test, rule, exact) else {
      try Output.show("stopped; `selfblind pack` goes on here")
      return false
    }
    return isPassed
  }

  private func sort(_ test: MatchingTest) throws -> Bool {
    var last: MatchingTest.Step?
    var undo = ScanUndo()
    while true {
      let step = test.step
      if step != last, let line = explanation(of: step, test) {
        try Output.show(line)
        let progress = test.progress
        if let standing = ScanPrompt.standing(progress.done, of: progress.total) {
          try Output.show(standing)
        }
      }
      last = step
      if case .answer = step { return true }
      if step == .finish { return true }
      do {
        switch try ScanPrompt.read("cup> ") {
        case .stop: return false
        case .undo:
          guard let scan = try undo.scan(last: test.progress.scans) else { continue }
          try test.undo(scan)
          try show("scan \(scan) taken back", test)
        case .help: try Output.show("  \(ScanPrompt.words)")
        case .done: try test.goOn()
        case .lost:
          try Output.show("  no cup can be given up; fill one more of the same and use its label")
        case .nothing: try Output.show("  there was no code; scan or type one, or stop")
        case .code(let code):
          let before = test.progress.scans
          defer { undo.noteCode(before: before, after: test.progress.scans) }
          switch try test.scan(code, announce: { _ = try journal.append($0, clock: clock) }) {
          case .registered: try show("registered", test)
          case .known: try show("this label was scanned before; nothing has changed", test)
          case .cup(let round, let cup): try show("round \(round), cup \(cup)", test)
          }
        }
      } catch let refusal as PackingError {
        guard !refusal.isFaultOfTheSystem else { throw refusal }
        try Output.show("  \(refusal)")
      }
    }
  }

  private func explanation(of step: MatchingTest.Step, _ test: MatchingTest) -> String? {
    switch step {
    case .fill(let content):
      "\(test.arms[content]): one capsule into each of \(test.progress.total) cups; stick any cup "
        + "label below it, scan it"
    case .clear: "put the cups aside, clear the bench, then: done"
    case .shuffle: "shuffle the cups, then: done"
    case .sort where test.progress.done == test.progress.total:
      "all cups are sorted; when they stand in their places: done"
    case .sort: "scan one cup after the other and put it where it belongs; then: done"
    case .answer, .finish: nil
    }
  }

  private func show(_ text: String, _ test: MatchingTest) throws {
    let progress = test.progress
    try Output.show("\(text)    \(progress.done) of \(progress.total)")
  }
}
