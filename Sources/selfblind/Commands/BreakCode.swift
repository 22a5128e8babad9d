import ArgumentParser
import BlindRecord
import Foundation
import MerkleLog
import TrialArchive
import TrialDesign
import TrialJournal
import TrialSeal

/// Opens one slot in an emergency: the reason first, then one envelope; the others stay sealed.
struct BreakCodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "break-code",
    abstract: "Open one slot in an emergency; the reason is written down first.",
    discussion: """
      Where another kit was taken by mistake, its own slot tells what was taken: --kit finds it.
      """)

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  @Option(help: ArgumentHelp("The slot to open.", valueName: "number"))
  var slot: Int?

  @Option(
    help: ArgumentHelp(
      "The code on the kit that was taken, instead of the slot.", valueName: "code"))
  var kit: String?

  @Option(help: ArgumentHelp("Why.", valueName: "text"))
  var reason: String

  @OptionGroup var key: KeyOptions

  @Option(
    help: ArgumentHelp(
      "What the helper got from `age -d` on the slot's envelope.", valueName: "file"))
  var envelope: String?

  @OptionGroup var time: ClockOptions

  func validate() throws {
    guard (slot == nil) != (kit == nil) else {
      throw ValidationError("one of --slot and --kit is needed")
    }
    try key.excluding("--envelope", isGiven: envelope != nil)
  }

  func run() throws {
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw JournalError.emptyReason(of: "reason of the code break")
    }
    let trialFolder = TrialFolder(path: folder)
    try trialFolder.demandSealed()
    do { try breakCode(in: trialFolder) } catch let fault as FolderError {
      throw withWayAround(fault)
    } catch let fault as JournalError where fault.isFaultOfTheSystem {
      throw withWayAround(fault)
    }
  }

  /// What still opens the slot when this program cannot write down that it was opened.
  private func withWayAround(_ fault: any Refusal) -> CommandRefusal {
    let number = slot.map { padded(max(0, $0), 4) } ?? "NNNN"
    let way =
      "in an emergency `age -d -i KEY \(folder)/sealed/slot-\(number).age` (the second key: "
      + "card-\(number).age) opens the slot without this program; write down when and why"
    return CommandRefusal(
      fault.message, hint: (fault.hint.map { "\($0); " } ?? "") + way,
      isFaultOfTheSystem: fault.isFaultOfTheSystem)
  }

  private func breakCode(in trialFolder: TrialFolder) throws {
    // One damaged file must not keep another slot shut in an emergency.
    let trial = try trialFolder.sealedTrialInEmergency()
    Failure.warn(trial.damage)
    let kept = try trialFolder.intactCodeBreaks(of: trial)
    Failure.warn(kept.faults)
    let (slot, spare) = try ownSlot(trial.manifest, opened: kept.opened)
    let opened = try kept.opened.first { $0.slot == slot } ?? open(slot, trial, in: trialFolder)
    try Output.show("slot \(opened.slot) held: \(opened.arm.name)")
    if let spare {
      try Output.show(
        "attention: spare \(spare) stands for slot \(slot), and holds the same if it is the right one"
      )
    }
    try Output.show(
      "the announcement is \(opened.receipt.entry) of the journal; all others stay sealed")
    let all = try trialFolder.intactCodeBreaks(of: trial).opened
    for line in try BreakCodeCommand.leakage(trial, all) {
      try Output.show(line)
    }
  }

  /// The slot to open, and the spare that stands for its kit; says before anything is opened where its day's kit
  /// was another one.
  private func ownSlot(
    _ manifest: Manifest, opened: [CodeBreak]
  ) throws -> (slot: Int, spare: Int?) {
    let entries: [JournalEntry]
    do { entries = try Journal.open(in: folder, for: .reading).entries() } catch {
      guard let slot else { throw error }
      // A slot that was opened before is told without the journal; for any other the opening itself fails.
      if opened.contains(where: { $0.slot == slot }) { Failure.warn([error]) }
      return (slot, nil)
    }
    let index = KitIndex(manifest, entries: entries)
    if let code = try DueSlot.kitCode(kit) {
      if let own = index.slot(tellingOf: code) {
        return (own, index.spare(code, standingFor: own))
      }
      if case .spare(let number) = index.meaning(of: code) {
        throw CommandRefusal(
          "the kit \(code) is spare \(number), which was given to no slot",
          hint: "no slot tells what it holds; a kit list does, where somebody else packed")
      }
      throw CommandRefusal(
        "the kit \(code) is that of no slot", hint: "read the code on the label once more")
    }
    let slot = self.slot ?? 0
    var spare: Int?
    let rows = SlotRecord.rows(of: manifest.schedule, entries: entries, today: nil)
    for row in rows where row.occasion.slot == slot {
      if row.hasNoDose {
        try Output.show("attention: for slot \(slot) nothing was taken, says the record")
      } else if row.hasUnknownKit {
        try Output.show(
          "attention: for slot \(slot) something was taken, and no entry says which kit; the slot tells what its "
            + "own held")
      } else {
        spare = index.spare(row.takenKit, standingFor: slot)
      }
      for kit in row.mistakenKits where index.slot(tellingOf: kit) != slot {
        try Output.show(
          "attention: a note says that for slot \(slot) the kit \(kit) was taken by mistake, "
            + way(to: kit, index))
      }
    }
    return (slot, spare)
  }

  private func way(to kit: KitCode, _ index: KitIndex) -> String {
    let opening = index.slot(tellingOf: kit).map {
      "; what it held: selfblind break-code \(folder) --slot \($0)"
    }
    return switch index.meaning(of: kit) {
    case .slot(let other): "which is slot \(other)'s\(opening ?? "")"
    case .spare(let number):
      "which is spare \(number)"
        + (opening.map { $0 + ", if it was the right spare" } ?? "; no slot tells what it held")
    case .label, .foreign: "which is no kit of this trial"
    }
  }

  /// Opens the slot: first whether the key or the text fits, then the reason into the journal.
  private func open(
    _ slot: Int, _ trial: SealedTrial, in trialFolder: TrialFolder
  ) throws -> CodeBreak {
    // After the lock only what was announced before it, by a run that was interrupted.
    let journal = try Journal.open(in: folder, for: .reading)
    guard try !journal.isLocked || journal.codeBreakReceipt(slot: slot) != nil else {
      throw JournalError.locked
    }
    let clock = try time.wallClock(zone: trial.manifest.zone)
    if let envelope {
      let text = try GivenFile.read(envelope)
      try trial.checkEnvelope(text, slot: slot)
      return try trialFolder.breakCode(
        of: trial, envelopeText: text, after: announced(slot, clock))
    }
    // Before anything is announced: an envelope that cannot be opened leaves no trace.
    let path = SealedTrial.Path.envelope(slot: slot)
    for fault in trial.damage {
      switch fault {
      case .fileChanged(path), .missingFile(path), .notAnAgeFile(path, _): throw fault
      default: break
      }
    }
    let fitting = try key.unlock(trial)
    return try trialFolder.breakCode(of: trial, with: fitting, after: announced(slot, clock))
  }

  /// The announcement of this slot's code break: made before by an interrupted run, or made now.
  private func announced(_ slot: Int, _ clock: WallClock) throws -> Receipt {
    let journal = try Journal.open(in: folder)
    return try journal.codeBreakReceipt(slot: slot)
      ?? journal.announceCodeBreak(slot: slot, reason: reason, clock: clock)
  }

  /// What the opened slots tell, by the scheme alone, about those that stay sealed.
  private static func leakage(_ trial: SealedTrial, _ opened: [CodeBreak]) throws -> [String] {
    let automaton = trial.design.automaton
    var fixed: [Int: Int] = [:]
    for one in opened { fixed[one.slot - 1] = trial.design.arms.firstIndex(of: one.arm) }
    let before = automaton.posterior(fixing: [:]).map { $0.max() ?? 0 }
    let certainty = automaton.posterior(fixing: fixed).map { $0.max() ?? 0 }
    let sealed = certainty.indices.filter { fixed[$0] == nil }
    let known = sealed.filter { certainty[$0] > 1 - 1e-12 }.map { String($0 + 1) }
    // Without the arms: what the scheme says is public, and need not be put under one's nose.
    let surer = sealed.filter { certainty[$0] <= 1 - 1e-12 && certainty[$0] - before[$0] >= 0.05 }
      .map { "\($0 + 1) (\(Int((certainty[$0] * 100).rounded())) %)" }
    if !known.isEmpty || !surer.isEmpty {
      return
        (known.isEmpty
        ? [] : ["by the scheme this also gives away slot \(known.joined(separator: ", "))"])
        + (surer.isEmpty
          ? []
          : ["by the scheme these can be guessed better: slot \(surer.joined(separator: ", "))"])
    }
    let most = sealed.map { certainty[$0] }.max() ?? 0
    return ["by the scheme no sealed slot is now surer than \(Int((most * 100).rounded())) %"]
  }
}
