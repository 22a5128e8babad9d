import ArgumentParser
import BlindRecord
import Foundation
import TrialArchive
import TrialDesign
import TrialReport

/// Writes the protocol as a page to be printed and signed before the first day.
struct ProtocolCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "protocol",
    abstract: "Write the protocol as a page to be printed and signed before the first day.",
    discussion: "The page follows SPENT 2019. It names no arm of any slot, sealed or not.")

  @Argument(help: "The trial's folder, or a protocol file.", transform: FolderName.read)
  var folder: String

  @Option(
    help: ArgumentHelp(
      "The page to write; beside the folder as FOLDER-protocol.html if left out.",
      valueName: "file"))
  var output: String?

  func run() throws {
    let design = try CheckCommand.design(folder)
    let page = try ProtocolDocument(design).html
    let name = TrialFolder(path: folder).path
    let file =
      output ?? (name.hasSuffix(".yaml") ? String(name.dropLast(5)) : name) + "-protocol.html"
    let url = URL(fileURLWithPath: file)
    try TrialFolder(path: url.deletingLastPathComponent().path)
      .write(Array(page.utf8), to: url.lastPathComponent, replacing: true)
    try Output.show("wrote \(file): \(design.scheme.slotCount) slots")
  }
}
