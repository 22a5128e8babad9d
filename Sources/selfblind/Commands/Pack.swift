import ArgumentParser
import BlindRecord
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

      Instead of a code: undo takes the last scan back, done ends a step, lost gives up the kits that
      are missing while sorting, stop leaves.

      While you pack, packing.key in the folder can answer what every slot holds; it is destroyed when
      all is sorted. Whoever notes down labels while filling unblinds themselves.
      """)

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  @Flag(help: "Pack although no matching test was passed; the record says so.")
  var unmatched = false

  @OptionGroup var time: ClockOptions

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
    if !unmatched, trial.manifest.packing?.matching != nil {
      let isMatched = try MatchingWizard(
        trial: trial, folder: folder, journal: journal, clock: clock
      ).run()
      guard isMatched else { return }
    }
    // The faces of a session: this terminal; the pages of `--browser` open the same one.
    try PackingWizard(
      session: PackingSession.open(trial, in: folder), journal: journal, clock: clock
    ).run()
  }

  private func isPacked(_ journal: Journal) throws -> Bool {
    try journal.entries().contains { if case .packed = $0.event { true } else { false } }
  }
}
