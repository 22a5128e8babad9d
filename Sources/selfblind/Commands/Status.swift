import ArgumentParser
import BlindRecord
import Foundation
import TrialJournal

/// Shows which slots are recorded; never anything by arm, never a mean.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show the calendar of the trial and the status of every slot.")

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  @Flag(help: "Print one JSON object.")
  var json = false

  @OptionGroup var time: ClockOptions

  func run() throws {
    let journal = try Journal.open(in: folder, for: .reading)
    let today = try time.wallClock(zone: journal.manifest.zone).now.day
    let overview = StatusOverview(
      manifest: journal.manifest,
      rows: try journal.rows(today: today), entries: try journal.entries(), today: today,
      isLocked: try journal.isLocked)
    try Output.show(json ? try overview.json() : overview.text)
  }
}
