import ArgumentParser
import BlindRecord
import TrialArchive
import TrialJournal

/// Writes down that whoever packs has the kit list: they say the word that stands on it.
struct KitListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kit-list",
    abstract: "Record that whoever packs has the kit list: they tell you the word at its end.")

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  @Option(help: ArgumentHelp("Who has it.", valueName: "name"))
  var to: String

  @Option(help: ArgumentHelp("The word at the end of the list.", valueName: "word"))
  var word: String

  @OptionGroup var time: ClockOptions

  func run() throws {
    let journal = try Journal.open(in: folder)
    let clock = try time.wallClock(zone: journal.manifest.zone)
    let receipt = try KitListWord.receipt(of: word, trial: journal.manifest.trial)
    let isNamed = try journal.entries().contains {
      if case .kitList(let note) = $0.event { note.receipt == receipt } else { false }
    }
    guard isNamed else { throw JournalError.wrongReceipt }
    let entry = try journal.append(
      KitListNote(to: to, receipt: receipt, confirmed: true), clock: clock)
    try Output.show("\(to) has the kit list (\(entry.entry))")
  }
}
