import ArgumentParser
import BlindRecord
import Foundation
import TrialAnalysis
import TrialArchive
import TrialDesign
import TrialReport

/// Runs the same analysis on a data set from elsewhere, which this program did not seal.
struct AnalyzeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyze",
    abstract: "Analyse ratings from elsewhere by the same code; nothing was sealed.",
    discussion: """
      RATINGS.csv has a header and the columns slot, arm, one per outcome, and if you like guess
      (0 to 1, or dk). DESIGN.yaml says arms, scheme and analysis as a protocol does.
      """)

  @Argument(help: ArgumentHelp("The ratings.", valueName: "ratings.csv"))
  var ratings: String

  @Option(help: ArgumentHelp("The design.", valueName: "design.yaml"))
  var design: String

  @Option(help: ArgumentHelp("The outcome, if there are several.", valueName: "name"))
  var outcome: String?

  @Flag(help: "Print one JSON object and nothing else.")
  var json = false

  @Option(help: ArgumentHelp("Write the report as one HTML page.", valueName: "file"))
  var html: String?

  func run() throws {
    let open = try OpenDesign(bytes: GivenFile.read(design), file: design)
    let declared = try DeclaredRecord(
      csv: GivenFile.read(ratings), csvName: ratings, design: open, outcome: outcome)
    let result = try Working.during("analysing") { try TrialResult(declared) }
    if let html {
      let url = URL(fileURLWithPath: html)
      try TrialFolder(path: url.deletingLastPathComponent().path)
        .write(Array(try Report(result).html.utf8), to: url.lastPathComponent, replacing: true)
    }
    guard json else { return try Output.show(Report(result).markdown) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try Output.show(String(decoding: try encoder.encode(AnalysisSummary(result)), as: UTF8.self))
  }
}
