import BlindRecord

extension JournalError {
  /// The place, what was found, and what was expected.
  public var message: String {
    entrySentence ?? packingSentence ?? fileSentence ?? recordSentence ?? "the journal refused"
  }

  /// What to do about it, where there is something to do.
  public var hint: String? {
    switch self {
    case .notDue: "come back on that day, or record a deviation"
    case .tooLate: "record what happened as a deviation"
    case .alreadyRecorded: "correct an answer instead, with a reason"
    case .scoreFollows: "correct the answer that was wrong; the score follows"
    case .paused(_, _, nil): "end the pause first: the deviation resumed"
    case .paused: "what a slot holds is drawn for its day: this one stays missing"
    case .formRepeated: "open the page anew for another entry"
    case .lookedAlready: "look again when another block has ended"
    case .stoppedAlready: "lock the record with `selfblind lock`, or go on to the end"
    case .wrongKit:
      "if another kit was really taken, record the deviation wrong-kit with its code first"
    case .kitTaken(_, let earlier, let slot):
      "look at the code once more; if nothing was taken for slot \(slot), record the deviation missed-dose, "
        + "then the answers without a kit; if slot \(earlier) is wrong, put that right first: wrong-kit or "
        + "missed-dose of slot \(earlier)"
    case .doseIsTaken(let slot):
      "if that is wrong, record the deviation missed-dose of slot \(slot) first"
    case .kitOfAnother(.lostKit, _, _), .kitOfAnother(.brokenKit, _, _):
      "name the slot whose kit it is; a spare has none"
    case .kitOfAnother:
      "leave the code out; if another kit was taken, record the deviation wrong-kit with its code"
    case .noKitNamed:
      "if none was taken, record the deviation missed-dose, lost-kit or broken-kit first"
    case .notPacked: "pack the kits first: selfblind pack"
    case .noKitList: "nothing is to be confirmed: who packs alone runs `selfblind pack`"
    case .wrongReceipt: "the word stands at the end of the kit list"
    case .noSpare: "the numbers of the spares are in `selfblind status`"
    case .missingAnswer(let item): "answer \"\(item)\", or skip it on purpose"
    case .missingGuess: "give a percentage, or \"dk\" for don't know"
    case .notYet:
      "come back on that day; what is known now can be the deviation other"
    case .slotIsNeeded(.lostKit), .slotIsNeeded(.brokenKit):
      "name the slot; of a spare, the code that stands on it"
    case .invisibleCharacter: "type it by hand, or paste it without its formatting"
    case .textTooLong: "say it shorter, or in several deviations"
    case .clockSetBack:
      "set the clock right; if it is right and was ahead before, record the deviation "
        + "clock-corrected with `selfblind deviate`"
    case .implausibleClock: "set the clock right and try again"
    case .locked: "a locked record stays as it is"
    case .codeAlreadyBroken: "its announcement is in the journal; open the envelope with it"
    case .newerFormat: "use the version of selfblind that wrote it"
    case .otherTrial, .manifestChanged: "put back the files that were sealed together"
    case .missingFile(TrialFiles.key), .unfitFile(TrialFiles.key, _, _), .unreadableKey, .otherKey:
      "put back recorder.key from a copy of the folder; without it the entries can be read, but "
        + "nothing can be added and the record cannot be locked"
    case .drawIsToCome:
      "go on with `selfblind seal` and its key, or give it up with --abandon, which is counted"
    case .noPermission:
      "get the right to read and write the folder, or move the whole folder to where you have it"
    case .logOnReadOnlyDisk:
      "move the whole folder to a disk that can be written and run the command again"
    case .busy: "try again when the other program is done"
    case .inUse:
      "close the other program, such as `selfblind serve`, and run the command again"
    case .diskFull: "make room on the disk and try again; earlier entries are intact"
    case .restoredBackup:
      "put back the newest copy of the journal; a second history is never signed"
    case .notLocked: "run `selfblind lock` first"
    case .lockUnfinished: "run `selfblind lock` again; it goes on where it was interrupted"
    case .entryNotAllowed(_, let reason): reason.hint
    default: nil
    }
  }

  private var entrySentence: String? {
    switch self {
    case .notDue(let slot, let due, let today):
      "slot \(slot): due on \(due), and today is \(today)"
    case .tooLate(let slot, let lastDay, let today):
      "slot \(slot): could be recorded until \(lastDay), and today is \(today)"
    case .alreadyRecorded(let slot): "slot \(slot): recorded already"
    case .lookedAlready(let slots):
      "the first \(slots == 1 ? "slot was" : "\(slots) slots were") looked at already"
    case .stoppedAlready(let slots):
      "the look at \(slots) slots said already that the trial may stop"
    case .unknownSlot(let slot, let count):
      "slot \(slot): not in the schedule, expected a slot from 1 to \(count)"
    case .wrongKit(let slot, let found, let expected):
      "slot \(slot): found the kit \(found), expected the scheduled kit \(expected)"
    case .kitTaken(let kit, let earlier, let slot):
      "slot \(slot): the kit \(kit) was taken at slot \(earlier)"
    case .noKitNamed(let slot):
      "slot \(slot): no kit is named, and no deviation says that none was taken"
    case .unknownItem(let name, let known):
      "item \"\(name)\": not in the daily form, expected one of \(known.joined(separator: ", "))"
    case .unacceptableAnswer(let item, let found, let expected):
      "answer to \"\(item)\": found \(found), expected \(expected)"
    case .missingAnswer(let item): "answer to \"\(item)\": found none, expected one"
    case .missingGuess: "guess: found none, expected a percentage from 0 to 100 or \"dk\""
    case .guessNotAsked: "guess: found one, and this protocol asks for none"
    case .emptyReason(let place): "\(place): found an empty text, expected words"
    case .textTooLong(let place, let count):
      "\(place): found \(count) characters, expected at most \(Item.longestText)"
    case .invisibleCharacter(let place):
      "\(place): found a control character or one that reorders its neighbours, expected visible text"
    case .secretKey(let place):
      "\(place): found a secret key in it, expected words; nothing was written down"
    case .wrongKitIncomplete:
      "deviation wrong-kit: expected the slot and the code of the kit that was taken"
    case .kitIsScheduled(let slot, let kit):
      "deviation wrong-kit: the kit \(kit) is the scheduled one of slot \(slot)"
    case .doseIsTaken(let slot):
      "slot \(slot): the record says that a dose was taken, so nothing more is to be taken for it"
    case .kitOfAnother(let kind, let slot, let kit):
      "deviation \(kind.rawValue): the kit \(kit) is not that of slot \(slot)"
    case .notYet(let kind, let slot, let due, let today):
      "deviation \(kind.rawValue): slot \(slot) is due on \(due), and today is \(today)"
    case .slotIsNeeded(let kind):
      "deviation \(kind.rawValue): found no slot, expected the one that it concerns"
    case .wrongScore(let item): "score \"\(item)\": is not what follows from the answers"
    case .scoreFollows(let item): "score \"\(item)\": follows from other answers"
    case .scoreIsDue(let item): "score \"\(item)\": must follow the corrected answer first"
    case .paused(let slot, let since, nil):
      "slot \(slot): the trial has been paused since \(since)"
    case .paused(let slot, let since, let until?):
      "slot \(slot): its day lies in the pause from \(since) to \(until)"
    case .pausedAlready(let since): "deviation paused: the trial has been paused since \(since)"
    case .notPaused: "deviation resumed: the trial is not paused"
    case .keptTooLong(let seconds):
      "form: found \(seconds) seconds of waiting, expected 1 to \(JournalEntry.longestKept)"
    case .formRepeated(let index): "form: sent before, its entry is \(index)"
    case .nothingToCorrect(let slot): "slot \(slot): has no check-in to correct"
    case .sameAnswer(let slot, let item):
      "slot \(slot): the answer to \"\(item)\" is that already"
    case .onsetTooEarly(let onset, let earliest):
      "adverse event: found the onset \(onset), expected \(earliest) or a later day"
    case .onsetAhead(let onset, let today):
      "adverse event: found the onset \(onset), expected today (\(today)) or a day before"
    case .codeAlreadyBroken(let slot): "slot \(slot): its code was broken already"
    case .clockSetBack(let now, let latest):
      "clock: found \(now), expected a time not before the latest entry, \(latest)"
    case .implausibleClock(let found, let expected):
      "clock: found \(found), expected \(expected)"
    case .misplacedOpening: "journal: the opening entry is the first one, and only that"
    case .locked: "journal: locked, nothing can be added"
    default: nil
    }
  }

  private var packingSentence: String? {
    switch self {
    case .notPacked: "kits: not packed yet, so no kit has a slot"
    case .packedByOthers: "packing: this trial's kits have the codes of manifest.json"
    case .alreadyPacked: "packing: in the record already, or a dose was taken before it"
    case .packingIncomplete: "packing: expected a label of this trial for each slot, each once"
    case .noKitList: "kit list: there is none, the participant packs alone"
    case .kitListDelivered: "kit list: delivered already, and that happens once"
    case .wrongReceipt: "kit list: found another word than the one on the list"
    case .noMatchingTest: "matching test: the protocol asks for none"
    case .matchingOutOfOrder(let number):
      "matching test: expected the result of the one that was begun, or number \(number)"
    case .matchingIncomplete(let rounds):
      "matching test: expected an answer of 1, 2 or 3 for each of \(rounds) rounds"
    case .spareIncomplete: "deviation spare-kit: expected the slot and the spare's code"
    case .noSpare(let kit): "deviation spare-kit: the kit \(kit) is no spare of this trial"
    case .spareUsed(let kit, let slot):
      "deviation spare-kit: the spare \(kit) was used before and cannot replace slot \(slot)'s kit"
    default: nil
    }
  }

  private var fileSentence: String? {
    switch self {
    case .missingFile(let name): "\(name): not found in the trial folder"
    case .drawIsToCome: "a sealing was begun in this folder, and its draw is still to come"
    case .alreadyExists: "journal.sqlite: exists already, and a journal is begun only once"
    case .fileFailed(let name, let reason), .noPermission(let name, let reason):
      "\(name): \(reason)"
    case .unfitFile(let name, let found, let expected):
      "\(name): found \(found), expected \(expected)"
    case .logOnReadOnlyDisk:
      "journal.sqlite: the newest entries lie in its log, which a read-only disk cannot serve"
    case .foreignFile(let name): "\(name): found a file that is not a journal of selfblind"
    case .newerFormat(let found, let known):
      "journal.sqlite: found format \(found), and this version knows format \(known)"
    case .otherTrial(let found, let expected):
      "journal.sqlite: found the journal of trial \(found), expected trial \(expected)"
    case .manifestChanged:
      "manifest.json: found other bytes than those the journal was opened with"
    case .unreadableKey: "recorder.key: found something else, expected 64 hex digits"
    case .otherKey: "recorder.key: found another key than the one manifest.json names"
    case .readOnly: "journal.sqlite: was opened for reading only"
    case .closed: "journal.sqlite: was closed before"
    case .busy: "journal.sqlite: another program is writing and did not finish in time"
    case .inUse: "journal.sqlite: another program has it open"
    case .diskFull: "journal.sqlite: the disk is full, and the entry was not written"
    case .restoredBackup(let signed, let found):
      "journal.sqlite: found \(found) entries that are not the \(signed) signed last"
    case .notDurable(let synchronous):
      "journal.sqlite: found synchronous \(synchronous), expected 2 (full)"
    case .database(let reason): "journal.sqlite: \(reason)"
    default: nil
    }
  }

  private var recordSentence: String? {
    switch self {
    case .damaged(let what): "journal.sqlite: damaged, \(what)"
    case .schemaChanged(let name):
      "journal.sqlite: \"\(name)\" is not as this format defines it"
    case .unreadableEntry(let index, let reason):
      "journal.sqlite: entry \(index) cannot be read, \(reason)"
    case .entryMismatch(let index):
      "journal.sqlite: entry \(index) does not fit its place, kind or slot"
    case .leafMismatch(let index):
      "journal.sqlite: the bytes of entry \(index) are not those of its leaf"
    case .entryNotAllowed(let index, let reason):
      "journal.sqlite: entry \(index) was not allowed, \(reason.message)"
    case .firstEntry: "journal.sqlite: the first entry does not open this journal"
    case .treeHeadMismatch(let size):
      "journal.sqlite: the tree head of size \(size) is not that of its entries"
    case .badCheckpoint(let place, let reason): "\(place): \(reason)"
    case .notLocked: "journal.sqlite: not locked"
    case .lockUnfinished: "journal.sqlite: the lock was begun and not finished"
    case .fileChanged: "journal.sqlite: found other bytes than those that were signed at the lock"
    default: nil
    }
  }
}
