import BlindRecord
import Testing
import TrialJournal

/// Clocks that were wrong: refused where it can be known, and never the end of a trial.
struct ClockRulesTests {
  private let bad = Deviation(slot: nil, kind: .other, reason: "a bad night")
  private let corrected = Deviation(
    slot: nil, kind: .clockCorrected, reason: "the laptop was a year ahead")

  @Test func aClockFarAheadIsRefused() throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    // Six slots, a window of two days, and 366 days more.
    let last = 6 + 2 + 366
    let error = #expect(throws: JournalError.self) {
      try journal.append(bad, clock: trial.clock(day: last + 1))
    }
    #expect(
      error?.description
        == "clock: found 2025-10-13T20:00:00Z, expected at most the day 2025-10-12 "
        + "(set the clock right and try again)")
    _ = try journal.append(bad, clock: trial.clock(day: last))
    #expect(throws: JournalError.self) {
      try journal.append(corrected, clock: trial.clock(day: last + 1))
    }
  }

  @Test(arguments: [253_402_300_800, -62_135_596_801, Int.max, Int.min])
  func aClockThatCannotBeWrittenIsRefused(seconds: Int) throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    let clock = WallClock.set(to: Moment(seconds: seconds, zone: "UTC", offset: 0))
    let sentence =
      "clock: found \(seconds) seconds since 1970, expected the years 1 to 9999"
    for event in [bad, corrected] {
      let error = #expect(throws: JournalError.self) {
        try journal.append(event, clock: clock)
      }
      #expect(error?.message == sentence)
    }
    let error = #expect(throws: JournalError.self) {
      try journal.lock(reason: "done", clock: clock)
    }
    #expect(error?.message == sentence)
    let shifted = WallClock.set(
      to: Moment(seconds: trial.clock(day: 1).now.seconds, zone: "UTC", offset: 86_400))
    let offset = #expect(throws: JournalError.self) { try journal.append(bad, clock: shifted) }
    #expect(
      offset?.message == "clock: found an offset of 86400 seconds, expected less than a day")
  }

  @Test func aTrialThatIsFoundAgainYearsLaterCanBeLocked() throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    let record = try journal.lock(reason: "forgotten", clock: trial.clock(day: 2_000))
    #expect(record.entries.count == 2)
  }

  @Test func aClockThatRanAheadDoesNotEndTheTrial() throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    _ = try journal.append(trial.checkIn(1), clock: trial.clock(day: 1))
    _ = try journal.append(bad, clock: trial.clock(day: 300))
    let refused = JournalError.clockSetBack(
      now: trial.clock(day: 2).now.utc, latest: trial.clock(day: 300).now.utc)
    #expect(throws: refused) {
      try journal.append(trial.checkIn(2), clock: trial.clock(day: 2))
    }
    #expect(throws: JournalError.emptyReason(of: "reason of the deviation")) {
      try journal.append(
        Deviation(slot: nil, kind: .clockCorrected, reason: " "), clock: trial.clock(day: 2))
    }
    _ = try journal.append(corrected, clock: trial.clock(day: 2))
    _ = try journal.append(trial.checkIn(2), clock: trial.clock(day: 2, seconds: 60))
    // From there on the clock is not set back again.
    #expect(throws: JournalError.self) {
      try journal.append(bad, clock: trial.clock(day: 2, seconds: -121))
    }
    _ = try journal.append(trial.checkIn(3), clock: trial.clock(day: 3))
    try journal.close()
    let again = try Journal.open(in: trial.path)
    #expect(throws: JournalError.self) { try again.append(bad, clock: trial.clock(day: 2)) }
    let record = try again.lock(reason: "done", clock: trial.clock(day: 9))
    #expect(record.entries.count == 7)
    let statuses = try again.rows(today: TrialFolder.firstDay).map(\.status)
    #expect(statuses.prefix(3) == [.recorded, .recorded, .recorded])
  }

  @Test func aCorrectionOfARightClockBindsLikeAnyEntry() throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    _ = try journal.append(corrected, clock: trial.clock(day: 3))
    #expect(throws: JournalError.self) { try journal.append(bad, clock: trial.clock(day: 2)) }
  }

  @Test func textsHaveAnEnd() throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    let long = String(repeating: "é", count: 2_001)
    let fits = String(repeating: "é", count: 2_000)
    let clock = trial.clock(day: 1)
    func refusal(_ append: () throws -> Void) throws -> String? {
      do { try append() } catch let error as JournalError { return error.message }
      return nil
    }
    func checkIn(_ item: String, _ answer: Answer, guess: String = "") -> CheckIn {
      let whole = trial.checkIn(1)
      return CheckIn(
        slot: 1, kit: whole.kit, answers: whole.answers.merging([item: answer]) { $1 },
        guess: TreatmentGuess(percent: 50, reason: guess))
    }
    let sleep = Answer.choice("well")
    let attempts: [(String, () throws -> Void)] = [
      (
        "reason of the deviation",
        { _ = try journal.append(Deviation(slot: nil, kind: .other, reason: long), clock: clock) }
      ),
      (
        "term of the adverse event",
        { _ = try journal.append(self.adverse(long), clock: clock) }
      ),
      (
        "action of the adverse event",
        { _ = try journal.append(self.adverse("rash", action: long), clock: clock) }
      ),
      (
        "outcome of the adverse event",
        { _ = try journal.append(self.adverse("rash", outcome: long), clock: clock) }
      ),
      (
        "reason of the code break",
        { _ = try journal.announceCodeBreak(slot: 1, reason: long, clock: clock) }
      ),
      ("reason of the lock", { _ = try journal.lock(reason: long, clock: clock) }),
      (
        "answer to \"note\"",
        { _ = try journal.append(checkIn("note", .text(long)), clock: clock) }
      ),
      (
        "reason for skipping \"mood\"",
        { _ = try journal.append(checkIn("mood", .skipped(reason: long)), clock: clock) }
      ),
      (
        "reason of the guess",
        { _ = try journal.append(checkIn("sleep", sleep, guess: long), clock: clock) }
      ),
    ]
    for (place, attempt) in attempts {
      #expect(
        try refusal(attempt) == "\(place): found 2001 characters, expected at most 2000")
    }
    _ = try journal.append(Deviation(slot: nil, kind: .other, reason: fits), clock: clock)
    _ = try journal.append(checkIn("note", .text(fits), guess: fits), clock: clock)
    let correction = Correction(slot: 1, item: "mood", answer: .skipped(reason: nil), reason: long)
    #expect(
      try refusal { _ = try journal.append(correction, clock: clock) }
        == "reason of the correction: found 2001 characters, expected at most 2000")
  }

  private func adverse(_ term: String, action: String = "", outcome: String = "") -> AdverseEvent {
    AdverseEvent(
      term: term, onset: TrialFolder.firstDay, severity: .mild, serious: false, action: action,
      outcome: outcome)
  }

  @Test(arguments: [Deviation.Kind.missedDose, .lateDose, .partialDose])
  func aDepartureOfADoseNamesASlotWhoseDayHasCome(_ kind: Deviation.Kind) throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    func departure(_ slot: Int?) -> Deviation { Deviation(slot: slot, kind: kind, reason: "r") }
    #expect(
      throws: JournalError.notYet(
        kind, slot: 2, due: TrialFolder.firstDay.advanced(by: 1), today: TrialFolder.firstDay)
    ) { try journal.append(departure(2), clock: trial.clock(day: 1)) }
    #expect(throws: JournalError.slotIsNeeded(kind)) {
      try journal.append(departure(nil), clock: trial.clock(day: 1))
    }
    _ = try journal.append(departure(1), clock: trial.clock(day: 1))
  }

  @Test(arguments: [Deviation.Kind.lostKit, .brokenKit])
  func aLostKitHasASlotOrACode(_ kind: Deviation.Kind) throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    func departure(_ slot: Int?, _ kit: KitCode? = nil) -> Deviation {
      Deviation(slot: slot, kind: kind, kit: kit, reason: "r")
    }
    #expect(throws: JournalError.slotIsNeeded(kind)) {
      try journal.append(departure(nil), clock: trial.clock(day: 1))
    }
    // A kit can be lost before its day, and a spare has none.
    _ = try journal.append(departure(6), clock: trial.clock(day: 1))
    _ = try journal.append(departure(nil, TrialFolder.kit(3)), clock: trial.clock(day: 1))
  }

  @Test(arguments: ["\0", "a\u{1B}[2Jb", "\u{202E}abc", "tab\t", "line\r\n", "\u{2028}"])
  func noTextSteersATerminalOrReordersALine(_ text: String) throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    let clock = trial.clock(day: 1)
    for (place, append) in [
      ("term of the adverse event", { _ = try journal.append(self.adverse(text), clock: clock) }),
      (
        "outcome of the adverse event",
        { _ = try journal.append(self.adverse("rash", outcome: text), clock: clock) }
      ),
      (
        "reason of the deviation",
        {
          _ = try journal.append(Deviation(slot: 1, kind: .other, reason: "x" + text), clock: clock)
        }
      ),
    ] as [(String, () throws -> Void)] {
      let error = #expect(throws: JournalError.self) { try append() }
      let isEmpty = !text.contains { !$0.isWhitespace }
      #expect(
        error == .invisibleCharacter(in: place)
          || isEmpty && error == .emptyReason(of: place), "\(place)")
    }
    #expect(throws: JournalError.secretKey(in: "reason of the deviation")) {
      try journal.append(
        Deviation(slot: 1, kind: .other, reason: "my key age-secret-key-1QQQ"), clock: clock)
    }
    // Line feeds, accents, joined signs and marks of direction are text.
    _ = try journal.append(adverse("é 👩‍🔬\n\u{200F}שלום"), clock: clock)
  }

  @Test func anOnsetIsNotAnAgeAgo() throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    let earliest = TrialFolder.firstDay.advanced(by: -366)
    func event(_ onset: CalendarDay) -> AdverseEvent {
      AdverseEvent(term: "rash", onset: onset, severity: .mild, serious: false)
    }
    let clock = trial.clock(day: 1)
    let early = earliest.advanced(by: -1)
    #expect(throws: JournalError.onsetTooEarly(onset: early, earliest: earliest)) {
      try journal.append(event(early), clock: clock)
    }
    _ = try journal.append(event(earliest), clock: clock)
  }

  @Test func lockedIsSaidBeforeAnythingElse() throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    _ = try journal.lock(reason: "done", clock: trial.clock(day: 1))
    let senseless = Deviation(slot: 99, kind: .wrongKit, reason: "")
    for access in [Journal.Access.reading, .writing] {
      let other = try Journal.open(in: trial.path, for: access)
      #expect(throws: JournalError.locked) {
        try other.append(senseless, clock: trial.clock(day: -900))
      }
      #expect(throws: JournalError.locked) {
        try other.append(trial.checkIn(1), clock: trial.clock(day: 9_000))
      }
      #expect(throws: JournalError.locked) {
        try other.lock(reason: "", clock: trial.clock(day: -900))
      }
    }
  }
}
