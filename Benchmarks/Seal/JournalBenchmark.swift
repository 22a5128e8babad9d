import BlindRecord
import Foundation
import GRDB
import MerkleLog
import TrialArchive
import TrialDesign
import TrialJournal
import TrialSeal

/// Verifying the locked folder of ten years: 3,650 slots sealed for real, 20,000 entries.
struct JournalBenchmark {
  static let slots = 3_650
  static let entries = 20_000

  let place: String

  func run() throws {
    let folder = TrialFolder(path: place)
    let trial = try seal(folder)
    try record(trial, in: folder)
    let verdict = folder.verify()
    guard verdict.verified else { return say("FAILED: \(verdict.transcript)") }
    let time = try shortest(of: 5, byClock: true) {
      guard folder.verify().verified else { throw FolderFault() }
    }
    report(
      "verify a folder, \(Self.slots) slots, \(Self.entries) entries, locked", time, limit: 1000,
      "ms")
  }

  private struct FolderFault: Error {}

  private func seal(_ folder: TrialFolder) throws -> SealedTrial {
    try folder.makeFolder()
    try folder.write(Array(Self.text.utf8), to: TrialFolder.Name.design)
    let identity = try AgeIdentity(secret: [UInt8](1...32))
    return try folder.seal(
      custody: .recipient(identity.recipient), clock: Self.clock(day: Self.first.advanced(by: -1))
    ) { _ in }.trial
  }

  /// Adds entries by the published format, in one transaction: one by one, each entry would be
  /// forced to the disk.
  private func record(_ trial: SealedTrial, in folder: TrialFolder) throws {
    let manifest = trial.manifest
    let key = try folder.read(TrialFolder.Name.recorderKey) ?? []
    guard let seed = SeedText.decode(String(decoding: key.dropLast(), as: UTF8.self)) else {
      throw FolderFault()
    }
    let signer = try NoteSigner(name: manifest.journalOrigin, seed: seed)
    var tree = Frontier()
    let opening = try Journal.open(in: place)
    for entry in try opening.entries() {
      tree.append(leafHash: leafHash(try CommittedJSON.encode(entry)))
    }
    try opening.close()
    let database = try DatabaseQueue(path: place + "/journal.sqlite")
    try database.write { database in
      for index in 1..<(Self.entries - 1) {
        let slot = 1 + (index - 1) * Self.slots / (Self.entries - 2)
        let isFirst = (index - 2) * Self.slots / (Self.entries - 2) + 1 != slot || index == 1
        let occasion = manifest.schedule.occasions[slot - 1]
        let event: JournalEntry.Event =
          isFirst
          ? .checkIn(Self.checkIn(occasion))
          : .correction(
            Correction(
              slot: slot, item: "mood", answer: .number(DecimalNumber(units: index % 11)),
              reason: "mistyped"))
        let entry = JournalEntry(
          index: index, moment: Self.clock(day: occasion.day).now, clockIsSet: true, event: event)
        let body = try CommittedJSON.encode(entry)
        tree.append(leafHash: leafHash(body))
        try database.execute(
          sql: "INSERT INTO entry (position, kind, slot, body, leaf) VALUES (?, ?, ?, ?, ?)",
          arguments: [
            index, isFirst ? "check-in" : "correction", slot, Data(body), Data(leafHash(body)),
          ])
        let head = Checkpoint(origin: manifest.journalOrigin, size: tree.size, root: tree.root)
        try database.execute(
          sql: "INSERT INTO checkpoint (size, root, note) VALUES (?, ?, ?)",
          arguments: [head.size, Data(head.root), try signer.sign(head.text)])
      }
    }
    try database.close()
    _ = try folder.lock(
      reason: "ten years are over",
      clock: Self.clock(day: Self.first.advanced(by: Self.slots)))
  }

  private static let first = CalendarDay("2031-01-01") ?? CalendarDay(ordinal: 0)

  private static func clock(day: CalendarDay) -> WallClock {
    .set(to: Moment(seconds: day.ordinal * 86_400 + 72_000, zone: "UTC", offset: 0))
  }

  private static func checkIn(_ occasion: Occasion) -> CheckIn {
    CheckIn(
      slot: occasion.slot, kit: occasion.kit,
      answers: [
        "mood": .number(DecimalNumber(units: occasion.slot % 11)),
        "sleep": .number(DecimalNumber(units: occasion.slot % 7)),
        "notes": .skipped(reason: nil),
      ], guess: TreatmentGuess(percent: 60))
  }

  /// Blocks of fifty days: one block of ten years has more states than a rule may have.
  private static let text = """
    selfblind: 1
    title: Ten years
    arms: [placebo, active]
    scheme:
      blocks: {each: [25, 25], repeat: 73}
    schedule: {start: 2031-01-01, zone: UTC, every: 1, entryWindow: 1}
    items:
      - {name: mood, prompt: "How was your mood?", type: number, range: [0, 10]}
      - {name: sleep, prompt: "How was your sleep?", type: number, range: [0, 10]}
      - {name: notes, prompt: "Anything?", type: text}
    guess: Which was it?
    analysis: {outcome: mood, statistic: mean-difference, whitening: none, level: 0.95}
    safety:
      stoppingRules: [Stop when anything feels wrong.]
      emergencyContact: nobody, this is a benchmark
      clinicianAsked: not-needed
      lawful: true

    """
}
