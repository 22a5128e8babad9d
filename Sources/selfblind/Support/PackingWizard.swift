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
    while true {
      let step = session.step
      if step != last { for line in explanation(of: step) { try Output.show(line) } }
      last = step
      if step == .finish { return try finish() }
      do {
        switch try ScanPrompt.read("scan> ") {
        case .stop:
          return try Output.show("stopped; `selfblind pack` goes on here")
        case .undo:
          try session.undo()
          try show("taken back")
        case .done: try session.goOn()
        case .lost:
          for move in try session.giveUpOpenKits() {
            try Output.show("bring spare \(move.spare) to slot \(move.slot)")
          }
          try show("given up")
        case .nothing: try Output.show("  there was no code; scan or type one, or stop")
        case .code(let code): try answer(session.scan(code))
        }
      } catch let refusal as PackingError {
        guard !refusal.isFaultOfTheSystem else { throw refusal }
        try Output.show("  \(refusal)")
      }
    }
  }

  /// What the packer does now.
  private func explanation(of step: PackingSession.Step) -> [String] {
    let job = session.job
    switch step {
    case .fill(let index):
      let arm = job.arms[index]
      let kits = arm.isEmpty ? "leave \(arm.kits) kits empty" : "fill \(arm.kits) kits"
      return ["arm \(arm.name): \(kits); close each, stick any label on it, scan it"]
    case .clear:
      return ["put all kits into the opaque bag, clear the bench and the bin, then: done"]
    case .shuffle:
      return ["shuffle the bag well: an unshuffled bag tells what was filled first; then: done"]
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
