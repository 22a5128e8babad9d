import ArgumentParser
import BlindRecord
import Foundation
import GroupStudy
import TrialArchive
import TrialDesign
import TrialReport

/// Analyses the table of a study of many persons with guesses.
struct StudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "study",
    abstract: "Analyse a study of many people: what the arm did, and what the guess did.",
    discussion: """
      DATA.csv has a header and a row for each person and occasion. PLAN.yaml says which columns are
      the person, the arm, the guess and the outcomes, and which model is fitted. Both are described in
      Documentation/Specifications/study.md.
      """)

  @Argument(help: ArgumentHelp("The table.", valueName: "data.csv"))
  var data: String

  @Option(help: ArgumentHelp("The plan.", valueName: "plan.yaml"))
  var plan: String

  @Flag(help: "Print one JSON object and nothing else.")
  var json = false

  @Option(help: ArgumentHelp("Write the report as one HTML page.", valueName: "file"))
  var html: String?

  func run() throws {
    let read = try StudyPlan(bytes: GivenFile.read(plan), file: plan)
    let table = try StudyTable(csv: GivenFile.read(data), name: data, plan: read)
    let name = URL(fileURLWithPath: data).lastPathComponent
    let report = try StudyReport(StudyResult(table, plan: read, file: name))
    if let html {
      let url = URL(fileURLWithPath: html)
      try TrialFolder(path: url.deletingLastPathComponent().path)
        .write(Array(report.html.utf8), to: url.lastPathComponent, replacing: true)
    }
    try Output.show(json ? report.json : report.markdown, end: "")
  }
}
