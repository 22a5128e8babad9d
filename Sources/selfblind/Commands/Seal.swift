import ArgumentParser
import BlindRecord
import Foundation
import OpenSSLCrypto
import TrialArchive
import TrialDesign
import TrialJournal
import TrialKits
import TrialSeal

/// Draws the allocation, commits to it, hides it, and opens the journal.
struct SealCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seal",
    abstract: "Draw the schedule and seal it; from here on nothing of the protocol changes.",
    discussion: """
      --custody helper seals to another person's public key (age1…), who need not have this program.
      --custody self seals with your own passphrase: it stops accidents, not yourself.

      The kit list says which kit holds what. It is written once, for the packer: sealed to the
      helper's key, or as a plain text that you must not read.
      """)

  /// Who holds the key.
  enum Holder: String, CaseIterable, ExpressibleByArgument {
    case `self`, helper
  }

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  @Option(help: "Who can open the seal.")
  var custody: Holder

  @Option(help: ArgumentHelp("The helper's public key.", valueName: "age1…"))
  var recipient: String?

  @Option(
    help: ArgumentHelp(
      "A file whose first line is the passphrase; otherwise it is asked for.", valueName: "file"))
  var passphraseFile: String?

  @Option(
    help: ArgumentHelp(
      "Where the packer's list goes; otherwise beside the folder.", valueName: "file"))
  var kitList: String?

  @Option(help: .hidden)
  var workFactor: Int = 18

  @OptionGroup var time: ClockOptions

  func validate() throws {
    switch custody {
    case .helper:
      guard recipient != nil else {
        throw ValidationError("Custody helper needs the helper's key: --recipient age1…")
      }
      guard passphraseFile == nil else {
        throw ValidationError("Custody helper takes no passphrase")
      }
    case .self:
      guard recipient == nil else {
        throw ValidationError("Custody self takes no --recipient")
      }
    }
    guard (1...22).contains(workFactor) else {
      throw ValidationError("The work factor is 1 to 22")
    }
  }

  func run() throws {
    let trialFolder = TrialFolder(path: folder)
    if let finished = try trialFolder.finishInterruptedSealing() {
      try Output.show(
        "finished the sealing that was interrupted: trial \(finished.trial.manifest.trial)")
      try Output.show("  the kit list that was written then stands")
      return
    }
    guard !trialFolder.isSealed else { throw TrialFolder.StepError.alreadySealed }
    let design = try trialFolder.design()
    let clock = try time.wallClock(zone: design.zone)
    try SealCommand.checkDays(of: design, today: clock.now.day)
    let target = try KitListFile(
      path: kitList, trial: trialFolder.path, recipient: recipient.map { try AgeRecipient($0) })
    var passphrase =
      custody == .self ? try Passphrase.read(file: passphraseFile, isNew: true) : []
    defer { wipe(&passphrase) }
    let holder = try recipient.map { Custody.recipient(try AgeRecipient($0)) }
    try target.reserve()
    var isDelivered = false
    let sealed: (trial: SealedTrial, journal: Journal)
    do {
      sealed = try trialFolder.seal(
        custody: holder ?? .passphrase(passphrase, workFactor: workFactor), clock: clock
      ) { list in
        isDelivered = true
        try target.write(KitSheet(list))
      }
    } catch {
      guard isDelivered else {
        target.release()
        throw error
      }
      // Once the manifest is there the draw stands, and its list with it: it is finished next time.
      guard !trialFolder.isSealed, !target.withdraw() else { throw error }
      throw target.void(because: error)
    }
    try report(sealed.trial.manifest, target)
  }

  private func report(_ manifest: Manifest, _ target: KitListFile) throws {
    try Output.show("sealed: trial \(manifest.trial), \(manifest.schedule.occasions.count) slots")
    try Output.show("  plan root  \(manifest.commitments.planRoot)")
    try Output.show("  kit list   \(target.path)")
    try Output.show("             " + target.advice)
    try Output.show(
      "give the plan root to a witness now: it shows later that nothing was drawn again")
  }

  /// Refuses to seal what can no longer be recorded.
  private static func checkDays(of design: TrialProtocol, today: CalendarDay) throws {
    guard let first = design.days.first, first.advanced(by: design.entryWindow) < today else {
      return
    }
    throw CommandRefusal(
      "the first slot was due on \(first), and today is \(today)",
      hint: "move the start in protocol.yaml to a day that is still to come")
  }
}
