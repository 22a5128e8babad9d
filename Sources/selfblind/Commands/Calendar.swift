import ArgumentParser
import BlindRecord
import Foundation
import TrialJournal

/// Writes the trial's days as a calendar file.
struct CalendarCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calendar",
    abstract: "Write the trial's days as an .ics file for any calendar.",
    discussion: """
      Every slot is an event with a reminder, at the same time of day wherever you are. It follows from the
      schedule alone and says nothing of kits.
      """)

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  @Option(
    help: ArgumentHelp("A time of day to be reminded at; may be given again.", valueName: "HH:MM"))
  var at: [String] = ["21:00"]

  @Option(help: ArgumentHelp("Ring so long before the time.", valueName: "minutes"))
  var before = 0

  @Option(help: ArgumentHelp("The file; without it, standard output.", valueName: "file"))
  var output: String?

  func validate() throws {
    guard at.allSatisfy({ ClockText.minutes($0, below: 24) != nil }) else {
      throw ValidationError("--at is a time of day such as 21:00")
    }
    guard (0...1_440).contains(before) else {
      throw ValidationError("--before is 0 to 1440 minutes")
    }
  }

  func run() throws {
    let journal = try Journal.open(in: folder, for: .reading)
    let text = TrialCalendar(
      of: journal.manifest, times: at.compactMap { ClockText.minutes($0, below: 24) },
      minutesBefore: before
    ).text
    guard let output else { return try Output.show(text, end: "") }
    try GivenFile.write(Array(text.utf8), to: output)
    try Output.show("wrote \(output): \(journal.manifest.schedule.occasions.count) slots")
  }
}
