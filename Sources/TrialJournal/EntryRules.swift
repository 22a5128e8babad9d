package import BlindRecord

/// What may be written next, given what was written before.
///
/// Pure: a value made from a manifest and the entries so far, asked before every append and again,
/// entry by entry, when a locked record is verified.
package struct EntryRules: Sendable {
  /// Seconds by which a clock may stand before the latest entry: clocks are adjusted now and then.
  package static let clockTolerance = 120

  /// Days after the last entry window during which something may still be added.
  package static let daysAfterTheLast = 366

  /// Days before the first slot on which an adverse event may have begun at the earliest.
  package static let daysBeforeTheFirst = 366

  /// The seconds of the years 1 to 9999, which the text form of an instant can say.
  static let writableSeconds = -62_135_596_800...253_402_300_799

  let manifest: Manifest
  private var count = 0
  /// The newest instant that binds the next entry: of all entries since the clock was corrected.
  private var latest: Moment?
  private(set) var recorded: Set<Int> = []
  private var broken: Set<Int> = []
  private(set) var packed: PackedKits?
  /// What was taken at each slot and became of each kit, as far as is known.
  package private(set) var doses = Doses()
  private(set) var receipt: String?
  private(set) var matching: [MatchingNote] = []
  /// The entry of each form that was sent.
  private(set) var forms: [FormToken: Int] = [:]
  /// The answers that count, by slot and item.
  private var answers: [Int: [String: Answer]] = [:]
  /// Corrections of scores that must come next, because an answer of theirs was corrected.
  private(set) var due: [Correction] = []
  /// The days on which nothing is asked.
  package private(set) var pauses = Pauses()
  /// The last look at the evidence: how many slots, and whether the trial may stop.
  private var look: (slots: Int, mayStop: Bool)?

  /// Whether the locked entry has been taken.
  package private(set) var isLocked = false

  /// The rules of a trial before its first entry.
  package init(_ manifest: Manifest) { self.manifest = manifest }

  /// Takes an entry into account, without asking whether it was allowed.
  package mutating func take(_ entry: JournalEntry) {
    count += 1
    if let form = entry.form { forms[form] = entry.index }
    if entry.event.correctsTheClock || entry.moment.seconds > (latest?.seconds ?? Int.min) {
      latest = entry.moment
    }
    let (schedule, packed) = (manifest.schedule, packed)
    doses.take(entry.event) { slot in
      packed.map { $0.kits.indices.contains(slot - 1) ? $0.kits[slot - 1] : nil }
        ?? schedule.occasion(slot: slot)?.kit
    }
    switch entry.event {
    case .checkIn(let checkIn):
      recorded.insert(checkIn.slot)
      answers[checkIn.slot] = checkIn.answers
    case .correction(let correction): take(correction)
    case .deviation(let deviation): take(deviation, on: entry.day)
    case .codeBreak(let slot, _): broken.insert(slot)
    case .kitList(let note): receipt = note.receipt
    case .matching(let note): matching.append(note)
    case .packed(let kits): self.packed = packed ?? kits
    case .look(let slots, let mayStop): look = (slots, mayStop)
    case .locked: isLocked = true
    case .opened, .adverseEvent, .rehearsal: break
    }
  }

  /// A correction, and those of the scores that follow from it.
  private mutating func take(_ correction: Correction) {
    answers[correction.slot, default: [:]][correction.item] = correction.answer
    if due.first == correction {
      due.removeFirst()
      return
    }
    let standing = answers[correction.slot] ?? [:]
    let scored = manifest.items.scored(standing)
    due = manifest.items.compactMap { item in
      guard item.score?.items.contains(correction.item) == true,
        let answer = scored[item.name], answer != standing[item.name]
      else { return nil }
      return Correction(
        slot: correction.slot, item: item.name, answer: answer,
        reason: "follows from the correction of \"\(correction.item)\"")
    }
  }

  private mutating func take(_ deviation: Deviation, on day: CalendarDay) {
    pauses.take(deviation, on: day)
    // A look under a clock that ran ahead was at blocks that had not ended.
    if deviation.kind == .clockCorrected, look?.mayStop == false { look = nil }
  }

  /// Whether an event may be written at a moment.
  ///
  /// - Parameters:
  ///   - form: the form that it was sent with, if it came from a page.
  ///   - kept: seconds for which that form waited; the day that counts is that of the filling in.
  /// - Throws: the first rule that it breaks.
  package func check(
    _ event: JournalEntry.Event, form: FormToken? = nil, kept: Int? = nil, at moment: Moment
  ) throws(JournalError) {
    if let form, let index = forms[form] { throw .formRepeated(index: index) }
    if isLocked { throw .locked }
    if let due = due.first, event != .correction(due) { throw .scoreIsDue(item: due.item) }
    try check(moment, of: event)
    if let kept {
      guard form != nil, (1...JournalEntry.longestKept).contains(kept) else {
        throw .keptTooLong(seconds: kept)
      }
    }
    let day = JournalEntry(
      index: count, moment: moment, clockIsSet: false, kept: kept, event: event
    ).day
    if case .opened = event {
      guard count == 0 else { throw .misplacedOpening }
      return
    }
    guard count > 0 else { throw .misplacedOpening }
    switch event {
    case .opened: break
    case .checkIn(let checkIn): try check(checkIn, on: day)
    case .correction(let correction): try check(correction)
    case .deviation(let deviation): try check(deviation, on: day)
    case .adverseEvent(let adverse): try check(adverse, on: day)
    case .codeBreak(let slot, let reason):
      _ = try occasion(slot)
      try demand(reason, of: "reason of the code break")
      if broken.contains(slot) { throw .codeAlreadyBroken(slot: slot) }
    case .rehearsal: break
    case .kitList(let note): try check(note)
    case .matching(let note): try check(note)
    case .packed(let kits): try check(kits)
    case .look(let slots, _): try checkLook(slots, on: moment.day)
    case .locked(let reason): try demand(reason, of: "reason of the lock")
    }
  }

  /// Whether the clock may stand where it does.
  ///
  /// A clock that ran ahead must not end the trial: the deviation clock-corrected may be written at an
  /// earlier moment, and what came before it no longer binds. The lock may come at any later time, as
  /// nothing follows it.
  private func check(
    _ moment: Moment, of event: JournalEntry.Event
  ) throws(JournalError) {
    guard EntryRules.writableSeconds.contains(moment.seconds) else {
      throw .implausibleClock(
        found: "\(moment.seconds) seconds since 1970", expected: "the years 1 to 9999")
    }
    guard (-86_399...86_399).contains(moment.offset) else {
      throw .implausibleClock(
        found: "an offset of \(moment.offset) seconds", expected: "less than a day")
    }
    let schedule = manifest.schedule
    let isLock = if case .locked = event { true } else { false }
    if !isLock, let last = schedule.occasions.last?.day {
      let end = last.advanced(by: schedule.entryWindow + EntryRules.daysAfterTheLast)
      if end < moment.day {
        throw .implausibleClock(found: moment.utc, expected: "at most the day \(end)")
      }
    }
    if let latest, moment.seconds < latest.seconds - EntryRules.clockTolerance,
      !event.correctsTheClock
    {
      throw .clockSetBack(now: moment.utc, latest: latest.utc)
    }
  }

  private func check(_ checkIn: CheckIn, on today: CalendarDay) throws(JournalError) {
    let occasion = try occasion(checkIn.slot)
    if manifest.packing?.isAlone == true, packed == nil { throw .notPacked }
    if let pause = pauses.pause(over: occasion.day) {
      throw .paused(slot: checkIn.slot, since: pause.from, until: pause.to)
    }
    if recorded.contains(checkIn.slot) { throw .alreadyRecorded(slot: checkIn.slot) }
    if today < occasion.day {
      throw .notDue(slot: checkIn.slot, due: occasion.day, today: today)
    }
    let lastDay = occasion.day.advanced(by: manifest.schedule.entryWindow)
    if lastDay < today { throw .tooLate(slot: checkIn.slot, lastDay: lastDay, today: today) }
    try check(checkIn.kit, of: occasion)
    for name in checkIn.answers.keys.sorted() where manifest.item(name) == nil {
      throw .unknownItem(name, known: manifest.items.map(\.name))
    }
    for item in manifest.items {
      guard let answer = checkIn.answers[item.name] else {
        throw .missingAnswer(item: item.name)
      }
      try check(answer, to: item)
    }
    let scored = manifest.items.scored(checkIn.answers)
    for item in manifest.items where item.score != nil {
      guard scored[item.name] == checkIn.answers[item.name] else {
        throw .wrongScore(item: item.name)
      }
    }
    if manifest.guessPrompt != nil, checkIn.guess == nil { throw .missingGuess }
    if manifest.guessPrompt == nil, checkIn.guess != nil { throw .guessNotAsked }
    try limit(checkIn.guess?.reason, of: "reason of the guess")
  }

  private func check(_ correction: Correction) throws(JournalError) {
    _ = try occasion(correction.slot)
    guard recorded.contains(correction.slot) else {
      throw .nothingToCorrect(slot: correction.slot)
    }
    guard let item = manifest.item(correction.item) else {
      throw .unknownItem(correction.item, known: manifest.items.map(\.name))
    }
    try check(correction.answer, to: item)
    guard item.score == nil || due.first == correction else { throw .scoreFollows(item: item.name) }
    try demand(correction.reason, of: "reason of the correction")
  }

  private func check(
    _ deviation: Deviation, on today: CalendarDay
  ) throws(JournalError) {
    let occasion: Occasion? =
      if let slot = deviation.slot { try self.occasion(slot) } else { nil }
    if deviation.kind == .wrongKit {
      guard let occasion, let kit = deviation.kit else { throw .wrongKitIncomplete }
      try check(wrong: kit, of: occasion)
    }
    if deviation.kind == .spareKit { try check(spare: deviation.kit, of: occasion) }
    if deviation.kind == .paused, let since = pauses.since { throw .pausedAlready(since: since) }
    if deviation.kind == .resumed, pauses.since == nil { throw .notPaused }
    switch deviation.kind {
    case .missedDose, .lateDose, .partialDose, .wrongKit:
      guard let occasion else { throw .slotIsNeeded(deviation.kind) }
      guard occasion.day <= today else {
        throw .notYet(deviation.kind, slot: occasion.slot, due: occasion.day, today: today)
      }
      if deviation.kind != .wrongKit { try check(deviation.kit, named: deviation.kind, occasion) }
    case .lostKit, .brokenKit:
      // A spare has no slot, and its code says which one it was.
      if occasion == nil, deviation.kit == nil { throw .slotIsNeeded(deviation.kind) }
      if let occasion { try check(deviation.kit, named: deviation.kind, occasion) }
    default: break
    }
    try demand(deviation.reason, of: "reason of the deviation")
  }

  private func check(_ adverse: AdverseEvent, on today: CalendarDay) throws(JournalError) {
    try demand(adverse.term, of: "term of the adverse event")
    try limit(adverse.action, of: "action of the adverse event")
    try limit(adverse.outcome, of: "outcome of the adverse event")
    if today < adverse.onset { throw .onsetAhead(onset: adverse.onset, today: today) }
    if let first = manifest.schedule.occasions.first?.day {
      let earliest = first.advanced(by: -EntryRules.daysBeforeTheFirst)
      if adverse.onset < earliest {
        throw .onsetTooEarly(onset: adverse.onset, earliest: earliest)
      }
    }
  }

  /// A look is at more slots than the one before, and at none whose day has not come.
  private func checkLook(_ slots: Int, on today: CalendarDay) throws(JournalError) {
    let occasion = try occasion(slots)
    if let look, look.mayStop { throw .stoppedAlready(slots: look.slots) }
    if let look, slots <= look.slots { throw .lookedAlready(slots: look.slots) }
    if today < occasion.day {
      throw .notDue(slot: slots, due: occasion.day, today: today)
    }
  }

  private func check(_ answer: Answer, to item: Item) throws(JournalError) {
    switch answer {
    case .text(let text): try limit(text, of: "answer to \"\(item.name)\"")
    case .skipped(let reason): try limit(reason, of: "reason for skipping \"\(item.name)\"")
    case .number, .choice, .choices: break
    }
    guard item.accepts(answer) else {
      throw .unacceptableAnswer(
        item: item.name, found: EntryRules.shown(answer), expected: item.expectation)
    }
  }

  /// The occasion of a slot, with the kit code that counts.
  ///
  /// - Throws: `unknownSlot`.
  package func occasion(_ slot: Int) throws(JournalError) -> Occasion {
    let schedule = manifest.schedule
    guard (1...schedule.occasions.count).contains(slot), let found = schedule.occasion(slot: slot)
    else { throw .unknownSlot(slot, count: schedule.occasions.count) }
    guard let packed, packed.kits.indices.contains(slot - 1) else { return found }
    return Occasion(slot: slot, day: found.day, kit: packed.kits[slot - 1])
  }

  /// The answer of a slot to an item that counts so far.
  package func answer(of slot: Int, to item: String) -> Answer? { answers[slot]?[item] }

  func demand(_ text: String, of place: String) throws(JournalError) {
    guard text.contains(where: { !$0.isWhitespace }) else { throw .emptyReason(of: place) }
    try limit(text, of: place)
  }

  private func limit(_ text: String?, of place: String) throws(JournalError) {
    let count = text?.unicodeScalars.count ?? 0
    guard count <= Item.longestText else { throw .textTooLong(of: place, count: count) }
    if text?.unicodeScalars.contains(where: { $0 != "\n" && isInvisible($0) }) == true {
      throw .invisibleCharacter(in: place)
    }
    // What is written here is never taken out again, and stands in the report.
    if text?.uppercased().contains("AGE-SECRET-KEY-1") == true { throw .secretKey(in: place) }
  }

  /// An answer as an error shows it.
  private static func shown(_ answer: Answer) -> String {
    switch answer {
    case .number(let number): number.description
    case .choice(let text), .text(let text): "\"\(text.prefix(40))\""
    case .choices(let texts): "\"\(texts.joined(separator: "; ").prefix(40))\""
    case .skipped: "a skip"
    }
  }
}
