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

  @Argument(help: "The trial's folder.")
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

  func run() throws {
    let trialFolder = TrialFolder(path: folder)
    let trial = try trialFolder.sealedTrial()
    let journal = try Journal.open(in: folder)
    let clock = try time.wallClock(zone: journal.manifest.schedule.zone)
    let opened: CodeBreak
    if let envelope {
      let text = try KeyOptions.content(of: envelope)
      let receipt = try announced(in: journal, clock)
      opened = try trialFolder.breakCode(of: trial, envelopeText: text, after: receipt)
    } else {
      let fitting = try key.unlock(trial)
      let receipt = try announced(in: journal, clock)
      opened = try trialFolder.breakCode(of: trial, with: fitting, after: receipt)
    }
    print("slot \(opened.slot) held: \(opened.arm.name)")
    print("the announcement is \(opened.receipt.entry) of the journal; all others stay sealed")
    for line in try BreakCodeCommand.leakage(trial, trialFolder.codeBreaks(of: trial)) {
      print(line)
    }
  }

  /// The announcement of this slot's code break: made before by an interrupted run, or made now.
  private func announced(in journal: Journal, _ clock: WallClock) throws -> Receipt {
    try journal.codeBreakReceipt(slot: slot)
      ?? journal.announceCodeBreak(slot: slot, reason: reason, clock: clock)
  }

  /// What the opened slots tell, by the scheme alone, about those that stay sealed.
  private static func leakage(_ trial: SealedTrial, _ opened: [CodeBreak]) throws -> [String] {
    let automaton = try trial.design.scheme.automaton()
    var fixed: [Int: Int] = [:]
    for one in opened { fixed[one.slot - 1] = trial.design.arms.firstIndex(of: one.arm) }
    let certainty = automaton.posterior(fixing: fixed).map { $0.max() ?? 0 }
    let sealed = certainty.indices.filter { fixed[$0] == nil }
    let known = sealed.filter { certainty[$0] > 1 - 1e-12 }.map { String($0 + 1) }
    if !known.isEmpty {
      return ["by the scheme this also gives away slot \(known.joined(separator: ", "))"]
    }
    let most = sealed.map { certainty[$0] }.max() ?? 0
    return ["by the scheme no sealed slot is now surer than \(Int((most * 100).rounded())) %"]
  }
}
