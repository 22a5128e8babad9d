import BlindRecord
import Foundation
import OpenSSLCrypto
import TrialDesign
import TrialSeal

/// The keys of a new sealing, and the pages on which two kinds of them are printed.
struct SealingKeys {
  /// Who can open the seal.
  private(set) var custody: Custody
  /// The second key.
  private(set) var second: SecondKey = .none
  /// What is to be said about them once they exist.
  private(set) var advice: [String] = []
  private var pages: [(file: OutsideFile, bytes: [UInt8])] = []
  private var reserved: [OutsideFile] = []
  private var passphrase: [UInt8] = []

  /// Makes the keys that the options ask for; asks for a passphrase where that is needed.
  ///
  /// - Throws: before anything was written.
  init(
    _ options: SealCommand, kind: Custody.Kind, helpers: [AgeRecipient], trial: String,
    design: TrialProtocol, day: CalendarDay
  ) throws {
    switch kind {
    case .own:
      passphrase = try Passphrase.read(file: options.key.passphraseFile, isNew: true)
      custody = .passphrase(passphrase, workFactor: options.workFactor)
    case .helper: custody = .recipient(helpers[0])
    case .threshold:
      custody = .threshold(
        try HelperThreshold(helpers: helpers, needed: options.needed ?? 0))
    case .envelope:
      let paper = try PaperPassphrase.generate()
      custody = .envelope(paper, workFactor: options.workFactor)
      let file = try OutsideFile(
        path: options.envelopePage, trial: trial, ending: "-envelope.html", name: "envelope page",
        option: "--envelope-page", reader: "you", numbered: true)
      pages.append((file, KeyPages.envelope(paper, title: design.title, day: day)))
      advice +=
        [
          "  passphrase \(file.path)",
          "             print it unread, delete the file, rehearse, close the envelope",
        ] + SealingKeys.warning(of: file)
    case .timelock:
      let rate = try TimeLockSolver.measureRate()
      let seconds = max(1, Int(((options.hours ?? 0) * 3600).rounded()))
      custody = .timelock(seconds: seconds, rate: rate)
      let faster = max(1, (TimeLockPuzzle.fastestKnown + rate - 1) / rate)
      advice += [
        "  time lock  \(rate) squarings a second here; the fastest machine known is "
          + "\(faster) times as fast"
      ]
    }
    try addSecond(options, kind: kind, trial: trial, design: design, day: day)
  }

  private mutating func addSecond(
    _ options: SealCommand, kind: Custody.Kind, trial: String, design: TrialProtocol,
    day: CalendarDay
  ) throws {
    if let clinician = options.clinician {
      second = .clinician(try AgeRecipient(clinician))
      advice.append("  second key the clinician's, who opens with a stock age")
      return
    }
    guard options.recoveryKey != nil || (!options.oneKey && opensWithOne) else {
      advice += warning
      return
    }
    let identity = try AgeIdentity.generate()
    let file = try OutsideFile(
      path: options.recoveryKey, trial: trial, ending: "-recovery-key.html",
      name: "recovery key", option: "--recovery-key", reader: "its keeper", numbered: true)
    second = .page(identity.recipient)
    pages.append((file, KeyPages.recovery(identity, title: design.title, day: day)))
    advice +=
      [
        "  second key \(file.path)",
        "             opens everything: print it unread, delete the file, give it away in an envelope",
      ] + SealingKeys.warning(of: file)
  }

  private static func warning(of file: OutsideFile) -> [String] {
    file.warning.map { ["  warning    \($0)"] } ?? []
  }

  /// Whether the loss of one key would lose the trial; a time lock loses none, it takes its time.
  private var opensWithOne: Bool {
    switch custody {
    case .passphrase, .recipient, .envelope: true
    case .threshold(let threshold): threshold.needed == threshold.helpers.count
    case .timelock: false
    }
  }

  /// What has to be known where there is no second key.
  private var warning: [String] {
    if case .timelock = custody {
      return [
        "  warning    no second key: an emergency has to wait as long as the lock holds"
      ]
    }
    if case .threshold(let threshold) = custody, !opensWithOne {
      let spare = threshold.helpers.count - threshold.needed
      return [
        "  second key none: \(spare) of \(threshold.helpers.count) helpers' keys may be lost, no more"
      ]
    }
    return ["  warning    no second key: when the only one is lost, so is the trial"]
  }

  /// Writes the pages, each where it was asked for.
  mutating func writePages() throws {
    for page in pages {
      try page.file.reserve()
      reserved.append(page.file)
      try page.file.write(page.bytes)
    }
  }

  /// Removes the pages of a sealing that does not exist.
  func withdrawPages() { for file in reserved { _ = file.withdraw() } }

  /// Overwrites what is secret here.
  mutating func clear() {
    // A copy that shares the bytes would keep them, so the other owners go first.
    let former = custody
    custody = .timelock(seconds: 1, rate: 1)
    if case .envelope(var paper, _) = consume former { paper.clear() }
    wipe(&passphrase)
    for place in pages.indices { wipe(&pages[place].bytes) }
  }
}
