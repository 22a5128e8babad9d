import ArgumentParser
import BlindRecord
import Foundation
import TrialArchive

/// Writes everything that is needed to verify and analyse a finished trial again.
struct BundleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle",
    abstract: "Write a folder to verify and analyse the trial again, also in Python and R.",
    discussion: """
      The bundle holds the trial's folder, the report, tidy tables, CDISC ODM-XML, and two scripts
      that do the primary test again without this program. The trial is verified first.
      """)

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  @Option(
    help: ArgumentHelp("The folder to make; FOLDER-bundle if left out.", valueName: "folder"),
    transform: FolderName.read)
  var output: String?

  func run() throws {
    let trialFolder = TrialFolder(path: folder)
    try trialFolder.demandSealed()
    try ReportCommand.requireUnblinded(trialFolder)
    let target = TrialFolder(path: output ?? trialFolder.path + "-bundle")
    guard !OutsideFile.isInside(target.path, trialFolder.path) else {
      throw CommandRefusal(
        "\(target.path) lies in the trial's own folder, which would not verify any more",
        hint: "name a folder beside it with --output")
    }
    let files = try Working.during("verifying") { try trialFolder.writeBundle(to: target) }
    try Output.show("wrote \(target.path): \(files.count) files")
    try Output.show(
      "try: python3 \(target.path)/reproduce.py, or Rscript \(target.path)/reproduce.R")
  }
}
