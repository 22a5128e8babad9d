import ArgumentParser
import BlindRecord
import TrialAnalysis
import TrialArchive
import TrialJournal
import TrialSeal

/// A look at a running trial by whoever keeps the key: one word, and an entry in the journal.
struct MonitorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "monitor",
    abstract: "For the key's holder: may the trial stop? Only the one word is said.",
    discussion: """
      The protocol must have `monitoring` in its analysis. The schedule is opened in memory, the \
      evidence of the blocks that have ended is worked out, and `continue` or `may stop` is printed \
      and written into the journal. Nothing else leaves. Not for the participant's own hands: who \
      runs it holds the key.
      """)

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  @OptionGroup var key: KeyOptions

  @Option(
    help: ArgumentHelp(
      "What the helper got from `age -d sealed/share.age`.", valueName: "file"))
  var share: String?

  @OptionGroup var time: ClockOptions

  func validate() throws { try key.excluding("--share", isGiven: share != nil) }

  func run() throws {
    let trialFolder = TrialFolder(path: folder)
    guard trialFolder.isSealed else { throw TrialFolder.StepError.notSealed }
    let trial = try trialFolder.sealedTrial()
    let clock = try time.wallClock(zone: trial.manifest.zone)
    let today = clock.now.day
    let journal = try Journal.open(in: folder)
    guard try !journal.isLocked else { throw JournalError.locked }
    let entries = try journal.entries()
    // What can be refused without a key is refused before one is asked for.
    _ = try MonitorLook.ready(trial, entries: entries, today: today)
    let opened =
      try share.map { try trial.unlock(shareText: GivenFile.read($0)) }
      ?? key.unlock(trial)
    let look = try MonitorLook(of: trial, with: opened, entries: entries, today: today)
    // The entry first: a word that is not in the record was not given.
    _ = try journal.append(lookAt: look.slots, mayStop: look.mayStop, clock: clock)
    try Output.show(look.mayStop ? "may stop" : "continue")
  }
}
