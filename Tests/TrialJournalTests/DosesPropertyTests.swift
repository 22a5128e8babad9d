import BlindRecord
import Testing
import TrialJournal
import TrialTestSupport

/// Random entries about doses and kits, each asked of the rules first: what holds after any of them.
struct DosesPropertyTests {
  private static let slots = 3
  private static let kinds: [Deviation.Kind?] = [
    nil, nil, nil, .missedDose, .lateDose, .wrongKit, .wrongKit, .wrongKit, .lostKit, .spareKit,
  ]
  private static let moment = Moment(
    seconds: TrialFolder.firstDay.ordinal * 86_400 + 72_000, zone: "UTC", offset: 0)

  /// Three slots of one day, two spares, packed by a helper.
  private static func manifest() throws -> Manifest {
    let made = try TrialFolder().manifest
    return Manifest(
      trial: made.trial, title: made.title, simulated: true, sealedAt: made.sealedAt,
      schedule: Schedule(
        occasions: (1...slots).map {
          Occasion(slot: $0, day: TrialFolder.firstDay, kit: code($0))
        }, entryWindow: 10), items: [], guessPrompt: nil,
      packing: Manifest.Packing(
        by: "helper", kits: 5, replacements: 1, spareKits: (4...5).map(code), labels: nil,
        cups: nil,
        matching: nil),
      safety: made.safety, recorderKey: made.recorderKey, commitments: made.commitments)
  }

  private static func code(_ number: Int) -> KitCode {
    KitCode(values: [number, 1, 9, 9, 9, 9])
  }

  private static func event(_ random: inout SplitMix) -> JournalEntry.Event? {
    guard let kind = kinds.randomElement(using: &random) else { return nil }
    let slot = Int.random(in: 1...slots, using: &random)
    let pick = Int.random(in: 0...5, using: &random)
    let kit = pick == 0 ? nil : code(pick)
    return kind.map { .deviation(Deviation(slot: slot, kind: $0, kit: kit, reason: "so")) }
      ?? .checkIn(CheckIn(slot: slot, kit: kit, answers: [:], guess: nil))
  }

  private static func entry(_ index: Int, _ event: JournalEntry.Event) -> JournalEntry {
    JournalEntry(index: index, moment: moment, clockIsSet: true, event: event)
  }

  /// No kit is swallowed twice; what is swallowed is gone, and is no spare; what stands for a slot is there.
  @Test func noKitIsSwallowedTwice() throws {
    let manifest = try Self.manifest()
    var random = SplitMix(seed: 5)
    var accepted = 0
    for _ in 0..<10_000 {
      var rules = EntryRules(manifest)
      var entries = [Self.entry(0, .opened(manifestDigest: ""))]
      rules.take(entries[0])
      for index in 1...10 {
        guard let event = Self.event(&random),
          (try? rules.check(event, at: Self.moment)) != nil
        else { continue }
        entries.append(Self.entry(index, event))
        rules.take(entries[entries.count - 1])
        accepted += 1
        let index = KitIndex(manifest, entries: entries)
        let doses = (1...Self.slots).map { index.doses.dose(of: $0) }
        let swallowed = doses.filter(\.isTaken).compactMap(\.kit)
        try #require(Set(swallowed).count == swallowed.count, "\(entries)")
        let rows = SlotRecord.rows(of: manifest.schedule, entries: entries, today: nil)
        for row in rows where !row.hasUnknownKit && row.isRecorded && !row.hasNoDose {
          try #require(index.doses.fate(of: row.takenKit)?.slotOfTheDose == row.occasion.slot)
        }
        for kit in swallowed {
          try #require(index.doses.fate(of: kit)?.slotOfTheDose != nil, "\(entries)")
          try #require(!index.sparesLeft.contains { $0.kit == kit })
        }
        let given = doses.compactMap(\.spare)
        try #require(Set(given).count == given.count)
      }
    }
    #expect(accepted > 30_000)
  }
}
