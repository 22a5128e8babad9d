import ArgumentParser
import BlindRecord
import LocalWeb
import PackingWeb
import TrialArchive
import TrialJournal
import TrialKits
import TrialSeal

/// Packing alone: the matching test, then fill, clear, shuffle and sort, scan by scan.
struct PackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pack",
    abstract: "Fill and sort the kits alone, without learning which slot holds what.",
    discussion: """
      For a protocol with packing: {by: participant}. A keyboard scanner types the codes, or you do;
      they are not shown. It stops and goes on at any step: run it again.

      With --browser the same steps are pages, where a label can also be photographed; its sheets are
      printed there. They are served to this machine alone, unless --home-network lets a phone in that
      knows the pairing code.

      Instead of a code: undo takes the last scan back, done ends a step, lost gives up the kits that
      are missing while sorting, stop leaves.

      While you pack, packing.key in the folder can answer what every slot holds; it is destroyed when
      all is sorted. Whoever notes down labels while filling unblinds themselves.
      """)

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  @Flag(help: "Pack although no matching test was passed; the record says so.")
  var unmatched = false

  @Flag(help: "Serve the steps as pages for a browser, until control-C.")
  var browser = false

  @Flag(help: "Let other devices of this network in that know the pairing code.")
  var homeNetwork = false

  @Option(help: "The port of the pages; 0 for any free one.")
  var port = 8470

  @OptionGroup var time: ClockOptions

  func validate() throws {
    guard browser || !homeNetwork else { throw ValidationError("--home-network needs --browser") }
    guard (0...65_535).contains(port) else { throw ValidationError("--port is 0 to 65535") }
  }

  func run() throws {
    let trialFolder = TrialFolder(path: folder)
    let trial = try trialFolder.sealedTrial()
    guard trial.manifest.packing?.isAlone == true else { throw PackingError.packedByOthers }
    let journal = try Journal.open(in: folder)
    guard try !journal.isLocked else { throw JournalError.locked }
    let clock = try time.wallClock(zone: trial.manifest.zone)
    if try isPacked(journal) {
      try trialFolder.forgetPacking()
      return try Output.show("packed already; the record has it")
    }
    if browser {
      let walk = try walk(trial, journal, clock)
      return try PageServer(
        frame: PackingSite.frame, site: { await walk.respond(to: $0) },
        reach: homeNetwork ? .homeNetwork : .loopback, port: port,
        farewell: "stopped; what was answered is on the disk"
      ).run()
    }
    if !unmatched, trial.manifest.packing?.matching != nil {
      let isMatched = try MatchingWizard(
        trial: trial, folder: folder, journal: journal, clock: clock
      ).run()
      guard isMatched else { return }
    }
    try PackingWizard(
      session: PackingSession.open(trial, in: folder), journal: journal, clock: clock
    ).run()
  }

  /// The same way as pages: the matching test, unless one was passed, then the kits.
  private func walk(
    _ trial: SealedTrial, _ journal: Journal, _ clock: WallClock
  ) throws -> PackingWalk {
    let folder = folder
    @Sendable func openTest() throws -> MatchingTest {
      try MatchingTest.open(trial, in: folder, after: PackCommand.tests(in: journal))
    }
    let steps = PackingWalk.Steps(
      open: { try PackingSession.open(trial, in: folder) }, openTest: openTest,
      recordKits: { _ = try journal.append($0, clock: clock) },
      recordTest: { _ = try journal.append($0, clock: clock) })
    let notes = try PackCommand.tests(in: journal)
    guard !unmatched, let rule = trial.manifest.packing?.matching,
      !notes.contains(where: { ($0.result?.right ?? .max) <= rule.mostRight })
    else { return try PackingWalk(steps: steps) }
    let job = try PackingJob(trial)
    // The last one's result, where it was not passed: another one is begun by who wants it.
    if let result = notes.last?.result {
      return PackingWalk(after: result, by: rule, of: job, steps: steps)
    }
    return PackingWalk(try openTest(), of: job, steps: steps)
  }

  /// What the record says of matching tests.
  private static func tests(in journal: Journal) throws -> [MatchingNote] {
    try journal.entries().compactMap { entry in
      if case .matching(let note) = entry.event { note } else { nil }
    }
  }

  private func isPacked(_ journal: Journal) throws -> Bool {
    try journal.entries().havePackedKits
  }
}
