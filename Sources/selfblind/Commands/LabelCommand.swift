import ArgumentParser
import BlindRecord
import TrialJournal
import TrialKits

/// Prints the label of one kit again, by where the kit stands, or those of a list that another person packs;
/// what they hold is not known here.
struct LabelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "label",
    abstract: "Print the torn label of one kit again, or the labels for a helper.",
    discussion: """
      The kit is named by its slot or by the number of the spare, so it has to be sorted already. The
      code comes from the record, where everybody can read it; it says nothing of what the kit holds.

      With --all: the labels of all kits and spares in the order of their codes, for a helper or a pharmacy
      who packs by the kit list, which has each arm's codes in that order. A label can be scanned at the dose,
      a code that was written by hand only be typed.
      """)

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  @Option(help: ArgumentHelp("The slot whose kit it is.", valueName: "number"))
  var slot: Int?

  @Option(help: ArgumentHelp("The spare that it is.", valueName: "number"))
  var spare: Int?

  @Flag(help: "The labels of all kits, by code, for whoever packs by the kit list.")
  var all = false

  @Option(
    help: ArgumentHelp(
      "The sheet: \(LabelFormat.all.map(\.name).joined(separator: ", ")).", valueName: "name"))
  var format = "a4"

  @Option(help: ArgumentHelp("The first free label of the sheet.", valueName: "number"))
  var first = 1

  @Option(help: ArgumentHelp("Where it goes; otherwise beside the folder.", valueName: "file"))
  var output: String?

  func validate() throws {
    guard [slot != nil, spare != nil, all].count(where: { $0 }) == 1 else {
      throw ValidationError("Name the kit, --slot or --spare, or give --all")
    }
  }

  func run() throws {
    let sheet = try LabelFormat(named: format)
    guard (1...sheet.count).contains(first) else {
      throw LabelError.noSuchPlace("\(first)", count: sheet.count)
    }
    let journal = try Journal.open(in: folder)
    let index = KitIndex(journal.manifest, entries: try journal.entries())
    let codes = try all ? all(in: index, journal.manifest) : [code(in: index, journal.manifest)]
    let sheets = try LabelSheets(
      codes.map { LabelSheets.Label($0, withText: true) }, on: sheet, skipping: first - 1)
    let name = slot.map { "label-slot-\($0)" } ?? spare.map { "label-spare-\($0)" } ?? "labels"
    let file = try OutsideFile(
      path: output, trial: folder, ending: "-\(name).html", name: "label",
      option: "--output", reader: "you")
    try file.write(Array(sheets.html.utf8))
    try Output.show("wrote \(file.path): print it at 100 %, without margins")
    if all {
      try Output.show(
        "  it stays with the packer once labels are peeled off: its gaps show what was filled first"
      )
    }
  }

  /// The codes of a kit list, in an order that says nothing of slots and arms; who packs alone prints labels while
  /// packing, in an order that nobody knows.
  private func all(in index: KitIndex, _ manifest: Manifest) throws -> [KitCode] {
    guard manifest.packing?.isAlone != true else {
      throw CommandRefusal(
        "there is no kit list: this trial is packed by the participant alone",
        hint: "selfblind pack --browser prints the sheets of labels")
    }
    return (index.schedule.occasions.map(\.kit) + index.spares.map(\.kit))
      .sorted { $0.text < $1.text }
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
