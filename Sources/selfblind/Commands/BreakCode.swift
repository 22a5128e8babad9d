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
    abstract: "Open one slot in an emergency; the reason is written down first.")

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  @Option(help: ArgumentHelp("The slot to open.", valueName: "number"))
  var slot: Int

  @Option(help: ArgumentHelp("Why.", valueName: "text"))
  var reason: String

  @OptionGroup var key: KeyOptions

  @Option(
    help: ArgumentHelp(
      "What the helper got from `age -d` on the slot's envelope.", valueName: "file"))
  var envelope: String?

  @OptionGroup var time: ClockOptions

  func validate() throws { try key.excluding("--envelope", isGiven: envelope != nil) }

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
    let number = String(repeating: "0", count: max(0, 4 - "\(slot)".count)) + "\(slot)"
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
    let opened = try kept.opened.first { $0.slot == slot } ?? open(trial, in: trialFolder)
    try Output.show("slot \(opened.slot) held: \(opened.arm.name)")
    try Output.show(
      "the announcement is \(opened.receipt.entry) of the journal; all others stay sealed")
    let all = try trialFolder.intactCodeBreaks(of: trial).opened
    for line in try BreakCodeCommand.leakage(trial, all) {
      try Output.show(line)
    }
  }

  /// Opens the slot: first whether the key or the text fits, then the reason into the journal.
  private func open(_ trial: SealedTrial, in trialFolder: TrialFolder) throws -> CodeBreak {
    // After the lock only what was announced before it, by a run that was interrupted.
    let journal = try Journal.open(in: folder, for: .reading)
    guard try !journal.isLocked || journal.codeBreakReceipt(slot: slot) != nil else {
      throw JournalError.locked
    }
    let clock = try time.wallClock(zone: trial.manifest.zone)
    if let envelope {
      let text = try GivenFile.read(envelope)
      try trial.checkEnvelope(text, slot: slot)
      return try trialFolder.breakCode(of: trial, envelopeText: text, after: announced(clock))
    }
    // Before anything is announced: an envelope that cannot be opened leaves no trace.
    let path = SealedTrial.Path.envelope(slot: slot)
    for fault in trial.damage where [.fileChanged(path), .missingFile(path)].contains(fault) {
      throw fault
    }
    let fitting = try key.unlock(trial)
    return try trialFolder.breakCode(of: trial, with: fitting, after: announced(clock))
  }

  /// The announcement of this slot's code break: made before by an interrupted run, or made now.
  private func announced(_ clock: WallClock) throws -> Receipt {
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
