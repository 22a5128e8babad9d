import BlindRecord
import Testing
import TrialJournal

/// Sentences that a user may meet and that no other test pins.
struct SentenceTests {
  static let keyHint =
    "(put back recorder.key from a copy of the folder; without it the entries can be read, but "
    + "nothing can be added and the record cannot be locked)"

  @Test(arguments: [
    (
      JournalError.wrongKit(
        slot: 2, found: TrialFolder.kit(1), expected: TrialFolder.kit(2)),
      "slot 2: found the kit \(TrialFolder.kit(1)), expected the scheduled kit "
        + "\(TrialFolder.kit(2)) (if another kit was really taken, record the deviation "
        + "wrong-kit with its code first)"
    ),
    (
      .kitTaken(TrialFolder.kit(1), at: 1, slot: 2),
      "slot 2: the kit \(TrialFolder.kit(1)) was taken at slot 1 (look at the code once more; if nothing was "
        + "taken for slot 2, record the deviation missed-dose, then the answers without a kit; if slot 1 is wrong, put "
        + "that right first: wrong-kit or missed-dose of slot 1)"
    ),
    (
      .doseIsTaken(slot: 2),
      "slot 2: the record says that a dose was taken, so nothing more is to be taken for it (if that is wrong, "
        + "record the deviation missed-dose of slot 2 first)"
    ),
    (
      .kitOfAnother(.partialDose, slot: 2, kit: TrialFolder.kit(1)),
      "deviation partial-dose: the kit \(TrialFolder.kit(1)) is not that of slot 2 (leave the code out; if another "
        + "kit was taken, record the deviation wrong-kit with its code)"
    ),
    (
      .kitOfAnother(.lostKit, slot: 2, kit: TrialFolder.kit(1)),
      "deviation lost-kit: the kit \(TrialFolder.kit(1)) is not that of slot 2 (name the slot whose kit it is; a "
        + "spare has none)"
    ),
    (
      .noKitNamed(slot: 2),
      "slot 2: no kit is named, and no deviation says that none was taken (if none was taken, record the "
        + "deviation missed-dose, lost-kit or broken-kit first)"
    ),
    (
      .missingAnswer(item: "mood"),
      "answer to \"mood\": found none, expected one (answer \"mood\", or skip it on purpose)"
    ),
    (
      .missingGuess,
      "guess: found none, expected a percentage from 0 to 100 or \"dk\" "
        + "(give a percentage, or \"dk\" for don't know)"
    ),
    (.guessNotAsked, "guess: found one, and this protocol asks for none"),
    (
      .emptyReason(of: "reason of the lock"),
      "reason of the lock: found an empty text, expected words"
    ),
    (
      .wrongKitIncomplete,
      "deviation wrong-kit: expected the slot and the code of the kit that was taken"
    ),
    (
      .kitIsScheduled(slot: 1, kit: TrialFolder.kit(1)),
      "deviation wrong-kit: the kit \(TrialFolder.kit(1)) is the scheduled one of slot 1"
    ),
    (.nothingToCorrect(slot: 1), "slot 1: has no check-in to correct"),
    (
      .codeAlreadyBroken(slot: 1),
      "slot 1: its code was broken already (its announcement is in the journal; open the "
        + "envelope with it)"
    ),
    (
      .onsetAhead(onset: CalendarDay(ordinal: 1), today: CalendarDay(ordinal: 0)),
      "adverse event: found the onset 1970-01-02, expected today (1970-01-01) or a day before"
    ),
    (.misplacedOpening, "journal: the opening entry is the first one, and only that"),
    (.fileFailed("recorder.key", reason: "permission denied"), "recorder.key: permission denied"),
    (
      .missingFile("recorder.key"),
      "recorder.key: not found in the trial folder \(SentenceTests.keyHint)"
    ),
    (
      .unreadableKey,
      "recorder.key: found something else, expected 64 hex digits \(SentenceTests.keyHint)"
    ),
    (
      .otherKey,
      "recorder.key: found another key than the one manifest.json names \(SentenceTests.keyHint)"
    ),
    (
      .textTooLong(of: "reason of the lock", count: 2_001),
      "reason of the lock: found 2001 characters, expected at most 2000 "
        + "(say it shorter, or in several deviations)"
    ),
    (
      .notYet(
        .missedDose, slot: 2, due: CalendarDay(ordinal: 1), today: CalendarDay(ordinal: 0)),
      "deviation missed-dose: slot 2 is due on 1970-01-02, and today is 1970-01-01 "
        + "(come back on that day; what is known now can be the deviation other)"
    ),
    (
      .slotIsNeeded(.lateDose),
      "deviation late-dose: found no slot, expected the one that it concerns"
    ),
    (
      .slotIsNeeded(.lostKit),
      "deviation lost-kit: found no slot, expected the one that it concerns "
        + "(name the slot; of a spare, the code that stands on it)"
    ),
    (
      .invisibleCharacter(in: "term of the adverse event"),
      "term of the adverse event: found a control character or one that reorders its neighbours, "
        + "expected visible text (type it by hand, or paste it without its formatting)"
    ),
    (
      .secretKey(in: "reason of the deviation"),
      "reason of the deviation: found a secret key in it, expected words; nothing was written down"
    ),
    (.sameAnswer(slot: 2, item: "mood"), "slot 2: the answer to \"mood\" is that already"),
    (
      .onsetTooEarly(onset: CalendarDay(ordinal: 0), earliest: CalendarDay(ordinal: 1)),
      "adverse event: found the onset 1970-01-01, expected 1970-01-02 or a later day"
    ),
    (.closed, "journal.sqlite: was closed before"),
    (.readOnly, "journal.sqlite: was opened for reading only"),
    (
      .busy,
      "journal.sqlite: another program is writing and did not finish in time "
        + "(try again when the other program is done)"
    ),
    (
      .inUse,
      "journal.sqlite: another program has it open "
        + "(close the other program, such as `selfblind serve`, and run the command again)"
    ),
    (.notDurable(synchronous: 1), "journal.sqlite: found synchronous 1, expected 2 (full)"),
    (.database("no such table"), "journal.sqlite: no such table"),
    (.unreadableEntry(3, reason: "no JSON"), "journal.sqlite: entry 3 cannot be read, no JSON"),
    (.entryMismatch(3), "journal.sqlite: entry 3 does not fit its place, kind or slot"),
    (.leafMismatch(3), "journal.sqlite: the bytes of entry 3 are not those of its leaf"),
    (.firstEntry, "journal.sqlite: the first entry does not open this journal"),
    (
      .treeHeadMismatch(size: 4),
      "journal.sqlite: the tree head of size 4 is not that of its entries"
    ),
    (
      .lockUnfinished,
      "journal.sqlite: the lock was begun and not finished "
        + "(run `selfblind lock` again; it goes on where it was interrupted)"
    ),
    (
      .fileChanged,
      "journal.sqlite: found other bytes than those that were signed at the lock"
    ),
  ])
  func sentences(error: JournalError, sentence: String) {
    #expect(error.description == sentence)
  }
}
