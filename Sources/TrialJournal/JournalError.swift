public import BlindRecord

/// Why the journal refused: an entry that may not be written, a file that cannot be used, or a
/// locked record that does not verify.
public enum JournalError: Refusal, Equatable {
  // What an entry may say.

  /// The slot's day has not come yet.
  case notDue(slot: Int, due: CalendarDay, today: CalendarDay)
  /// The entry window of the slot has closed.
  case tooLate(slot: Int, lastDay: CalendarDay, today: CalendarDay)
  /// The slot has a check-in already.
  case alreadyRecorded(slot: Int)
  /// A look at no more slots than the look before.
  case lookedAlready(slots: Int)
  /// A look after one that said that the trial may stop.
  case stoppedAlready(slots: Int)
  /// The schedule has no such slot.
  case unknownSlot(Int, count: Int)
  /// The kit is not the scheduled one, and no deviation says that it was taken.
  case wrongKit(slot: Int, found: KitCode, expected: KitCode)
  /// The kit was taken before, by the check-in of another slot.
  case kitTaken(KitCode, at: Int, slot: Int)
  /// No kit is named, and no deviation says that none was taken.
  case noKitNamed(slot: Int)
  /// The daily form has no such item.
  case unknownItem(String, known: [String])
  /// The answer is not one the item can have.
  case unacceptableAnswer(item: String, found: String, expected: String)
  /// An item is neither answered nor skipped.
  case missingAnswer(item: String)
  /// The protocol asks for a guess and none was given.
  case missingGuess
  /// A guess was given and the protocol asks for none.
  case guessNotAsked
  /// A text that must say something is empty.
  case emptyReason(of: String)
  /// A text is longer than 2000 characters.
  case textTooLong(of: String, count: Int)
  /// A text has a control character, or one that reorders its neighbours.
  case invisibleCharacter(in: String)
  /// A text holds a secret key.
  case secretKey(in: String)
  /// A deviation of kind wrong-kit lacks its slot or its kit.
  case wrongKitIncomplete
  /// The participant packs alone, and the journal does not say yet which kit is whose.
  case notPacked
  /// Somebody else packs, with the codes of the manifest.
  case packedByOthers
  /// Packing is in the record already, or a dose was taken before it.
  case alreadyPacked
  /// The codes are not those of every slot and the trial's labels, each once.
  case packingIncomplete
  /// A kit list of a trial that has none.
  case noKitList
  /// The kit list was delivered already.
  case kitListDelivered
  /// The word of a kit list is not the one that stands on it.
  case wrongReceipt
  /// The protocol asks for no matching test.
  case noMatchingTest
  /// A matching test is begun or ended out of order.
  case matchingOutOfOrder(expected: Int)
  /// A matching test lacks an answer for each round.
  case matchingIncomplete(rounds: Int)
  /// A deviation of kind spare-kit lacks its slot or its kit.
  case spareIncomplete
  /// A kit that is not one of the spares.
  case noSpare(KitCode)
  /// A spare that took another place before.
  case spareUsed(KitCode, slot: Int)
  /// A spare for a dose that was swallowed, says the record.
  case doseIsTaken(slot: Int)
  /// A loss, or a dose missed, late or in part, with the code of a kit that is not the slot's.
  case kitOfAnother(Deviation.Kind, slot: Int, kit: KitCode)
  /// A deviation of kind wrong-kit names the kit that the record has for the slot anyway.
  case kitIsScheduled(slot: Int, kit: KitCode)
  /// A deviation of a dose on a day that has not come yet.
  case notYet(Deviation.Kind, slot: Int, due: CalendarDay, today: CalendarDay)
  /// A deviation that says nothing without its slot.
  case slotIsNeeded(Deviation.Kind)
  /// A score is not the one that follows from the answers.
  case wrongScore(item: String)
  /// A score is corrected by itself; it follows from the answers.
  case scoreFollows(item: String)
  /// A score must be corrected first, because an answer of it was.
  case scoreIsDue(item: String)
  /// The trial is paused and the slot's day came after that, or lies within a pause that has ended.
  case paused(slot: Int, since: CalendarDay, until: CalendarDay?)
  /// A pause of a trial that is paused.
  case pausedAlready(since: CalendarDay)
  /// The end of a pause where there is none.
  case notPaused
  /// A form that waited longer than a form may.
  case keptTooLong(seconds: Int)
  /// A form that was sent before: its entry is there.
  case formRepeated(index: Int)
  /// A correction of a slot that has no check-in.
  case nothingToCorrect(slot: Int)
  /// A correction to the answer that stands.
  case sameAnswer(slot: Int, item: String)
  /// An adverse event that begins after today.
  case onsetAhead(onset: CalendarDay, today: CalendarDay)
  /// An adverse event that began long before the trial.
  case onsetTooEarly(onset: CalendarDay, earliest: CalendarDay)
  /// The code of the slot was broken before.
  case codeAlreadyBroken(slot: Int)
  /// The clock stands before the latest entry.
  case clockSetBack(now: String, latest: String)
  /// The clock stands where no entry of this trial can be.
  case implausibleClock(found: String, expected: String)
  /// An opening entry elsewhere than at the beginning, or something else there.
  case misplacedOpening
  /// The journal is locked: nothing is added after it.
  case locked

  // What the files of a folder may be.

  /// A file of the trial folder is not there.
  case missingFile(String)
  /// A sealing was begun in the folder, and its draw, with which a journal begins, is still to come.
  case drawIsToCome
  /// A journal exists already.
  case alreadyExists
  /// A file cannot be read or written; the system's own words.
  case fileFailed(String, reason: String)
  /// A file or its folder may not be read or written: a missing right, or a read-only disk.
  case noPermission(String, reason: String)
  /// A name holds something else than a file of a sensible size.
  case unfitFile(String, found: String, expected: String)
  /// Entries lie in a write-ahead log, on a disk where it cannot be read.
  case logOnReadOnlyDisk
  /// The file belongs to another program.
  case foreignFile(String)
  /// The file was written by a newer version.
  case newerFormat(found: Int, known: Int)
  /// The journal belongs to another trial.
  case otherTrial(found: String, expected: String)
  /// `manifest.json` is not, byte for byte, the one the journal was opened with.
  case manifestChanged
  /// `recorder.key` does not hold 64 hex digits.
  case unreadableKey
  /// `recorder.key` is not the key that the manifest names.
  case otherKey
  /// The journal was opened for reading only.
  case readOnly
  /// The journal was closed before.
  case closed
  /// Another program holds the journal and did not let go of it in time.
  case busy
  /// Another program has the journal open.
  case inUse
  /// The disk is full; nothing was written.
  case diskFull
  /// The journal is behind, or beside, what it has signed: a backup was restored.
  case restoredBackup(signed: Int, found: Int)
  /// The database does not keep what was written when the power fails.
  case notDurable(synchronous: Int)
  /// SQLite refused for another reason.
  case database(String)

  // What a record must be.

  /// The database is cut short or its pages are inconsistent.
  case damaged(String)
  /// A table, index or trigger is not what this version writes.
  case schemaChanged(String)
  /// An entry cannot be read.
  case unreadableEntry(Int, reason: String)
  /// An entry's columns or position do not fit its bytes.
  case entryMismatch(Int)
  /// An entry's bytes are not those of its leaf.
  case leafMismatch(Int)
  /// An entry breaks a rule that held when it was written.
  indirect case entryNotAllowed(Int, because: JournalError)
  /// The first entry does not open the journal.
  case firstEntry
  /// A stored tree head is not that of the entries.
  case treeHeadMismatch(size: Int)
  /// A checkpoint's signature or form is not valid under the manifest's key.
  case badCheckpoint(String, reason: String)
  /// The record is not locked.
  case notLocked
  /// The lock was begun and not finished.
  case lockUnfinished
  /// The file of the locked journal is not, byte for byte, the one that was signed.
  case fileChanged
}
