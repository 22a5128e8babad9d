import ArgumentParser
import BlindRecord
import Foundation
import TrialArchive
import TrialJournal
import TrialSeal

/// Proves before the first dose that every key of the seal opens a decoy, and writes it down.
struct RehearseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rehearse",
    abstract: "See every key of the seal open a decoy, before it is too late.",
    discussion: """
      For each person who holds a key a decoy is written beside the folder: they open it with a stock
      age, and read you the code in it. A passphrase is typed once more. What was seen is written
      into the journal; it tells nothing of the schedule.

        selfblind rehearse caffeine
        selfblind rehearse caffeine --code helper=234567P
      """)

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  @Option(
    help: ArgumentHelp("The code that a holder read from their decoy.", valueName: "holder=code"))
  var code: [String] = []

  @OptionGroup var key: KeyOptions

  @OptionGroup var time: ClockOptions

  func run() throws {
    let trialFolder = TrialFolder(path: folder)
    try trialFolder.demandSealed()
    let trial = try trialFolder.sealedTrial()
    let journal = try Journal.open(in: folder)
    guard try !journal.isLocked else { throw JournalError.locked }
    let clock = try time.wallClock(zone: trial.manifest.zone)
    var room = try Rehearsal(trial, folder: trialFolder, journal: journal, clock: clock)
    guard !trial.committed.holders.isEmpty else {
      return try Output.show("a time lock without a second key has no key that could be rehearsed")
    }
    if !code.isEmpty || key.passphraseFile != nil || !key.identity.isEmpty {
      for typed in code { try room.take(typed) }
      if key.passphraseFile != nil { try room.tryPassphrase(key) }
      for identity in try key.identity.flatMap(KeyOptions.identities) {
        try room.tryIdentity(identity)
      }
    } else {
      try room.askEverybody(key)
    }
    try room.showWhatIsLeft()
  }
}
