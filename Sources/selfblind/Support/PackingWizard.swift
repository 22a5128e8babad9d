import BlindRecord
import TrialJournal
import TrialKits

/// The terminal's face of a packing session.
///
/// The same lines for every arm but for the arm's name, which is said while it is filled and not later.
struct PackingWizard {
  let session: PackingSession
  let journal: Journal
  let clock: WallClock

  /// Goes through the steps until all is in the record, or the packer leaves.
  func run() throws {
    var last: PackingSession.Step?
    var undo = ScanUndo()
    var isSure = false
    try Output.show("instead of a code: \(PackingWizard.words)")
    while true {
      let step = session.step
      if step != last {
        for line in explanation(of: step) { try Output.show(line) }
        if let standing = ScanPrompt.standing(session.progress.done, of: session.progress.total) {
          try Output.show(standing)
        }
        try bring(session.moves)
      }
      last = step
      if step == .finish {
        // Said already, unless the pages or an earlier run ended the sorting.
        guard try isSure || ScanPrompt.isSure(PackingWizard.lastQuestion) == true else {
          return try stop()
        }
        return try finish()
      }
      do {
        switch try ScanPrompt.read("scan> ") {
        case .stop: return try stop()
        case .undo:
          guard let scan = try undo.scan(last: session.progress.scans) else { continue }
          try session.undo(scan)
          try show("scan \(scan) taken back")
        case .done:
          if step == .sort {
            guard let sure = try isSorted() else { return try stop() }
            guard sure else { continue }
            isSure = true
          }
          try session.goOn()
        case .lost: if try !giveUp() { return try stop() }
        case .nothing: try Output.show("  there was no code; scan or type one, or stop")
        case .help: try Output.show("  \(PackingWizard.words)")
        case .code(let code):
          let before = session.progress.scans
          defer { undo.noteCode(before: before, after: session.progress.scans) }
          try answer(session.scan(code))
        }
      } catch let refusal as PackingError {
        guard !refusal.isFaultOfTheSystem else { throw refusal }
        try Output.show("  \(refusal)")
      }
    }
  }

  private static let words =
    "\(ScanPrompt.words); lost, while sorting, gives up the kits that are missing"
  private static let lastQuestion =
    "all is sorted: write it into the record and destroy the key? Nothing is taken back after that."

  private func stop() throws { try Output.show("stopped; `selfblind pack` goes on here") }

  /// Whether all is sorted and the packer means it: the key is destroyed then.
  ///
  /// - Returns: `nil` when the packer leaves.
  private func isSorted() throws -> Bool? {
    let progress = session.progress
    guard progress.done == progress.total else {
      throw PackingError.notSorted(progress.total - progress.done)
    }
    return try ScanPrompt.isSure(PackingWizard.lastQuestion)
  }

  /// Gives up what is not sorted yet, after a yes: it is for good.
  ///
  /// - Returns: whether the packer goes on.
  private func giveUp() throws -> Bool {
    let count = try session.countOpenKits()
    guard count > 0 else {
      try Output.show("  all kits are sorted, so none is given up")
      return true
    }
    let question =
      "\(count) \(count == 1 ? "kit is" : "kits are") not sorted: give \(count == 1 ? "it" : "them") up "
      + "for good?"
    guard let isSure = try ScanPrompt.isSure(question) else { return false }
    if isSure {
      try bring(session.giveUpOpenKits())
      try show("given up")
    }
    return true
  }

  /// Which spares go to which slots; said again whenever the program starts, until sorting is done.
  private func bring(_ moves: [PackingSession.Move]) throws {
    for move in moves { try Output.show("bring spare \(move.spare) to slot \(move.slot)") }
    if !moves.isEmpty { try Output.show("when they stand there: done") }
  }

  /// What the packer does now.
  private func explanation(of step: PackingSession.Step) -> [String] {
    let job = session.job
    switch step {
    case .fill(let index):
      let arm = job.arms[index]
      let kits =
        arm.isEmpty
        ? "\(arm.kits) kits without a capsule, each with a dummy that weighs and rattles like one"
        : "fill \(arm.kits) kits"
      return ["arm \(arm.name): \(kits); close each, stick any label on it, scan it"]
    case .clear:
      return ["put all kits into the opaque bag, clear the bench and the bin, then: done"]
    case .shuffle:
      return ["shuffle the bag well: an unshuffled bag tells what was filled first; then: done"]
    case .sort where session.progress.done == session.progress.total:
      return ["all kits are sorted; when they stand in their places: done"]
    case .sort:
      return [
        "draw one kit after the other and scan it; write what is said on it: \(job.slots) slots, "
          + "\(job.spares) spares; then: done"
      ]
    case .finish: return []
    }
  }

  private func answer(_ answer: PackingSession.Answer) throws {
    switch answer {
    case .registered: try show("registered")
    case .known: try show("this label was scanned before; nothing has changed")
    case .slot(let slot): try show("slot \(slot)")
    case .spare(let spare): try show("spare \(spare)")
    }
  }

  private func show(_ text: String) throws {
    let progress = session.progress
    try Output.show("\(text)    \(progress.done) of \(progress.total)")
  }

  private func finish() throws {
    try session.finish { packed in
      let receipt = try journal.append(packed, clock: clock)
      try Output.show(
        "packed: \(packed.kits.count) slots, \(packed.spares.count) spares"
          + (receipt.map { " (\($0.entry))" } ?? ""))
    }
    try Output.show("packing.key is destroyed; nothing here can say any more which slot holds what")
  }
}
