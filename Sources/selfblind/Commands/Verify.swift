import ArgumentParser
import BlindRecord
import Foundation
import TrialArchive

/// Verifies a folder as a stranger does: from its files alone.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Verify a trial from its folder alone, with a transcript.")

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder),
      isFolder.boolValue
    else { throw CommandRefusal("\(folder): there is no such folder") }
    let verification = Working.during("verifying") { TrialFolder(path: folder).verify() }
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      try Output.show(String(decoding: try encoder.encode(verification), as: UTF8.self))
    } else {
      try Output.show(verification.transcript)
    }
    try VerifyCommand.require(verification, folder)
  }

  /// Refuses a folder that does not verify, naming the checks that fail; the transcript says why.
  static func require(_ verification: Verification, _ folder: String) throws {
    guard !verification.verified else { return }
    let failed = verification.checks.filter { !$0.ok }.map(\.name)
    throw CommandRefusal(
      "\(folder) does not verify: \(failed.count) of \(verification.checks.count) checks fail: "
        + failed.joined(separator: ", "))
  }
}
