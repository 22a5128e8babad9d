import BlindRecord
import Foundation
import OpenSSLCrypto
import TrialArchive
import TrialDesign
import TrialJournal
import TrialSeal

extension SampleTrial {
  /// Which files of a seal a sample has; no trial has all of them.
  public enum Kind: String, CaseIterable, Sendable {
    /// The participant's passphrase, and nothing from anybody else.
    case alone
    /// Two of three helpers, a clinician's second key with its cards, a witness's word; where the
    /// program `openssl` is, an authority's times, a request that waits, and a line that came back.
    case witnessed
    /// A time lock.
    case timelock
  }

  /// A finished trial in which everything happened: a corrected rating, a deviation, a code break,
  /// and, before it, a sealing that was given up.
  public static func eventful(_ kind: Kind = .alone) throws -> SampleTrial {
    let (sample, identities) = try made(kind)
    let authority = kind == .witnessed ? try LocalAuthority() : nil
    if let authority {
      try sample.keep(.seal, by: authority)
      try sample.openJournal().keep(sample.openJournal().checkpointLine())
      _ = try sample.folder.anchorRequest(.seal)
    }
    try sample.record(1...2)
    let clock = try TrialFolder.time(on: sample.design.days[2], hour: 3, zone: sample.design.zone)
    let journal = try sample.openJournal()
    _ = try journal.append(
      Deviation(slot: 1, kind: .other, reason: "a bad night"), clock: clock)
    let receipt = try journal.announceCodeBreak(slot: 2, reason: "a clinician asked", clock: clock)
    try journal.close()
    let key =
      identities.isEmpty
      ? try sample.trial.unlock(passphrase: passphrase)
      : try sample.trial.unlock(identities: identities)
    _ = try sample.folder.breakCode(of: sample.trial, with: key, after: receipt)
    try sample.record(3...sample.design.days.count)
    try sample.folder.makeFolder("abandoned-1")
    try sample.folder.write(Array("half a sealing\n".utf8), to: "abandoned-1/share.age")
    _ = try sample.folder.lock(reason: "all slots are over", clock: sample.clock())
    if let authority { try sample.keep(.lock, by: authority) }
    _ = try sample.folder.unblind(with: key, prediction: "better", clock: sample.clock())
    _ = try sample.folder.writeReport()
    return sample
  }

  private static func made(_ kind: Kind) throws -> (SampleTrial, identities: [AgeIdentity]) {
    switch kind {
    case .alone: return (try SampleTrial(), [])
    case .witnessed:
      let helpers = try (1...3).map { try AgeIdentity(secret: [UInt8](repeating: $0, count: 32)) }
      let clinician = try AgeIdentity(secret: [UInt8](repeating: 9, count: 32))
      let sample = try SampleTrial(
        custody: .threshold(HelperThreshold(helpers: helpers.map(\.recipient), needed: 2)),
        second: .clinician(clinician.recipient), word: "blue whale")
      return (sample, [helpers[2], helpers[0]])
    case .timelock:
      let sample = try SampleTrial(custody: .timelock(seconds: 1, rate: 1000))
      guard let puzzle = sample.trial.committed.puzzle else {
        throw SealError.missingFile("sealed/timelock.json")
      }
      let solver = try TimeLockSolver(puzzle)
      try solver.advance(by: puzzle.squarings)
      guard let identity = try solver.identity() else { throw TimeLockError.wrongAnswer }
      return (sample, [identity])
    }
  }

  /// Asks an authority and keeps its answer.
  private func keep(_ what: WitnessFacts.Anchored, by authority: LocalAuthority) throws {
    _ = try folder.keepAnchor(
      what, response: authority.answer(folder.anchorRequest(what).der), from: "answer.tsr",
      authorities: Certificate.readAll(authority.root))
  }
}
