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
      The key is needed, as for a code break: the passphrase, or --identity. Without it a custodian opens
      the slot's note, `age -d -i KEY sealed/spares-0017.age`. You read them the spares that `selfblind
      status` still lists, and they say the first one on the note that is among these: give that with
      --spare. Do not look at a note yourself: it says which spares hold the same, so two of them tell
      whether two slots do.

      What was lost is in the record first. The answer is the same for every arm. There are as many
      answers as spares of each arm, less the kits that were lost while packing and the spares that are
      gone for another reason; so no arm ever runs out first.
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
      "The spare that a custodian says, who opened the slot's note.", valueName: "number"))
  var spare: Int?

  @OptionGroup var time: ClockOptions

  func validate() throws { try key.excluding("--spare", isGiven: spare != nil) }

  func run() throws {
    let trial = try TrialFolder(path: folder).sealedTrial()
    let journal = try Journal.open(in: folder)
    guard try !journal.isLocked else { throw JournalError.locked }
    let clock = try time.wallClock(zone: trial.manifest.zone)
    let index = KitIndex(trial.manifest, entries: try journal.entries())
    let isAlone = trial.manifest.packing?.isAlone == true
    guard !isAlone || index.schedule != trial.manifest.schedule else {
      throw JournalError.notPacked
    }
    guard let own = index.schedule.occasion(slot: slot)?.kit else {
      throw JournalError.unknownSlot(slot, count: index.schedule.occasions.count)
    }
    try demandDoseToCome(try journal.entries(), trial.manifest, today: clock.now.day)
    let standing = index.doses.spare(for: slot) ?? own
    // What was swallowed at another slot is gone as well, and the record says so.
    let eater = index.doses.fate(of: standing)?.slotOfTheDose
    let isNoted = index.doses.isLost(standing) || eater.map { $0 != slot } == true
    if !isNoted, let given = index.spares.first(where: { $0.kit == standing }) {
      try showAgain(given, isAlone: isAlone)
      if index.doses.dose(of: slot).isNone {
        try Output.show(
          "the record says that nothing is taken for slot \(slot); if this is, give its code at the check-in"
        )
      }
      return
    }
    try demandOneLeft(index, trial.manifest)
    let found = try choice(index, trial)
    if !isNoted {
      _ = try journal.append(
        Deviation(slot: slot, kind: kit.kind, reason: reason), clock: clock)
    }
    _ = try journal.append(
      Deviation(
        slot: slot, kind: .spareKit, kit: found.kit,
        reason: isNoted ? reason : "\(kit.rawValue) kit replaced"),
      clock: clock)
    try show(found, isAlone: isAlone)
  }

  /// A spare is for a dose that is still to come: none is used up for a day that is over.
  private func demandDoseToCome(
    _ entries: [JournalEntry], _ manifest: Manifest, today: CalendarDay
  ) throws {
    let row = SlotRecord.rows(of: manifest.schedule, entries: entries, today: today)
      .first { $0.occasion.slot == slot }
    switch row?.status {
    case .recorded, .recordedLate:
      throw CommandRefusal(
        "slot \(slot) is recorded: nothing is to be taken for it any more",
        hint: "what was noted wrongly is put right by `selfblind deviate`")
    case .missing:
      throw CommandRefusal(
        "slot \(slot) is over: nothing is to be taken for it any more",
        hint: "read the number of the slot once more")
    case .open, .upcoming, nil: break
    }
    if row?.isOnlyToBeRated == true || row?.isBegun == true {
      throw JournalError.doseIsTaken(slot: slot)
    }
  }

  /// Refuses while every arm still has a spare, by numbers that all can see and before a key is opened: whoever
  /// could ask until one arm has none would know which slots are of that arm.
  private func demandOneLeft(_ index: KitIndex, _ manifest: Manifest) throws {
    guard let packing = manifest.packing, packing.replacements > 0 else {
      throw CommandRefusal("this trial has no spares", hint: advice)
    }
    let packed = index.schedule.occasions.count + index.spares.count
    let gone = packing.kits - packed + index.spares.count - index.sparesLeft.count
    guard gone < packing.replacements else {
      throw CommandRefusal("all \(packing.replacements) replacements are used", hint: advice)
    }
  }

  private var advice: String {
    "record the deviation missed-dose; the same is said whatever the kit held, and kits lost while packing "
      + "count"
  }

  /// The spare for the slot: the custodian's word, or the first of the slot's that is there.
  private func choice(_ index: KitIndex, _ trial: SealedTrial) throws -> PackedKits.Spare {
    let order =
      try spare.map { [$0] }
      ?? trial.replacements(
        slot: slot, with: key.unlock(trial, asking: request))
    let left = index.sparesLeft
    guard
      let found = order.lazy.compactMap({ number in left.first { $0.spare == number } }).first
    else {
      throw CommandRefusal(
        spare.map { "there is no spare \($0) that is left" } ?? "no spare is left for slot \(slot)",
        hint: "`selfblind status` lists the spares that are left")
    }
    return found
  }

  /// What a custodian is asked who opens the slot's note and does not give the key.
  ///
  /// They have no `status` of their own, so the list of the spares is read to them.
  private var request: KeyOptions.Request {
    let number = String(slot)
    let note = "sealed/spares-" + String(repeating: "0", count: max(0, 4 - number.count)) + number
    let way =
      "read them the spares that `selfblind status` lists; the first in \(note).age that is among them "
      + "is it: give --spare NUMBER"
    return KeyOptions.Request(
      one:
        "ask the helper, who opens the slot's note with `age -d`, and \(way), or --identity FILE",
      several:
        "ask them, who open the slot's note together, and \(way), or --identity FILE once for each of them"
    )
  }

  /// The answer of before: a second run is no second loss.
  private func showAgain(_ given: PackedKits.Spare, isAlone: Bool) throws {
    try show(given, isAlone: isAlone)
    try Output.show(
      "it was given before; if it is gone too: selfblind deviate \(folder) --kind \(kit.kind.rawValue) "
        + "--slot \(slot) --reason \"…\", then this again")
  }

  /// Names the spare by its number, which stands on it where the participant packed alone; its code, which is then
  /// to be scanned at the dose, only where somebody else did.
  private func show(_ spare: PackedKits.Spare, isAlone: Bool) throws {
    let rest =
      isAlone
      ? "and scan it at the dose; a torn label is printed again: selfblind label \(folder) --spare "
        + "\(spare.spare)"
      : "kit \(spare.kit)"
    try Output.show("slot \(slot): take spare \(spare.spare), \(rest)")
  }
}
