import BlindRecord
import Foundation
import MerkleLog
import Testing
import TrialTestSupport

@testable import TrialJournal

/// Forms that are recorded together, each once.
@Suite struct FormTests {
  private static func token(_ number: Int) throws -> FormToken {
    let digits = String(number, radix: 16)
    return try #require(FormToken(String(repeating: "a", count: 32 - digits.count) + digits))
  }

  private static func form(
    _ number: Int, _ trial: TrialFolder, day: Int = 1, _ event: JournalEntry.Event
  ) throws -> FormEntry {
    FormEntry(token: try token(number), clock: trial.clock(day: day)) { _ in event }
  }

  private static func event(_ term: String) -> JournalEntry.Event {
    .adverseEvent(
      AdverseEvent(term: term, onset: TrialFolder.firstDay, severity: .mild, serious: false))
  }

  @Test func whatOneBreaksIsNotTheOthersFault() throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    let results = try journal.append([
      Self.form(1, trial, .checkIn(trial.checkIn(1))),
      Self.form(2, trial, .checkIn(trial.checkIn(2))), Self.form(3, trial, Self.event("headache")),
      Self.form(1, trial, .checkIn(trial.checkIn(1))),
      Self.form(4, trial, .checkIn(trial.checkIn(1))),
    ])
    #expect(try results[0].get() == RecordedForm(index: 1, isRepeated: false))
    #expect(
      throws: JournalError.notDue(
        slot: 2, due: TrialFolder.firstDay.advanced(by: 1), today: TrialFolder.firstDay)
    ) {
      try results[1].get()
    }
    #expect(try results[2].get() == RecordedForm(index: 2, isRepeated: false))
    #expect(try results[3].get() == RecordedForm(index: 1, isRepeated: true))
    #expect(throws: JournalError.alreadyRecorded(slot: 1)) { try results[4].get() }
    #expect(try journal.entries().count == 3)
    #expect(try journal.entries().map { $0.form?.text.last } == [nil, "1", "3"])
    try journal.close()
    // Another program, later: the same form has the same entry, whatever it says by then.
    let again = try Journal.open(in: trial.path).append([
      Self.form(3, trial, day: 2, Self.event("other words"))
    ])
    #expect(try again[0].get() == RecordedForm(index: 2, isRepeated: true))
    #expect(try Journal.runningRecord(in: trial.path).entries.count == 3)
  }

  @Test func aLockedJournalStillKnowsItsForms() throws {
    let trial = try TrialFolder()
    var journal: Journal? = try trial.create()
    _ = try journal?.append([Self.form(1, trial, Self.event("headache"))])
    journal = nil
    _ = try Journal.open(in: trial.path).lock(reason: "over", clock: trial.clock(day: 9))
    let locked = try Journal.open(in: trial.path)
    let results = try locked.append([
      Self.form(1, trial, day: 10, Self.event("headache")),
      Self.form(2, trial, day: 10, Self.event("headache")),
    ])
    #expect(try results[0].get() == RecordedForm(index: 1, isRepeated: true))
    #expect(throws: JournalError.locked) { try results[1].get() }
    #expect(throws: JournalError.missingFile("recorder.key")) {
      try locked.sessionKey(for: "serve")
    }
  }

  @Test func aTokenThatComesTwiceIsNoRecord() throws {
    let trial = try TrialFolder()
    var rules = EntryRules(trial.manifest)
    let now = trial.clock(day: 1).now
    let token = try Self.token(1)
    for index in 0...1 {
      rules.take(
        JournalEntry(
          index: index, moment: now, clockIsSet: true, form: index == 1 ? token : nil,
          event: Self.event("x")))
    }
    #expect(throws: JournalError.formRepeated(index: 1)) {
      try rules.check(Self.event("y"), form: token, at: now)
    }
    #expect(throws: Never.self) {
      try rules.check(Self.event("y"), form: Self.token(2), at: now)
    }
  }

  @Test func sessionKeysDependOnPurposeAndTrial() throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    let key = try journal.sessionKey(for: "serve")
    #expect(try journal.sessionKey(for: "serve") == key)
    #expect(try journal.sessionKey(for: "other") != key)
    #expect(key.count == 64)
  }

  @Test(arguments: ["", "0", "A", "g"])
  func onlyHexDigitsAreATokens(_ text: String) {
    #expect(
      FormToken(String(repeating: text, count: 32))
        == (text == "0" ? FormToken(String(repeating: "0", count: 32)) : nil))
    #expect(FormToken(String(repeating: "0", count: 31)) == nil)
  }
}

/// A form that waited on its device, and scores that follow corrections.
@Suite struct KeptFormTests {
  private static func form(
    _ number: Int, _ trial: TrialFolder, day: Int, kept: Int?, _ event: JournalEntry.Event
  ) throws -> FormEntry {
    let token = try #require(FormToken(String(repeating: "\(number)", count: 32)))
    return FormEntry(token: token, clock: trial.clock(day: day), kept: kept) { _ in event }
  }

  @Test func theDayThatCountsIsThatOfTheFillingIn() throws {
    let trial = try TrialFolder(entryWindow: 0)
    let journal = try trial.create()
    // Filled in on day 1 at 20:00, arrived on day 3: too late by its arrival, in time by its filling in.
    let results = try journal.append([
      Self.form(1, trial, day: 3, kept: nil, .checkIn(trial.checkIn(1))),
      Self.form(2, trial, day: 3, kept: 2 * 86_400, .checkIn(trial.checkIn(1))),
      Self.form(3, trial, day: 3, kept: 86_400, .checkIn(trial.checkIn(3))),
      Self.form(4, trial, day: 3, kept: 14 * 86_400 + 1, .checkIn(trial.checkIn(3))),
    ])
    #expect(throws: JournalError.self) { try results[0].get() }
    #expect(try results[1].get().index == 1)
    #expect(
      throws: JournalError.notDue(
        slot: 3, due: TrialFolder.firstDay.advanced(by: 2),
        today: TrialFolder.firstDay.advanced(by: 1))
    ) { try results[2].get() }
    #expect(throws: JournalError.keptTooLong(seconds: 14 * 86_400 + 1)) { try results[3].get() }
    let entry = try journal.entries()[1]
    #expect(entry.kept == 2 * 86_400 && entry.day == TrialFolder.firstDay)
    #expect(try journal.rows(today: entry.moment.day)[0].status == .recorded)
    #expect(try Journal.runningRecord(in: trial.path).entries.count == 2)
  }

  @Test func aScoreFollowsItsAnswers() throws {
    let trial = try TrialFolder(scored: true)
    let journal = try trial.create()
    func checkIn(_ score: String) -> CheckIn {
      let made = trial.checkIn(1)
      let number = DecimalNumber(score).map { Answer.number($0) } ?? .skipped(reason: nil)
      return CheckIn(
        slot: 1, kit: made.kit, answers: made.answers.merging(["double": number]) { $1 },
        guess: made.guess)
    }
    let clock = trial.clock(day: 1)
    #expect(throws: JournalError.wrongScore(item: "double")) {
      try journal.append(checkIn("6.4"), clock: clock)
    }
    _ = try journal.append(checkIn("6.5"), clock: clock)
    let answer = Answer.number(DecimalNumber(units: 4))
    #expect(throws: JournalError.scoreFollows(item: "double")) {
      try journal.append(
        Correction(slot: 1, item: "double", answer: answer, reason: "r"), clock: clock)
    }
    let receipt = try journal.append(
      Correction(slot: 1, item: "mood", answer: answer, reason: "slid"), clock: clock)
    #expect(receipt.index == 2)
    #expect(
      try journal.entries().last?.event
        == .correction(
          Correction(
            slot: 1, item: "double", answer: answer,
            reason: "follows from the correction of \"mood\"")))
    _ = try journal.append(
      Correction(slot: 1, item: "mood", answer: .skipped(reason: nil), reason: "unsure"),
      clock: clock)
    let row = try journal.rows(today: clock.now.day)[0]
    #expect(row.answers["double"] == .skipped(reason: "a part of it was skipped"))
    // An answer on which no score rests has no consequence.
    _ = try journal.append(
      Correction(slot: 1, item: "sleep", answer: .choice("badly"), reason: "r"), clock: clock)
    #expect(try journal.entries().count == 7)
    #expect(try Journal.runningRecord(in: trial.path).entries.count == 7)
    // A record in which the score does not follow is none.
    var rules = EntryRules(trial.manifest)
    for entry in try journal.entries().prefix(3) { rules.take(entry) }
    #expect(throws: JournalError.scoreIsDue(item: "double")) {
      try rules.check(.locked(reason: "r"), at: clock.now)
    }
  }
}
