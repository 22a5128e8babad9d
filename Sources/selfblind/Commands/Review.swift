import ArgumentParser
import LocalWeb
import ReviewWeb
import TrialArchive

/// Serves the report of a finished trial with the questions that a person asks next.
struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Ask the finished trial more, as pages: other days, outcomes, tests.",
    discussion: """
      The folder is verified first, and only an unblinded trial is served. Each question is answered by
      the same engine as the report, marked as exploratory, and counted; its address asks it again. Nothing
      is written into the folder.

      The pages are served to this machine alone, unless --home-network lets other devices in that know
      the pairing code. They hold health data.
      """)

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  @Flag(help: "Let other devices of this network in that know the pairing code.")
  var homeNetwork = false

  @Option(help: "The port of the pages; 0 for any free one.")
  var port = 8471

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port is 0 to 65535") }
  }

  func run() throws {
    let trial = try Working.during("verifying") { try TrialFolder(path: folder).verifiedTrial() }
    try Output.show("verified: \(trial.verification.checks.count) checks hold")
    let site = try ReviewSite(trial)
    try PageServer(
      frame: ReviewSite.frame, site: { await site.respond(to: $0) },
      reach: homeNetwork ? .homeNetwork : .loopback, port: port,
      farewell: "stopped; nothing was written"
    ).run()
  }
}
