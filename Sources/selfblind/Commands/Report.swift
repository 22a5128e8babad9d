import ArgumentParser
import Foundation
import TrialArchive
import TrialReport

/// Writes the report of an unblinded trial.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write the report as HTML, Markdown and JSON.")

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  @Flag(help: "Print the Markdown as well.")
  var show = false

  func run() throws {
    let trialFolder = TrialFolder(path: folder)
    try trialFolder.demandSealed()
    try ReportCommand.requireUnblinded(trialFolder)
    let report = try Working.during("analysing") { try trialFolder.writeReport() }
    if show { try Output.show(report.markdown) }
    for file in ReportFile.allCases {
      try Output.show("wrote \(trialFolder.path)/\(file.rawValue)")
    }
  }

  /// Refuses a trial that is not unblinded.
  static func requireUnblinded(_ trialFolder: TrialFolder) throws {
    guard trialFolder.exists(TrialFolder.Name.unblinding) else {
      throw CommandRefusal(
        "the trial in this folder is not unblinded yet",
        hint: "run `selfblind lock` and then `selfblind unblind` first")
    }
  }
}
