import ArgumentParser
import BlindRecord
import Foundation
import TrialArchive
import TrialDesign
import TrialJournal
import TrialSeal

/// Opens the whole allocation over the locked record.
struct UnblindCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unblind",
    abstract: "Open the seal over the locked record; this cannot be undone.")

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  @OptionGroup var key: KeyOptions

  @Option(
    help: ArgumentHelp(
      "What the helper got from `age -d sealed/share.age`.", valueName: "file"))
  var share: String?

  @Option(
    help: ArgumentHelp(
      "What you expect to find, before you know.",
      discussion:
        "Compared with the result in one form: focus higher under caffeine by 1.5, 70 % sure. A script "
        + "that gives it is not asked anything; at a terminal one question is left before the seal opens.",
      valueName: "text"))
  var prediction: String?

  @OptionGroup var time: ClockOptions

  func validate() throws {
    try key.excluding("--share", isGiven: share != nil)
    guard prediction?.allSatisfy(\.isWhitespace) != true else {
      throw ValidationError("--prediction says nothing: write what you expect, or \"none\"")
    }
  }

  func run() throws {
    let trialFolder = TrialFolder(path: folder)
    try trialFolder.demandSealed()
    guard !trialFolder.exists(TrialFolder.Name.unblinding) else {
      throw TrialFolder.StepError.alreadyUnblinded
    }
    let trial = try trialFolder.sealedTrial()
    _ = try Journal.lockedRecord(in: folder)
    let verification = trialFolder.verify()
    try Output.show(verification.transcript)
    try VerifyCommand.require(verification, folder)
    try Output.show(
      "\nAll of this holds. What follows cannot be undone: afterwards nobody is blind.")
    let opened =
      try share.map { try trial.unlock(shareText: GivenFile.read($0)) }
      ?? key.unlock(trial)
    let expected = try prediction ?? PredictionForm.ask(of: trial.design)
    if let note = PredictionForm.note(on: expected, of: trial.design) { try Output.show(note) }
    // A prediction among the arguments is how a script says yes; a person at a terminal is asked.
    if prediction == nil || isatty(STDIN_FILENO) == 1 {
      guard try Terminal.confirm("Open the seal now?") else {
        throw CommandRefusal("nothing was opened", hint: "the trial stays locked and sealed")
      }
    }
    let clock = try time.wallClock(zone: trial.manifest.zone)
    let unblinding = try trialFolder.unblind(with: opened, prediction: expected, clock: clock)
    let slots = unblinding.allocation.assignment.arms.count
    try Output.show("unblinded: \(slots) slots drawn again from the seal, all commitments agree")
    try Output.show("next: selfblind report \(folder)")
  }
}
