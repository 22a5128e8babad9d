import ArgumentParser
import BlindRecord
import TrialArchive
import TrialJournal
import TrialSeal

/// Finds the spare that takes the place of a lost or broken kit; no arm is shown, and none is asked.
struct ReplaceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replace",
    abstract: "Find the spare for a lost or broken kit without learning what it holds.",
    discussion: """
      The key is needed, as for a code break: the passphrase, --identity, or --note with what a
      custodian got from `age -d sealed/spares-0017.age`. What was lost is in the record first.
      The answer is the same for every arm, and there are as many answers as spares of each arm.
      """)

  /// What happened to the kit.
  enum Loss: String, CaseIterable, ExpressibleByArgument {
    case lost, broken

    var kind: Deviation.Kind { self == .lost ? .lostKit : .brokenKit }
  }

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  @Option(help: ArgumentHelp("The slot whose kit is gone.", valueName: "number"))
  var slot: Int

  @Option(help: "What happened to it.")
  var kit: Loss

  @Option(help: ArgumentHelp("How.", valueName: "text"))
  var reason: String

  @OptionGroup var key: KeyOptions

  @Option(
    help: ArgumentHelp(
      "What a custodian got from `age -d` on the slot's note of spares.", valueName: "file"))
  var note: String?

  @OptionGroup var time: ClockOptions

  func validate() throws { try key.excluding("--note", isGiven: note != nil) }

  func run() throws {
    let trial = try TrialFolder(path: folder).sealedTrial()
    let journal = try Journal.open(in: folder)
    guard try !journal.isLocked else { throw JournalError.locked }
    let clock = try time.wallClock(zone: trial.manifest.zone)
    let entries = try journal.entries()
    let index = KitIndex(trial.manifest, entries: entries)
    guard trial.manifest.packing?.isAlone != true || index.schedule != trial.manifest.schedule
    else { throw JournalError.notPacked }
    let used = entries.compactMap { entry -> Deviation? in
      guard case .deviation(let deviation) = entry.event, deviation.kind == .spareKit else {
        return nil
      }
      return deviation
    }
    if let earlier = used.first(where: { $0.slot == slot }),
      let spare = index.spares.first(where: { $0.kit == earlier.kit })
    {
      return try show(spare)
    }
    let most = trial.manifest.packing?.replacements ?? 0
    guard used.count < most else {
      throw CommandRefusal(
        most == 0 ? "this trial has no spares" : "all \(most) replacements are used",
        hint: "record the deviation missed-dose; the same is said whatever the kit held")
    }
    let order =
      try note.map { try trial.replacements(slot: slot, noteText: GivenFile.read($0)) }
      ?? trial.replacements(slot: slot, with: key.unlock(trial))
    let spare = order.lazy.compactMap { index.spare($0) }.first { spare in
      !used.contains { $0.kit == spare.kit }
    }
    guard let spare else { throw CommandRefusal("no spare is left for slot \(slot)") }
    _ = try journal.append(
      Deviation(slot: slot, kind: kit.kind, reason: reason), clock: clock)
    _ = try journal.append(
      Deviation(
        slot: slot, kind: .spareKit, kit: spare.kit, reason: "\(kit.rawValue) kit replaced"),
      clock: clock)
    try show(spare)
  }

  private func show(_ spare: PackedKits.Spare) throws {
    try Output.show("slot \(slot): take spare \(spare.spare), kit \(spare.kit)")
  }
}
