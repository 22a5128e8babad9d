import ArgumentParser
import BlindRecord
import TrialArchive
import TrialSeal

/// Writes the sheet from which the second key opens single slots, far from this computer.
struct EmergencySheetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "emergency-sheet",
    abstract: "Write a sheet on which every slot can be opened by the second key alone.",
    discussion: """
      For the clinician, or whoever keeps the recovery key: one page of HTML to be printed. It holds
      ciphertext only; a stock age opens one slot from it, and the others stay sealed.
      """)

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  @Option(help: ArgumentHelp("Where it goes; otherwise beside the folder.", valueName: "file"))
  var output: String?

  func run() throws {
    let trialFolder = TrialFolder(path: folder)
    try trialFolder.demandSealed()
    let trial = try trialFolder.sealedTrialInEmergency()
    guard trial.committed.commitment.custody.second != .none else {
      let isTimeLock = trial.committed.commitment.custody.kind == .timelock
      throw CommandRefusal(
        "this trial has no second key, so there is nothing that a sheet could hold",
        hint: isTimeLock
          ? "nobody holds a key: an emergency has to wait until `selfblind solve` is done"
          : "an emergency goes through the custodian: selfblind break-code")
    }
    Failure.warn(trial.damage)
    let file = try OutsideFile(
      path: output, trial: trialFolder.path, ending: "-emergency-sheet.html",
      name: "emergency sheet", option: "--output", reader: "its keeper")
    try file.write(EmergencySheetPage.bytes(of: trial))
    try Output.show("wrote \(file.path): \(trial.manifest.schedule.occasions.count) slots")
    try Output.show("  print it for whoever holds the second key; anybody may see it")
  }
}
