import ArgumentParser
import BlindRecord
import TrialJournal
import TrialKits

/// Prints the label of one kit again, by where the kit stands; what it holds is not known here.
struct LabelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "label",
    abstract: "Print the torn label of one kit again.",
    discussion: """
      The kit is named by its slot or by the number of the spare, so it has to be sorted already. The
      code comes from the record, where everybody can read it; it says nothing of what the kit holds.
      """)

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  @Option(help: ArgumentHelp("The slot whose kit it is.", valueName: "number"))
  var slot: Int?

  @Option(help: ArgumentHelp("The spare that it is.", valueName: "number"))
  var spare: Int?

  @Option(
    help: ArgumentHelp(
      "The sheet: \(LabelFormat.all.map(\.name).joined(separator: ", ")).", valueName: "name"))
  var format = "a4"

  @Option(help: ArgumentHelp("The first free label of the sheet.", valueName: "number"))
  var first = 1

  @Option(help: ArgumentHelp("Where it goes; otherwise beside the folder.", valueName: "file"))
  var output: String?

  func validate() throws {
    guard (slot == nil) != (spare == nil) else {
      throw ValidationError("Name the kit: --slot or --spare")
    }
  }

  func run() throws {
    let sheet = try LabelFormat(named: format)
    guard (1...sheet.count).contains(first) else {
      throw LabelError.noSuchPlace("\(first)", count: sheet.count)
    }
    let journal = try Journal.open(in: folder)
    let code = try code(
      in: KitIndex(journal.manifest, entries: journal.entries()), journal.manifest)
    let sheets = try LabelSheets(
      [LabelSheets.Label(code, withText: true)], on: sheet, skipping: first - 1)
    let name = slot.map { "slot-\($0)" } ?? spare.map { "spare-\($0)" } ?? ""
    let file = try OutsideFile(
      path: output, trial: folder, ending: "-label-\(name).html", name: "label",
      option: "--output", reader: "you")
    try file.write(Array(sheets.html.utf8))
    try Output.show("wrote \(file.path): print it at 100 %, without margins")
  }

  private func code(in index: KitIndex, _ manifest: Manifest) throws -> KitCode {
    guard manifest.packing?.isAlone != true || index.schedule != manifest.schedule else {
      throw JournalError.notPacked
    }
    if let slot {
      let occasions = index.schedule.occasions
      guard let occasion = occasions.first(where: { $0.slot == slot }) else {
        throw CommandRefusal(
          "there is no slot \(slot), the schedule has slots 1 to \(occasions.count)")
      }
      return occasion.kit
    }
    guard let spare, let kit = index.spare(spare)?.kit else {
      throw CommandRefusal(
        "there is no spare \(spare ?? 0)", hint: "`selfblind status` lists the spares")
    }
    return kit
  }
}
