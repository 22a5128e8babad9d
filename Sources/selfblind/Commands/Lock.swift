import ArgumentParser
import BlindRecord
import Foundation
import TrialArchive
import TrialJournal

/// Closes the record: after it nothing is added, and only then can anything be unblinded.
struct LockCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lock",
    abstract: "Lock the record; nothing is added after it.")

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  @Option(
    help: ArgumentHelp("Why now; needed while slots are still to come.", valueName: "text"))
  var reason: String?

  @OptionGroup var time: ClockOptions

  func run() throws {
    let trialFolder = TrialFolder(path: folder)
    try trialFolder.demandSealed()
    let clock = try checkedClock()
    let record = try trialFolder.lock(reason: reason ?? "all slots are over", clock: clock)
    try Output.show("locked: \(record.entries.count) entries, trial \(record.manifest.trial)")
    let line = try Journal.open(in: folder, for: .reading).checkpointLine().text
    try Output.show("the final checkpoint, for a helper to keep before the key is used:")
    try Output.show("  \(line)")
    try Output.show(
      "when they send it back: selfblind checkpoint \(folder) --came-back \"…\"")
  }

  /// The clock, when nothing is left to be recorded or a reason is given.
  private func checkedClock() throws -> WallClock {
    let journal = try Journal.open(in: folder, for: .reading)
    let clock = try time.wallClock(zone: journal.manifest.zone)
    let rows = try journal.rows(today: clock.now.day)
    let waiting = rows.filter { $0.status == .upcoming || $0.status == .open }
    guard waiting.isEmpty || reason != nil else {
      throw CommandRefusal(
        "\(waiting.count) of \(rows.count) slots can still be recorded",
        hint: "wait for them, or say why the trial ends early: --reason \"…\"")
    }
    return clock
  }
}
