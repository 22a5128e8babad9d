import ArgumentParser
import BlindRecord
import ChildPrograms
import Foundation
import TrialJournal

/// Runs a command of the user's own when something is due; for a timer of the system.
struct RemindCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remind",
    abstract: "Run a command of your own when a slot is due and not recorded.",
    discussion: """
      For cron or a timer:
      0 21 * * * selfblind remind caffeine --run 'notify-send "$SELFBLIND_TITLE" "$SELFBLIND_TEXT"'

      The command finds SELFBLIND_TITLE, SELFBLIND_TEXT, SELFBLIND_SLOT, SELFBLIND_DAY and SELFBLIND_KIT (empty
      where you packed alone, or where a dose was taken already) in its environment. Without --run the text is printed. Where nothing is due
      nothing happens.
      """)

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  @Option(
    name: .customLong("run"),
    help: ArgumentHelp("The command, for the shell.", valueName: "command"))
  var command: String?

  @OptionGroup var time: ClockOptions

  func run() throws {
    let journal = try Journal.open(in: folder, for: .reading)
    let today = try time.wallClock(zone: journal.manifest.zone).now.day
    let due = try DueReminder(journal, today: today)
    guard let due else { return }
    guard let command else { return try Output.show(due.text) }
    let call = ProgramCall(
      "/bin/sh", ["-c", command],
      environment: ProcessInfo.processInfo.environment.merging(due.environment) { $1 },
      input: .inherited)
    let status = try call.run().status
    guard status == 0 else {
      throw CommandRefusal(
        "the command of --run ended with status \(status)",
        hint: "run it by itself to see why", isFaultOfTheSystem: true)
    }
  }
}

/// What is due and not recorded.
struct DueReminder {
  /// One sentence.
  let text: String
  /// What the command is told; the same for every kit.
  let environment: [String: String]

  /// - Returns: `nil` where nothing is due, or the trial is paused or locked.
  init?(_ journal: Journal, today: CalendarDay) throws {
    guard try !journal.isLocked else { return nil }
    guard try Pauses(journal.entries()).since == nil,
      let row = try journal.rows(today: today).last(where: { $0.status == .open })
    else { return nil }
    let slot = row.occasion.slot
    // Who packed alone is to scan the code, and not to type what a screen says.
    let isAlone = journal.manifest.packing?.isAlone == true
    var (kit, words) = ("", "")
    switch KitIndex(journal.manifest, entries: try journal.entries()).task(for: row) {
    case .take(let code) where !isAlone: (kit, words) = (code.text, ", kit \(code)")
    case .take: break
    case .rate where row.hasNoDose: words = ": only to be rated, nothing is to be taken"
    case .rate: words = ": only to be rated, a dose was taken already"
    case .find(let eater?): words = ": its kit was taken for slot \(eater), says the record"
    case .find(nil): words = ": its kit is lost or broken, says the record"
    }
    text = "slot \(slot) of \(journal.manifest.schedule.occasions.count) is due\(words)"
    environment = [
      "SELFBLIND_TITLE": journal.manifest.title, "SELFBLIND_TEXT": text,
      "SELFBLIND_SLOT": "\(slot)", "SELFBLIND_DAY": row.occasion.day.description,
      "SELFBLIND_KIT": kit,
    ]
  }
}
