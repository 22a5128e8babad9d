import ArgumentParser
import BlindRecord
import Foundation
import TrialArchive
import TrialDesign

/// A whole trial on a simulated participant, from `new` to `verify`.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Run a whole trial on a simulated participant.",
    discussion: """
      The draw follows from the seed, so the manifest and the report say that it is a
      demonstration. The same seed gives the same trial but for keys, salts and signatures.
      """)

  @Option(
    help: ArgumentHelp("The folder to make.", valueName: "folder"),
    transform: FolderName.read)
  var output: String

  @Option(help: ArgumentHelp("Which simulated person.", valueName: "number"))
  var seed: Int = 5

  func run() throws {
    guard !FileManager.default.fileExists(atPath: output) else {
      throw CommandRefusal(
        "\(output): it exists already", hint: "name a folder that is not there yet")
    }
    let demonstration = Demonstration(folder: output, seed: seed)
    try demonstration.run(protocol: NewCommand.demonstration())
  }
}
