import BlindRecord
import MerkleLog
import Testing
import TrialJournal

/// Every rule of an append, through the journal, each with the sentence a user reads.
struct EntryRulesTests {
  /// The refusal of one append after the given slots were recorded, each on its day.
  private func refusal(
    _ trial: TrialFolder, after slots: [Int] = [], day: Int,
    _ append: (Journal, WallClock) throws -> Receipt
  ) throws -> JournalError? {
    let journal = try trial.create()
    for slot in slots {
      _ = try journal.append(trial.checkIn(slot), clock: trial.clock(day: slot))
    }
    let before = try journal.entries()
    do {
      _ = try append(journal, trial.clock(day: day))
      return nil
    } catch let error as JournalError {
      #expect(try journal.entries() == before, "a refusal writes nothing")
      return error
    }
  }

  @Test func aDayThatIsNotDueIsRefused() throws {
    let trial = try TrialFolder()
    let error = try refusal(trial, day: 1) { try $0.append(trial.checkIn(2), clock: $1) }
    #expect(error?.message == "slot 2: due on 2024-10-05, and today is 2024-10-04")
    #expect(error?.hint == "come back on that day, or record a deviation")
  }

  @Test func aDayInAnotherZoneIsTheParticipantsDay() throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    // 23:30 UTC of the day before is half past midnight of the due day in Berlin.
    let seconds = TrialFolder.firstDay.ordinal * 86_400 - 1_800
    let abroad = Moment(seconds: seconds, zone: "Europe/Berlin", offset: 7_200)
    let home = Moment(seconds: seconds, zone: "UTC", offset: 0)
    #expect(throws: JournalError.self) {
      try journal.append(trial.checkIn(1), clock: .set(to: home))
    }
    _ = try journal.append(trial.checkIn(1), clock: .set(to: abroad))
    #expect(try journal.rows(today: abroad.day).first?.status == .recorded)
  }

  @Test func looksGoForwardAndEndWithAStop() throws {
    let trial = try TrialFolder()
    let early = try refusal(trial, day: 1) { try $0.append(lookAt: 2, mayStop: false, clock: $1) }
    #expect(early?.message == "slot 2: due on 2024-10-05, and today is 2024-10-04")
    let far = try refusal(try TrialFolder(), day: 2) {
      try $0.append(lookAt: 99, mayStop: false, clock: $1)
    }
    #expect(far?.message.hasPrefix("slot 99: not in the schedule") == true)
  }

  /// Each refusal with its sentence, from one journal in which the looks before it stay.
  @Test func aLookFollowsNoStopAndNoLookAtAsMuch() throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    _ = try journal.append(lookAt: 1, mayStop: false, clock: trial.clock(day: 1))
    var error = #expect(throws: JournalError.self) {
      try journal.append(lookAt: 1, mayStop: true, clock: trial.clock(day: 1))
    }
    #expect(error?.message == "the first slot was looked at already")
    #expect(error?.hint == "look again when another block has ended")
    _ = try journal.append(lookAt: 2, mayStop: true, clock: trial.clock(day: 2))
    error = #expect(throws: JournalError.self) {
      try journal.append(lookAt: 3, mayStop: true, clock: trial.clock(day: 3))
    }
    #expect(error?.message == "the look at 2 slots said already that the trial may stop")
    #expect(error?.hint == "lock the record with `selfblind lock`, or go on to the end")
  }

  @Test func theEntryWindowCloses() throws {
    let trial = try TrialFolder()
    let error = try refusal(trial, day: 4) { try $0.append(trial.checkIn(1), clock: $1) }
    #expect(
      error?.message == "slot 1: could be recorded until 2024-10-06, and today is 2024-10-07")
    #expect(error?.hint == "record what happened as a deviation")
    let late = try TrialFolder()
    #expect(try refusal(late, day: 3) { try $0.append(late.checkIn(1), clock: $1) } == nil)
  }

  /// The days between the beginning and the end of a pause take no check-in, those two do.
  @Test func theDaysOfAPausePassByForGood() throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    func deviation(_ kind: Deviation.Kind) -> Deviation {
      Deviation(slot: nil, kind: kind, reason: "ill")
    }
    _ = try journal.append(deviation(.paused), clock: trial.clock(day: 1))
    var error = #expect(throws: JournalError.self) {
      try journal.append(trial.checkIn(2), clock: trial.clock(day: 2))
    }
    #expect(error?.message == "slot 2: the trial has been paused since 2024-10-04")
    #expect(error?.hint == "end the pause first: the deviation resumed")
    let today = trial.clock(day: 2).now.day
    #expect(try journal.rows(today: today).prefix(3).map(\.status) == [.open, .open, .upcoming])
    _ = try journal.append(deviation(.resumed), clock: trial.clock(day: 3))
    error = #expect(throws: JournalError.self) {
      try journal.append(trial.checkIn(2), clock: trial.clock(day: 3))
    }
    #expect(error?.message == "slot 2: its day lies in the pause from 2024-10-04 to 2024-10-06")
    #expect(error?.hint == "what a slot holds is drawn for its day: this one stays missing")
    _ = try journal.append(trial.checkIn(3), clock: trial.clock(day: 3))
    let statuses = try journal.rows(today: trial.clock(day: 3).now.day).prefix(3).map(\.status)
    #expect(statuses == [.open, .missing, .recorded])
  }

  @Test func aSlotIsRecordedOnce() throws {
    let trial = try TrialFolder()
    let error = try refusal(trial, after: [1], day: 1) {
      try $0.append(trial.checkIn(1), clock: $1)
    }
    #expect(error?.message == "slot 1: recorded already")
    #expect(error?.hint == "correct an answer instead, with a reason")
  }

  @Test(arguments: [0, -1, 7, Int.min, Int.max])
  func aSlotBeyondTheEndsIsRefused(slot: Int) throws {
    let trial = try TrialFolder()
    let checkIn = CheckIn(slot: slot, kit: TrialFolder.kit(1), answers: [:], guess: nil)
    let error = try refusal(trial, day: 1) { try $0.append(checkIn, clock: $1) }
    #expect(
      error?.message == "slot \(slot): not in the schedule, expected a slot from 1 to 6")
  }

  @Test func anotherKitNeedsItsDeviationFirst() throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    let taken = TrialFolder.kit(4)
    let refused = JournalError.wrongKit(slot: 1, found: taken, expected: TrialFolder.kit(1))
    #expect(throws: refused) {
      try journal.append(trial.checkIn(1, kit: taken), clock: trial.clock(day: 1))
    }
    #expect(refused.hint?.contains("wrong-kit") == true)
    let deviation = Deviation(slot: 1, kind: .wrongKit, kit: taken, reason: "mixed up")
    _ = try journal.append(deviation, clock: trial.clock(day: 1))
    #expect(throws: JournalError.self, "only the kit that the deviation names") {
      try journal.append(
        trial.checkIn(1, kit: TrialFolder.kit(5)), clock: trial.clock(day: 1))
    }
    _ = try journal.append(trial.checkIn(1, kit: taken), clock: trial.clock(day: 1))
    let row = try #require(try journal.rows(today: TrialFolder.firstDay).first)
    #expect(row.kit == taken && row.deviations == [deviation])
  }

  @Test func aWrongKitDeviationIsComplete() throws {
    for (deviation, expected) in [
      (
        Deviation(slot: nil, kind: .wrongKit, kit: TrialFolder.kit(2), reason: "x"),
        JournalError.wrongKitIncomplete
      ),
      (Deviation(slot: 1, kind: .wrongKit, reason: "x"), .wrongKitIncomplete),
      (
        Deviation(slot: 1, kind: .wrongKit, kit: TrialFolder.kit(1), reason: "x"),
        .kitIsScheduled(slot: 1, kit: TrialFolder.kit(1))
      ),
      (Deviation(slot: 9, kind: .other, reason: "x"), .unknownSlot(9, count: 6)),
      (
        Deviation(slot: nil, kind: .other, reason: " \n"),
        .emptyReason(of: "reason of the deviation")
      ),
    ] {
      let trial = try TrialFolder()
      #expect(try refusal(trial, day: 1) { try $0.append(deviation, clock: $1) } == expected)
    }
  }

  @Test func everyItemIsAnsweredOrSkipped() throws {
    let whole = try TrialFolder().checkIn(1)
    func changed(_ item: String, _ answer: Answer?) -> CheckIn {
      var answers = whole.answers
      answers[item] = answer
      return CheckIn(slot: 1, kit: whole.kit, answers: answers, guess: whole.guess)
    }
    for (checkIn, message) in [
      (changed("sleep", nil), "answer to \"sleep\": found none, expected one"),
      (
        changed("mode", .text("a")),
        "item \"mode\": not in the daily form, expected one of mood, sleep, note"
      ),
      (
        changed("mood", .number(DecimalNumber(units: 11))),
        "answer to \"mood\": found 11, expected a number with at most 1 decimal from 0 to 10"
      ),
      (
        changed("mood", .number(DecimalNumber(units: 125, decimals: 2))),
        "answer to \"mood\": found 1.25, expected a number with at most 1 decimal from 0 to 10"
      ),
      (
        changed("sleep", .choice("so-so")),
        "answer to \"sleep\": found \"so-so\", expected one of well, badly"
      ),
      (
        changed("sleep", .text("well")),
        "answer to \"sleep\": found \"well\", expected one of well, badly"
      ),
    ] {
      let trial = try TrialFolder()
      let error = try refusal(trial, day: 1) { try $0.append(checkIn, clock: $1) }
      #expect(error?.message == message)
    }
    let skipped = try TrialFolder()
    let skip = changed("mood", .skipped(reason: "slept through"))
    #expect(try refusal(skipped, day: 1) { try $0.append(skip, clock: $1) } == nil)
  }

  @Test func theGuessIsGivenWhereItIsAsked() throws {
    let asking = try TrialFolder()
    let whole = asking.checkIn(1)
    let silent = CheckIn(slot: 1, kit: whole.kit, answers: whole.answers, guess: nil)
    #expect(
      try refusal(asking, day: 1) { try $0.append(silent, clock: $1) } == .missingGuess)
    let notAsking = try TrialFolder(asksGuess: false)
    #expect(
      try refusal(notAsking, day: 1) { try $0.append(whole, clock: $1) } == .guessNotAsked)
    let unsure = try TrialFolder()
    #expect(
      try refusal(unsure, day: 1) { try $0.append(unsure.checkIn(1, guess: nil), clock: $1) }
        == nil)
  }

  @Test func aCorrectionKeepsWhatWasThere() throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    let right = Answer.number(DecimalNumber(units: 3))
    let correction = Correction(slot: 1, item: "mood", answer: right, reason: "typing slip")
    #expect(throws: JournalError.nothingToCorrect(slot: 1)) {
      try journal.append(correction, clock: trial.clock(day: 1))
    }
    _ = try journal.append(trial.checkIn(1), clock: trial.clock(day: 1))
    for (bad, expected) in [
      (
        Correction(slot: 1, item: "mood", answer: right, reason: "  "),
        JournalError.emptyReason(of: "reason of the correction")
      ),
      (
        Correction(slot: 1, item: "x", answer: right, reason: "r"),
        .unknownItem("x", known: ["mood", "sleep", "note"])
      ),
      (
        Correction(slot: 1, item: "sleep", answer: right, reason: "r"),
        .unacceptableAnswer(item: "sleep", found: "3", expected: "one of well, badly")
      ),
    ] {
      #expect(throws: expected) { try journal.append(bad, clock: trial.clock(day: 1)) }
    }
    _ = try journal.append(correction, clock: trial.clock(day: 1))
    let row = try #require(try journal.rows(today: TrialFolder.firstDay).first)
    #expect(row.answers["mood"] == right && row.corrections == [correction])
    let entries = try journal.entries()
    #expect(entries[1].event == .checkIn(trial.checkIn(1)), "the first answer stays")
  }

  @Test func theClockIsNotSetBack() throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    _ = try journal.append(trial.checkIn(1), clock: trial.clock(day: 2))
    let other = Deviation(slot: nil, kind: .other, reason: "a bad night")
    _ = try journal.append(other, clock: trial.clock(day: 2, seconds: -120))
    let refused = JournalError.clockSetBack(
      now: "2024-10-05T19:57:59Z", latest: "2024-10-05T20:00:00Z")
    #expect(throws: refused) {
      // Not measured from the entry before, or one could creep back by two minutes each time.
      try journal.append(other, clock: trial.clock(day: 2, seconds: -121))
    }
    #expect(
      refused.description
        == "clock: found 2024-10-05T19:57:59Z, expected a time not before the latest entry, "
        + "2024-10-05T20:00:00Z (set the clock right; if it is right and was ahead before, record "
        + "the deviation clock-corrected with `selfblind deviate`)"
    )
  }

  @Test func aCodeIsBrokenOnceAndWithAReason() throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    #expect(throws: JournalError.emptyReason(of: "reason of the code break")) {
      try journal.announceCodeBreak(slot: 2, reason: "", clock: trial.clock(day: 1))
    }
    #expect(throws: JournalError.unknownSlot(7, count: 6)) {
      try journal.announceCodeBreak(slot: 7, reason: "r", clock: trial.clock(day: 1))
    }
    let receipt = try journal.announceCodeBreak(
      slot: 2, reason: "allergic reaction", clock: trial.clock(day: 1))
    #expect(throws: JournalError.codeAlreadyBroken(slot: 2)) {
      try journal.announceCodeBreak(slot: 2, reason: "again", clock: trial.clock(day: 1))
    }
    #expect(try journal.codeBreakReceipt(slot: 2)?.entryBytes == receipt.entryBytes)
    #expect(try journal.codeBreakReceipt(slot: 3) == nil)
    #expect(try journal.rows(today: TrialFolder.firstDay)[1].codeBroken)
  }

  @Test func anAdverseEventHasWordsAndAPast() throws {
    let trial = try TrialFolder()
    let journal = try trial.create()
    let tomorrow = TrialFolder.firstDay.advanced(by: 1)
    #expect(
      throws: JournalError.onsetAhead(onset: tomorrow, today: TrialFolder.firstDay)
    ) {
      try journal.append(
        AdverseEvent(term: "rash", onset: tomorrow, severity: .mild, serious: false),
        clock: trial.clock(day: 1))
    }
    #expect(throws: JournalError.emptyReason(of: "term of the adverse event")) {
      try journal.append(
        AdverseEvent(term: "", onset: tomorrow, severity: .mild, serious: false),
        clock: trial.clock(day: 2))
    }
  }

  @Test func theOpeningIsFirstAndOnlyThere() throws {
    let trial = try TrialFolder()
    let opening = JournalEntry.Event.opened(manifestDigest: "")
    var rules = EntryRules(trial.manifest)
    #expect(throws: JournalError.misplacedOpening) {
      try rules.check(.locked(reason: "r"), at: trial.clock(day: 1).now)
    }
    rules.take(
      JournalEntry(index: 0, moment: trial.clock(day: 0).now, clockIsSet: true, event: opening))
    #expect(throws: JournalError.misplacedOpening) {
      try rules.check(opening, at: trial.clock(day: 1).now)
    }
    #expect(throws: JournalError.emptyReason(of: "reason of the lock")) {
      try rules.check(.locked(reason: ""), at: trial.clock(day: 1).now)
    }
  }
}
