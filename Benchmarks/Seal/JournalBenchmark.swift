import BlindRecord
import Foundation
import GRDB
import MerkleLog
import TrialJournal

/// Verifying the locked journal of ten years: 3,650 slots, 20,000 entries.
struct JournalBenchmark {
  static let slots = 3_650
  static let entries = 20_000
  private static let first = CalendarDay(ordinal: 20_000)
  private static let seed = [UInt8](repeating: 7, count: 32)

  let folder: String

  func run() throws {
    try make()
    var found = 0
    let time = try shortest(of: 5) {
      found = try Journal.lockedRecord(in: folder).entries.count
    }
    report(
      "verify the journal, \(Self.slots) slots, \(found) entries", time, limit: 1000, "ms")
  }

  /// Makes the journal by the published format, in one transaction: one by one, each entry would be
  /// forced to the disk.
  private func make() throws {
    let manifest = try Self.manifest()
    let bytes = try CommittedJSON.encode(manifest, endsLine: true)
    try Journal.create(
      in: folder, for: bytes, recorderSeed: Self.seed, clock: Self.clock(slot: 0)
    ).close()
    let signer = try NoteSigner(name: manifest.journalOrigin, seed: Self.seed)
    var tree = Frontier()
    tree.append(leafHash: leafHash(try CommittedJSON.encode(try opened(bytes))))
    let database = try DatabaseQueue(path: folder + "/journal.sqlite")
    // The trigger that looks for a lock reads every entry at every insert: put aside meanwhile.
    let lock = "entry_no_lock"
    try database.write { database in
      let sql = try String.fetchOne(
        database, sql: "SELECT sql FROM sqlite_schema WHERE name = ?", arguments: [lock])
      try database.execute(sql: "DROP TRIGGER \(lock)")
      defer { if let sql { try? database.execute(sql: sql) } }
      for index in 1..<(Self.entries - 1) {
        let slot = 1 + (index - 1) * Self.slots / (Self.entries - 2)
        let isFirst = (index - 2) * Self.slots / (Self.entries - 2) + 1 != slot || index == 1
        let event: JournalEntry.Event =
          isFirst
          ? .checkIn(Self.checkIn(slot))
          : .correction(
            Correction(
              slot: slot, item: "mood", answer: .number(DecimalNumber(units: index % 11)),
              reason: "mistyped"))
        let entry = JournalEntry(
          index: index, moment: Self.clock(slot: slot).now, clockIsSet: true, event: event)
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
    _ = try Journal.open(in: folder).lock(
      reason: "ten years are over", clock: Self.clock(slot: Self.slots))
  }

  private func opened(_ bytes: [UInt8]) throws -> JournalEntry {
    JournalEntry(
      index: 0, moment: Self.clock(slot: 0).now, clockIsSet: true,
      event: .opened(manifestDigest: contentDigest(bytes)))
  }

  private static func clock(slot: Int) -> WallClock {
    let day = first.ordinal + slot - 1
    return .set(to: Moment(seconds: day * 86_400 + 72_000, zone: "UTC", offset: 0))
  }

  private static func checkIn(_ slot: Int) -> CheckIn {
    CheckIn(
      slot: slot, kit: kit(slot),
      answers: [
        "mood": .number(DecimalNumber(units: slot % 11)),
        "sleep": .number(DecimalNumber(units: slot % 7)), "notes": .skipped(reason: nil),
      ], guess: TreatmentGuess(percent: 60))
  }

  private static func kit(_ slot: Int) -> KitCode {
    KitCode(values: [slot / 961 % 31, slot / 31 % 31, slot % 31, 4, 5, 6])
  }

  private static func manifest() throws -> Manifest {
    func number(_ name: String) -> Item {
      Item(
        name: name, prompt: "How was your \(name)?",
        kind: .number(
          lower: DecimalNumber(units: 0), upper: DecimalNumber(units: 10), decimals: 1, unit: nil),
        direction: .higher)
    }
    let trial = "00112233aabbccdd"
    return Manifest(
      trial: trial, title: "Ten years", simulated: true,
      sealedAt: Moment(seconds: 19_990 * 86_400, zone: "UTC", offset: 0),
      schedule: Schedule(
        occasions: (1...slots).map {
          Occasion(slot: $0, day: first.advanced(by: $0 - 1), kit: kit($0))
        }, entryWindow: 1),
      items: [
        number("mood"), number("sleep"), Item(name: "notes", prompt: "Anything?", kind: .text),
      ], guessPrompt: "Which was it?",
      safety: Manifest.Safety(emergencyContact: "112", stoppingRules: ["chest pain"]),
      recorderKey: try NoteSigner(name: "selfblind/journal/\(trial)", seed: seed).verifierKey,
      commitments: Manifest.Commitments(
        protocolDigest: contentDigest([]), shareCommitment: contentDigest([1]),
        planRoot: contentDigest([2]), custody: "helper", mixing: "none",
        commitment: contentDigest([3]), sealedFiles: [:], abandonedSealings: 0))
  }
}
