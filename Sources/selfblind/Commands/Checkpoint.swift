import ArgumentParser
import BlindRecord
import TrialJournal

/// Prints the line that a helper keeps, and checks one that came back.
struct CheckpointCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checkpoint",
    abstract: "Print one line for a helper to keep, or check one that came back.",
    discussion: """
      The line holds the number of entries and the root over them: 85 characters or a few more, \
      one text message. It tells nothing about any arm. Sent right after sealing it covers every \
      commitment of the seal, the plan root among them.
      """)

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  @Option(
    help: ArgumentHelp(
      "A line that a helper sends back; kept when this journal extends it.", valueName: "line"))
  var cameBack: String?

  func run() throws {
    let journal = try Journal.open(in: folder, for: .reading)
    guard let cameBack else {
      try Output.show(try journal.checkpointLine().text)
      return
    }
    let line = try CheckpointLine(cameBack)
    try journal.keep(line)
    try ReportRenewal.afterWitness(in: folder)
    let now = try journal.checkpointLine().size
    try Output.show(
      "the journal extends it: the first \(line.size) of \(now) entries are the ones it was made of"
    )
  }
}
