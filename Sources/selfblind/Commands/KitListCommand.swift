import ArgumentParser
import BlindRecord
import Foundation
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
    // Before the word is looked at: here no word is right.
    guard journal.manifest.packing?.isAlone != true else { throw JournalError.noKitList }
    let clock = try time.wallClock(zone: journal.manifest.zone)
    let receipt = try KitListWord.receipt(of: word, trial: journal.manifest.trial)
    let notes = try journal.entries().compactMap { entry -> KitListNote? in
      if case .kitList(let note) = entry.event, note.receipt == receipt { note } else { nil }
    }
    guard let noted = notes.first else { throw JournalError.wrongReceipt }
    // Where nobody was named at the sealing, whoever says the word is named now.
    let typed = to.trimmingCharacters(in: .whitespaces)
    let isTheirs = noted.to.lowercased() == typed.lowercased()
    guard isTheirs || KitListFile.unnamed.contains(noted.to) else {
      throw CommandRefusal(
        "the kit list is for \(noted.to), found \(typed)",
        hint: "give the name as it stands on the list; whoever else has it is a deviation (other)")
    }
    // As it stands on the list, however it was typed.
    let name = isTheirs ? noted.to : typed
    if notes.contains(where: { $0.confirmed && $0.to.lowercased() == name.lowercased() }) {
      return try Output.show("\(name) has the kit list; the record says so already")
    }
    let entry = try journal.append(
      KitListNote(to: name, receipt: receipt, confirmed: true), clock: clock)
    try Output.show("\(name) has the kit list (\(entry.entry))")
  }
}
