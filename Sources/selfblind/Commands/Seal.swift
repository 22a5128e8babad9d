import ArgumentParser
import BlindRecord
import Foundation
import OpenSSLCrypto
import TrialArchive
import TrialDesign
import TrialSeal

/// Commits to a share, draws the allocation, hides it, and opens the journal.
struct SealCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seal",
    abstract: "Draw the schedule and seal it; from here on nothing of the protocol changes.",
    discussion: """
      Who can open the seal:
        --custody self       your own passphrase: stops accidents, not yourself
        --custody envelope   a random passphrase on a page, for an envelope that you sign
        --custody helper     another person's public key (age1…); a stock age is all they need
        --custody threshold  any --needed of several helpers, --recipient once for each
        --custody timelock   a puzzle that keeps this computer busy for --hours

      A second key, so that a lost one loses no trial: --clinician age1…, or a page to be printed
      (--recovery-key), which is what happens without either where one key opens the seal.

      With --mixing string a witness chooses a word after they have seen the commitment, so that
      nobody can have drawn until the schedule was liked; with --mixing beacon the first pulse of
      the NIST randomness beacon from an instant on takes its place. The sealing then waits, and can
      go on in another sitting: selfblind seal FOLDER, with the key and the word or the pulse.

      The kit list says which kit holds what. It is written once, for the packer: sealed to the
      helper's key, or as a page for the printer that you must not read (plain text where the file
      ends in .txt). With --packer, or a protocol that says who packs, the record
      says that it was delivered, and to whom. Whoever packs
      alone gets none: selfblind pack.
      """)

  /// Which public value takes part.
  enum Mixing: String, CaseIterable, ExpressibleByArgument {
    case none, string, beacon
  }

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  @Option(
    help: ArgumentHelp("Who can open the seal.", valueName: "kind"),
    transform: SealCommand.readKind)
  var custody: Custody.Kind?

  @Option(help: ArgumentHelp("A helper's public key.", valueName: "age1…"))
  var recipient: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many helpers have to come together.", valueName: "number"))
  var needed: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How long this computer takes to open a time lock, such as 12 or 0.5.", valueName: "hours"))
  var hours: Double?

  @Option(
    help: ArgumentHelp(
      "A clinician's public key, as second key and for emergencies.", valueName: "age1…"))
  var clinician: String?

  @Option(
    help: ArgumentHelp("Where the page with the second key goes.", valueName: "file"))
  var recoveryKey: String?

  @Flag(help: "Make no second key: when the only one is lost, so is the trial.")
  var oneKey = false

  @Option(
    help: ArgumentHelp("Where the page with the passphrase goes.", valueName: "file"))
  var envelopePage: String?

  @Option(help: "Which public value takes part in the draw; none unless given.")
  var mixing: Mixing?

  @Option(
    help: ArgumentHelp("A file whose first line is the witness's word.", valueName: "file"))
  var mixingValueFile: String?

  @Option(
    help: ArgumentHelp(
      "The instant of the beacon's pulse, such as 2031-03-02T21:00:00Z.", valueName: "instant"))
  var beaconAt: String?

  @Option(help: ArgumentHelp("The beacon's certificate, PEM or DER.", valueName: "file"))
  var beaconCertificate: String?

  @Option(help: ArgumentHelp("The beacon's chain; 2 unless given.", valueName: "number"))
  var beaconChain: UInt64?

  @Option(
    help: ArgumentHelp("To go on: the beacon's pulse, as it is served.", valueName: "file"))
  var pulse: String?

  @Flag(help: "Give up a sealing that was begun and not drawn; it is counted.")
  var abandon = false

  @OptionGroup var key: KeyOptions

  @Option(
    help: ArgumentHelp(
      "To go on: what a custodian got from `age -d sealed/share.age`.", valueName: "file"))
  var share: String?

  @Option(
    help: ArgumentHelp(
      "Where the packer's list goes; otherwise beside the folder.", valueName: "file"))
  var kitList: String?

  @Option(help: ArgumentHelp("Who gets the packer's list, for the record.", valueName: "name"))
  var packer: String?

  @Option(help: .hidden)
  var workFactor: Int = 18

  @OptionGroup var time: ClockOptions

  func validate() throws {
    try key.excluding("--share", isGiven: share != nil)
    try refuseForeignOptions()
    switch custody {
    case .helper:
      guard recipient.count == 1 else {
        throw ValidationError(
          recipient.isEmpty
            ? "Custody helper needs the helper's key: --recipient age1…"
            : "Custody helper takes one helper's key: found \(recipient.count) --recipient; "
              + "several helpers are --custody threshold")
      }
    case .threshold:
      guard needed != nil else {
        throw ValidationError("Custody threshold needs --needed, how many have to come together")
      }
    case .timelock:
      guard let hours, hours > 0, hours <= 100_000 else {
        throw ValidationError("Custody timelock needs --hours, more than 0 and at most 100000")
      }
      guard mixing == nil || mixing == Mixing.none else {
        throw ValidationError("Custody timelock takes no --mixing: it could not go on later")
      }
    case .own, .envelope, nil: break
    }
    guard mixing != .beacon || (beaconAt != nil && beaconCertificate != nil) else {
      throw ValidationError("A beacon needs --beacon-at and --beacon-certificate")
    }
    guard [clinician != nil, recoveryKey != nil, oneKey].count(where: { $0 }) <= 1 else {
      throw ValidationError("--clinician, --recovery-key and --one-key exclude each other")
    }
    guard (1...22).contains(workFactor) else {
      throw ValidationError("The work factor is 1 to 22")
    }
  }

  /// Reads a kind of custody by its name.
  private static func readKind(_ name: String) throws -> Custody.Kind {
    guard let kind = Custody.Kind(rawValue: name) else {
      throw ValidationError(
        "There is no custody \"\(name.prefix(40))\": "
          + Custody.Kind.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return kind
  }

  func run() throws {
    let trialFolder = TrialFolder(path: folder)
    if abandon {
      let number = try trialFolder.abandonSealing()
      return try Output.show(
        "given up: what was there is in abandoned-\(number), and the next sealing counts it")
    }
    if trialFolder.isSealed,
      let finished = try trialFolder.finishInterruptedSealing(
        clock: time.wallClock(zone: trialFolder.design().zone))
    {
      try Output.show(
        "finished the sealing that was interrupted: trial \(finished.trial.manifest.trial)")
      try Output.show("  the kit list that was written then stands")
      return
    }
    guard !trialFolder.isSealed else { throw TrialFolder.StepError.alreadySealed }
    let design = try trialFolder.design()
    let clock = try time.wallClock(zone: design.zone)
    try SealCommand.checkDays(of: design, today: clock.now.day)
    if let begun = try trialFolder.committedSeal() {
      try demandAgreement(with: begun)
      return try goOn(with: begun, in: trialFolder, clock: clock)
    }
    guard let custody else {
      throw ValidationError("A new sealing needs --custody self, helper, envelope, …")
    }
    guard share == nil else {
      throw ValidationError("--share goes on with a sealing that was begun, and none was")
    }
    try begin(custody, in: trialFolder, design: design, clock: clock)
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
