import ArgumentParser
import BlindRecord
import Foundation
import TrialJournal

/// Writes the blinded record as tables and JSON; it can name no arm.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the blinded record as CSV and JSON, with a data dictionary.",
    discussion: """
      record.csv has a line for each slot, events.csv what happened beside them, dictionary.csv the meaning
      of each column, record.json every entry as it was written. Nothing of it says what a kit holds.
      """)

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  @Option(help: ArgumentHelp("The new folder that the files go to.", valueName: "folder"))
  var output: String

  @OptionGroup var time: ClockOptions

  func run() throws {
    let journal = try Journal.open(in: folder, for: .reading)
    let today =
      try journal.isLocked ? nil : time.wallClock(zone: journal.manifest.zone).now.day
    let export = RecordExport(journal.manifest, entries: try journal.entries(), today: today)
    let files = [
      ("record.csv", export.record), ("events.csv", export.events),
      ("dictionary.csv", export.dictionary), ("record.json", try export.json()),
    ]
    guard mkdir(output, 0o700) == 0 else {
      throw GivenFile.Failure(path: output, attempt: "make the folder", number: errno)
    }
    for (name, text) in files {
      try GivenFile.write(Array(text.utf8), to: "\(output)/\(name)")
      try Output.show("wrote \(output)/\(name)")
    }
  }
}
