import BlindRecord
import Foundation
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
