import BlindRecord
import Foundation
import OpenSSLCrypto
import TrialArchive
import TrialJournal
import TrialSeal

/// One sitting of a rehearsal: decoys out, codes in, and what was seen goes into the journal.
struct Rehearsal {
  private let seal: CommittedSeal
  private let folder: TrialFolder
  private let journal: Journal
  private let clock: WallClock
  private let codes: [KeyHolder: KitCode]
  private var seen: Set<KeyHolder>

  init(_ trial: SealedTrial, folder: TrialFolder, journal: Journal, clock: WallClock) throws {
    seal = trial.committed
    self.folder = folder
    self.journal = journal
    self.clock = clock
    guard var secret = try folder.read(TrialFolder.Name.recorderKey) else {
      throw JournalError.missingFile(TrialFolder.Name.recorderKey)
    }
    defer { wipe(&secret) }
    var codes: [KeyHolder: KitCode] = [:]
    for holder in seal.holders {
      codes[holder] = try seal.rehearsalCode(of: holder, seed: secret)
    }
    self.codes = codes
    seen = Set(
      try journal.entries().compactMap { entry in
        if case .rehearsal(let holder) = entry.event { holder } else { nil }
      })
  }

  /// Asks everybody who was not seen yet: for the passphrase, or for the code of their decoy.
  mutating func askEverybody(_ key: KeyOptions) throws {
    let passphrases = ["passphrase", "envelope"]
    for holder in seal.holders where !seen.contains(holder) && !passphrases.contains(holder.name) {
      let decoy = try writeDecoy(for: holder)
      try Output.show("\(holder): give them \(decoy), and have them run")
      try Output.show("  age -d -i KEY \(URL(fileURLWithPath: decoy).lastPathComponent)")
      let typed = try? Terminal.ask("the code they read (empty = later)")
      guard let typed, !typed.isEmpty else { continue }
      try take("\(holder)=\(typed)")
    }
    // Last: without a terminal it is refused, and everybody else has their decoy by then.
    for holder in seal.holders where !seen.contains(holder) && passphrases.contains(holder.name) {
      try tryPassphrase(key)
    }
  }

  /// Takes `holder=code`.
  mutating func take(_ typed: String) throws {
    let parts = typed.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, let holder = KeyHolder(parts[0]), let expected = codes[holder] else {
      throw CommandRefusal(
        "--code: found \"\(typed.prefix(40))\", expected HOLDER=CODE",
        hint: "the holders of this trial's keys are "
          + seal.holders.map(\.name).joined(separator: ", "))
    }
    guard
      [parts[1], Rehearsal.withoutItsWord(parts[1])].contains(where: { KitCode($0) == expected })
    else {
      throw CommandRefusal(
        "\(holder): this is not the code in their decoy; nothing was written down",
        hint: "have them open the decoy of this trial and read the line that begins with \"code\"")
    }
    try record(holder)
  }

  /// A code without the word "code" that stands before it in the decoy: some read the whole line.
  private static func withoutItsWord(_ line: String) -> String {
    line.replacing(#/^\s*code[\s:]+/#.ignoresCase(), with: "")
  }

  /// Tries a passphrase on the trial's key and that key on a decoy.
  mutating func tryPassphrase(_ key: KeyOptions) throws {
    let names = ["passphrase", "envelope"]
    guard let holder = seal.holders.first(where: { names.contains($0.name) }),
      let code = codes[holder]
    else {
      _ = try key.unlock(seal)
      return
    }
    let opened = try key.unlock(seal)
    guard opened.opens(try seal.decoy(for: holder, code: code), of: seal, code: code) else {
      throw SealError.wrongKey(custody: seal.commitment.custody.kind.rawValue)
    }
    try record(holder)
  }

  /// Tries an identity that is at hand on the decoy of whoever holds it.
  mutating func tryIdentity(_ identity: AgeIdentity) throws {
    guard let holder = seal.holder(of: identity), let code = codes[holder],
      seal.openDecoy(try seal.decoy(for: holder, code: code), with: identity) == code
    else { throw SealError.wrongKey(custody: SealError.anyKey) }
    try record(holder)
  }

  /// Says who was not seen yet.
  func showWhatIsLeft() throws {
    let left = seal.holders.filter { !seen.contains($0) }.map(\.name)
    try Output.show(
      left.isEmpty
        ? "every key of this trial was seen to open a decoy"
        : "not seen yet: \(left.joined(separator: ", ")); do it before the first dose")
  }

  private mutating func record(_ holder: KeyHolder) throws {
    guard !seen.contains(holder) else {
      return try Output.show("\(holder): seen before")
    }
    let receipt = try journal.append(rehearsalOf: holder, clock: clock)
    seen.insert(holder)
    try? FileManager.default.removeItem(atPath: decoyPath(of: holder))
    try Output.show("\(holder): opened the decoy (\(receipt.entry))")
  }

  private func decoyPath(of holder: KeyHolder) throws -> String {
    try OutsideFile.beside(folder.path, path: nil, ending: "-rehearsal-\(holder).age").path
  }

  private func writeDecoy(for holder: KeyHolder) throws -> String {
    let file = try OutsideFile.beside(
      folder.path, path: nil, ending: "-rehearsal-\(holder).age")
    guard let code = codes[holder] else { throw SealError.notAHolder(holder.name) }
    try file.write(seal.decoy(for: holder, code: code))
    return file.path
  }
}
