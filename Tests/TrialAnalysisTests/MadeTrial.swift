import BlindRecord
import TrialDesign
import TrialTestSupport

@testable import TrialAnalysis

/// A finished trial made by hand: a protocol, an assignment, and a record entry by entry.
struct MadeTrial {
  let design: TrialProtocol
  let assignment: Assignment
  var simulated = false
  var mixing = "none"
  var custody = "self"
  var prediction = "Better with *active*"
  /// The day of the lock, where it is not three days after the last slot.
  var lockedOn: CalendarDay?
  private(set) var entries: [JournalEntry] = []

  /// A trial that has just been opened.
  ///
  /// - Parameter arms: 0 for the reference, 1 for the other, one for each slot.
  init(protocol bytes: [UInt8], arms: [Int]) throws {
    design = try TrialProtocol(bytes: bytes, file: "protocol.yaml")
    assignment = Assignment(arms: arms)
    add(.opened(manifestDigest: "00"), on: design.days[0].advanced(by: -1))
  }

  /// The kit of a 1-based slot.
  func kit(_ slot: Int) -> KitCode {
    KitCode(values: [slot % 31, (slot * 7) % 31, (slot * 11 + 3) % 31, 4, 5, 6])
  }

  /// Writes an entry at noon of a day.
  mutating func add(_ event: JournalEntry.Event, on day: CalendarDay, clockIsSet: Bool = false) {
    let moment = Moment(seconds: day.ordinal * 86_400 + 43_200, zone: "UTC", offset: 0)
    entries.append(
      JournalEntry(index: entries.count, moment: moment, clockIsSet: clockIsSet, event: event))
  }

  /// Writes a check-in for a slot, some days late, perhaps with another kit.
  mutating func rate(
    _ slot: Int, mood: String?, percent: Int? = nil, guessed: Bool = true, late: Int = 0,
    kit other: Int? = nil
  ) {
    var answers: [String: Answer] = [:]
    answers["mood"] = mood.flatMap { DecimalNumber($0) }.map(Answer.number) ?? .skipped(reason: nil)
    answers["sleep"] = .number(DecimalNumber(units: 60 + slot, decimals: 1))
    let checkIn = CheckIn(
      slot: slot, kit: kit(other ?? slot), answers: answers,
      guess: guessed ? TreatmentGuess(percent: percent) : nil)
    add(.checkIn(checkIn), on: design.days[slot - 1].advanced(by: late))
  }

  /// The day of a 1-based slot.
  func day(_ slot: Int) -> CalendarDay { design.days[slot - 1] }

  /// The locked record.
  func record() -> LockedRecord {
    var closed = self
    closed.add(
      .locked(reason: "the last day has passed"),
      on: lockedOn ?? design.days[design.days.count - 1].advanced(by: 3))
    let occasions = design.days.enumerated().map {
      Occasion(slot: $0.offset + 1, day: $0.element, kit: kit($0.offset + 1))
    }
    let manifest = Manifest(
      trial: "0123456789abcdef", title: design.title, simulated: simulated,
      sealedAt: entries[0].moment,
      schedule: Schedule(occasions: occasions, entryWindow: design.entryWindow),
      items: design.items, guessPrompt: design.guessPrompt,
      safety: Manifest.Safety(emergencyContact: "a friend", stoppingRules: ["stop"]),
      recorderKey: "key",
      commitments: Manifest.Commitments(
        protocolDigest: String(repeating: "ab", count: 32), shareCommitment: "",
        planRoot: String(repeating: "cd", count: 32), custody: custody, mixing: mixing,
        commitment: "",
        sealedFiles: [:], abandonedSealings: 0))
    return LockedRecord(
      manifestBytes: [], manifest: manifest, entryBytes: [], entries: closed.entries,
      checkpoint:
        "selfblind/journal/0123456789abcdef\n\(closed.entries.count)\nroot\n\n— recorder x\n")
  }

  /// The result of the sealed plan.
  func result() throws -> TrialResult {
    try TrialResult(
      design: design, assignment: assignment, record: record(),
      openedAt: Moment(seconds: 1_774_000_000, zone: "UTC", offset: 0), prediction: prediction)
  }

  /// Three pairs of days with everything that can happen in them.
  static func eventful() throws -> MadeTrial {
    var trial = try MadeTrial(
      protocol: ExampleProtocols.text(
        scheme: "pairs: {count: 3}", arms: ["placebo", "active"], level: "0.5"),
      arms: [0, 1, 1, 0, 0, 1])
    trial.rate(1, mood: "4", percent: 20)
    trial.rate(2, mood: "7", percent: 80, late: 1)
    trial.rate(3, mood: "6", percent: nil)
    trial.add(
      .correction(
        Correction(
          slot: 3, item: "mood", answer: .number(DecimalNumber(units: 8)), reason: "slipped")),
      on: trial.day(3))
    trial.rate(4, mood: "5", percent: 60, kit: 2)
    trial.add(
      .deviation(Deviation(slot: 4, kind: .coMedication, reason: "ibuprofen")), on: trial.day(4))
    trial.add(.codeBreak(slot: 5, reason: "palpitations"), on: trial.day(5))
    trial.rate(5, mood: "5", percent: 10)
    trial.add(
      .adverseEvent(
        AdverseEvent(term: "headache", onset: trial.day(3), severity: .mild, serious: false)),
      on: trial.day(6), clockIsSet: true)
    return trial
  }
}
