import BlindRecord
import MerkleLog
import Testing
import TrialJournal

/// What the journal takes about packing, each refusal with the sentence a user reads.
struct PackingRulesTests {
  private static let rule = Manifest.Packing.Matching(rounds: 6, mostRight: 3)
  private static func code(_ number: Int) -> KitCode {
    KitCode(values: [number / 31, number % 31, 9, 9, 9, 9])
  }
  private static let labels = (0..<14).map(code)

  /// A manifest of six slots that the participant packs alone, or another person.
  private static func rules(alone: Bool = true) throws -> (EntryRules, Manifest) {
    let made = try TrialFolder().manifest
    let manifest = Manifest(
      trial: made.trial, title: made.title, simulated: true, sealedAt: made.sealedAt,
      schedule: made.schedule, items: [], guessPrompt: nil,
      packing: Manifest.Packing(
        by: alone ? "participant" : "helper", kits: 10, replacements: 2,
        spareKits: alone ? nil : Array(labels.prefix(4)), labels: alone ? labels : nil,
        cups: alone ? [] : nil, matching: alone ? rule : nil),
      safety: made.safety, recorderKey: made.recorderKey, commitments: made.commitments)
    var rules = EntryRules(manifest)
    rules.take(entry(0, .opened(manifestDigest: "")))
    return (rules, manifest)
  }

  private static func entry(_ index: Int, _ event: JournalEntry.Event) -> JournalEntry {
    JournalEntry(index: index, moment: moment, clockIsSet: true, event: event)
  }

  private static var moment: Moment {
    Moment(seconds: TrialFolder.firstDay.ordinal * 86_400 + 72_000, zone: "UTC", offset: 0)
  }

  /// The sentence of a refusal; `nil` where the event is taken.
  private static func refusal(_ event: JournalEntry.Event, _ rules: EntryRules) -> String? {
    do {
      try rules.check(event, at: moment)
      return nil
    } catch { return error.message }
  }

  private static func packed(
    _ kits: [KitCode], spares: [(Int, KitCode)] = []
  ) -> JournalEntry.Event {
    .packed(
      PackedKits(kits: kits, spares: spares.map { PackedKits.Spare(spare: $0.0, kit: $0.1) }))
  }

  private static let good = packed(
    Array(labels[..<6]), spares: [(1, labels[6]), (2, labels[7]), (4, labels[8])])

  @Test func packingIsRecordedOnceBeforeTheFirstDose() throws {
    var (rules, _) = try Self.rules()
    let kit = Self.labels[0]
    let checkIn = JournalEntry.Event.checkIn(
      CheckIn(slot: 1, kit: kit, answers: [:], guess: nil))
    #expect(Self.refusal(checkIn, rules) == "kits: not packed yet, so no kit has a slot")
    let incomplete = "packing: expected a label of this trial for each slot, each once"
    for wrong in [
      Self.packed(Array(Self.labels[..<5])),
      Self.packed(Array(Self.labels[..<5]) + [Self.labels[0]]),
      Self.packed(Array(Self.labels[..<5]) + [Self.code(99)]),
      Self.packed(Array(Self.labels[..<6]), spares: [(2, Self.labels[6]), (1, Self.labels[7])]),
      Self.packed(Array(Self.labels[..<6]), spares: [(1, Self.labels[6]), (5, Self.labels[7])]),
      Self.packed(Array(Self.labels[..<6]), spares: [(1, Self.labels[6])]),
    ] { #expect(Self.refusal(wrong, rules) == incomplete) }
    #expect(Self.refusal(Self.good, rules) == nil)
    rules.take(Self.entry(1, Self.good))
    #expect(
      Self.refusal(Self.good, rules)
        == "packing: in the record already, or a dose was taken before it")
    #expect(Self.refusal(checkIn, rules) == nil, "the slot's kit is the packed one")
    let (others, manifest) = try Self.rules(alone: false)
    #expect(
      Self.refusal(Self.good, others)
        == "packing: this trial's kits have the codes of manifest.json")
    #expect(manifest.packing?.isAlone == false)
  }

  @Test func aSpareIsTakenOnce() throws {
    var (rules, _) = try Self.rules()
    rules.take(Self.entry(1, Self.good))
    func spare(_ slot: Int?, _ kit: KitCode?) -> JournalEntry.Event {
      .deviation(Deviation(slot: slot, kind: .spareKit, kit: kit, reason: "lost"))
    }
    #expect(
      Self.refusal(spare(1, nil), rules)
        == "deviation spare-kit: expected the slot and the spare's code")
    let slotKit = Self.labels[1]
    #expect(
      Self.refusal(spare(1, slotKit), rules)
        == "deviation spare-kit: the kit \(slotKit) is no spare of this trial")
    let first = spare(1, Self.labels[6])
    #expect(Self.refusal(first, rules) == nil)
    rules.take(Self.entry(2, first))
    #expect(
      Self.refusal(spare(2, Self.labels[6]), rules)
        == "deviation spare-kit: the spare \(Self.labels[6]) was used before and cannot replace slot 2's "
        + "kit")
    let dose = CheckIn(slot: 1, kit: Self.labels[6], answers: [:], guess: nil)
    #expect(Self.refusal(.checkIn(dose), rules) == nil)
    let (others, _) = try Self.rules(alone: false)
    #expect(Self.refusal(spare(1, Self.labels[0]), others) == nil, "a helper's spares")
  }

  @Test func aDayWithoutADoseIsTakenWithItsWord() throws {
    var (rules, _) = try Self.rules()
    rules.take(Self.entry(1, Self.good))
    let none = JournalEntry.Event.checkIn(CheckIn(slot: 1, kit: nil, answers: [:], guess: nil))
    #expect(
      Self.refusal(none, rules)
        == "slot 1: no kit is named, and no deviation says that none was taken")
    rules.take(
      Self.entry(2, .deviation(Deviation(slot: 1, kind: .missedDose, reason: "forgot"))))
    #expect(Self.refusal(none, rules) == nil)
    rules.take(Self.entry(3, .deviation(Deviation(slot: 1, kind: .lateDose, reason: "after all"))))
    #expect(Self.refusal(none, rules) != nil)
  }

  /// Whatever became of it since: two slots with one spare would tell each other's arm.
  @Test func aSpareIsGivenOnce() throws {
    var (rules, _) = try Self.rules()
    rules.take(Self.entry(1, Self.good))
    let spare = Self.labels[6]
    func note(_ slot: Int, _ kind: Deviation.Kind) -> JournalEntry.Event {
      .deviation(Deviation(slot: slot, kind: kind, kit: spare, reason: "so"))
    }
    rules.take(Self.entry(2, note(1, .spareKit)))
    rules.take(Self.entry(3, note(2, .wrongKit)))
    #expect(
      Self.refusal(note(2, .spareKit), rules)
        == "deviation spare-kit: the spare \(spare) was used before and cannot replace slot 2's kit"
    )
  }

  @Test func noKitIsTakenTwice() throws {
    var (rules, _) = try Self.rules()
    rules.take(Self.entry(1, Self.good))
    let spare = Self.labels[6]
    func wrong(_ slot: Int, _ kit: KitCode) -> JournalEntry.Event {
      .deviation(Deviation(slot: slot, kind: .wrongKit, kit: kit, reason: "dark"))
    }
    func dose(_ slot: Int, _ kit: KitCode) -> JournalEntry.Event {
      .checkIn(CheckIn(slot: slot, kit: kit, answers: [:], guess: nil))
    }
    rules.take(Self.entry(2, wrong(2, spare)))
    #expect(
      Self.refusal(
        .deviation(Deviation(slot: 1, kind: .spareKit, kit: spare, reason: "lost")), rules)
        == "deviation spare-kit: the spare \(spare) was used before and cannot replace slot 1's kit",
      "it was swallowed at slot 2")
    rules.take(Self.entry(3, wrong(2, Self.labels[0])))
    #expect(Self.refusal(dose(1, Self.labels[0]), rules) == nil, "a note may be wrong")
    rules.take(Self.entry(4, dose(2, Self.labels[0])))
    #expect(
      Self.refusal(dose(1, Self.labels[0]), rules)
        == "slot 1: the kit \(Self.labels[0]) was taken at slot 2")
  }

  @Test func aListIsDeliveredOnceAndConfirmedByItsWord() throws {
    var (rules, _) = try Self.rules(alone: false)
    func list(_ confirmed: Bool, _ digit: String = "a", to: String = "Ada") -> JournalEntry.Event {
      .kitList(
        KitListNote(
          to: to, receipt: String(repeating: digit, count: 64), confirmed: confirmed))
    }
    let word = "kit list: found another word than the one on the list"
    #expect(Self.refusal(list(true), rules) == word)
    #expect(Self.refusal(list(false, "Z"), rules) == word)
    #expect(
      Self.refusal(list(false, to: " "), rules)
        == "name of who has the kit list: found an empty text, expected words")
    rules.take(Self.entry(1, list(false)))
    #expect(
      Self.refusal(list(false), rules) == "kit list: delivered already, and that happens once")
    #expect(Self.refusal(list(true, "b"), rules) == word)
    #expect(Self.refusal(list(true), rules) == nil)
    let (alone, _) = try Self.rules()
    #expect(
      Self.refusal(list(false), alone) == "kit list: there is none, the participant packs alone")
  }

  @Test func aMatchingTestIsBegunAndEndedInOrder() throws {
    var (rules, _) = try Self.rules()
    func note(_ test: Int, _ digit: String = "c", _ answers: [Int]? = nil) -> JournalEntry.Event {
      .matching(
        MatchingNote(
          test: test, commitment: String(repeating: digit, count: 64),
          result: answers.map {
            MatchingNote.Result(
              answers: $0, secret: String(repeating: "d", count: 64), right: 2, cues: [])
          }))
    }
    func order(_ number: Int) -> String {
      "matching test: expected the result of the one that was begun, or number \(number)"
    }
    let six = [1, 2, 3, 1, 2, 3]
    #expect(Self.refusal(note(1, "c", six), rules) == order(1))
    #expect(Self.refusal(note(2), rules) == order(1))
    rules.take(Self.entry(1, note(1)))
    #expect(Self.refusal(note(1, "e", six), rules) == order(2))
    for answers in [[1, 2, 3], [1, 2, 3, 1, 2, 4]] {
      #expect(
        Self.refusal(note(1, "c", answers), rules)
          == "matching test: expected an answer of 1, 2 or 3 for each of 6 rounds")
    }
    #expect(Self.refusal(note(1, "c", six), rules) == nil)
    rules.take(Self.entry(2, note(1, "c", six)))
    #expect(Self.refusal(note(1, "c", six), rules) == order(2), "once")
    #expect(Self.refusal(note(2), rules) == nil)
    let (others, _) = try Self.rules(alone: false)
    #expect(Self.refusal(note(1), others) == "matching test: the protocol asks for none")
  }
}
