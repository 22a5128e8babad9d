import BlindRecord
import TrialJournal

/// What is said and written down about the kit at a dose: one dialogue, the same whatever the kit holds.
///
/// It cannot depend on the arm: nothing here can name one. Each departure is an entry of its own.
struct KitDialogue {
  let journal: Journal
  let index: KitIndex
  let rows: [SlotRecord]
  let clock: WallClock
  let folder: String

  init(_ journal: Journal, rows: [SlotRecord], clock: WallClock) throws {
    self.journal = journal
    index = KitIndex(journal.manifest, entries: try journal.entries())
    self.rows = rows
    self.clock = clock
    folder = journal.folder
  }

  /// What was taken at a slot.
  struct Dose {
    /// The kit; `nil` where none was.
    let kit: KitCode?
  }

  /// Whether who packs alone has not done so: then labels are on no kit, and no slot has one.
  var isUnpacked: Bool { isAlone && index.schedule == journal.manifest.schedule }

  var isAlone: Bool { journal.manifest.packing?.isAlone == true }

  /// The slot of a dose: the one that was named, the one whose kit it is where that one can be recorded,
  /// else today's.
  ///
  /// - Parameter asking: whether it is asked which one is meant where two can be: yesterday's kit may have been
  ///   taken yesterday, or today by mistake.
  func occasion(slot: Int?, kit: KitCode?, asking: Bool) throws -> Occasion {
    let today = clock.now.day
    if slot == nil, let kit {
      switch index.meaning(of: kit) {
      case .foreign, .label: throw refusal(kit)
      case .slot(let own):
        let found = rows[own - 1]
        guard let due = rows.first(where: { $0.occasion.day == today }) else {
          return found.occasion
        }
        guard found.status == .open else { return due.occasion }
        guard due.status == .open, due.occasion.slot != own else { return found.occasion }
        return try chosen(found.occasion, or: due.occasion, kit, asking: asking)
      case .spare: break
      }
    }
    return try DueSlot.find(slot: slot, in: rows, today: today)
  }

  /// Which of two open slots a dose was for.
  private func chosen(
    _ own: Occasion, or today: Occasion, _ kit: KitCode, asking: Bool
  ) throws -> Occasion {
    let text = "the kit \(kit) is that of slot \(own.slot), and slot \(today.slot) is due today"
    guard asking else {
      throw CommandRefusal(
        text,
        hint:
          "say which dose it was: --slot \(own.slot), or --slot \(today.slot) if it was taken today"
      )
    }
    try Output.show(text)
    let options = [own, today].map { "slot \($0.slot), of \($0.day)" }
    return try Terminal.choose("Which dose was it?", from: options) == options[0] ? own : today
  }

  /// Asks what was taken until it is known; each departure is an entry.
  ///
  /// - Parameter isAsked: whether the kit is asked for where its code was not given.
  /// - Returns: `nil` where the kit was put back, so that there is nothing to record.
  func dose(of occasion: Occasion, kit given: KitCode?, isAsked: Bool) throws -> Dose? {
    var kit = given
    if given == nil, rows[occasion.slot - 1].hasNoDose {
      try Output.show("the record says that none was taken; the ratings count all the same")
      return Dose(kit: nil)
    }
    let isTaken = given == nil && rows[occasion.slot - 1].isOnlyToBeRated
    if isTaken { try sayTaken(rows[occasion.slot - 1].takenKit) }
    let isBegun = rows[occasion.slot - 1].isBegun
    if isBegun {
      try Output.show("the record says that a dose was taken already: take nothing more")
    }
    if isAsked, given == nil, !isTaken {
      kit = try askForKit(of: occasion)
      guard kit != nil else {
        try askWhyNone(occasion)
        return Dose(kit: nil)
      }
    }
    if let kit, try !settle(kit, occasion) { return nil }
    if isAsked, !isBegun, try !isWhole(occasion) { return Dose(kit: nil) }
    return Dose(kit: kit ?? rows[occasion.slot - 1].takenKit)
  }

  /// Asks for the code on the kit until it is one of this trial's, or none was taken.
  private func askForKit(of occasion: Occasion) throws -> KitCode? {
    if isAlone { try sayLabel(of: occasion) }
    return try Terminal.ask(
      "scan or type the code of the kit for slot \(occasion.slot), or none where none was taken"
    ) { typed in
      if typed.lowercased() == "none" { return nil }
      guard let code = try DueSlot.kitCode(typed) else { throw refusal(occasion.kit) }
      switch index.meaning(of: code) {
      case .foreign, .label: throw refusal(code)
      case .slot, .spare: return code
      }
    }
  }

  /// Why nothing was taken; a day without a dose is rated like any other.
  private func askWhyNone(_ occasion: Occasion) throws {
    let options = ["not taken", "the kit is lost", "the kit is broken"]
    try Output.show(
      "  where it is lost or broken: selfblind replace \(folder) --slot \(occasion.slot) finds a spare; say so "
        + "here where there is none")
    let choice = try Terminal.choose("Why was none taken?", from: options)
    let kinds: [String: Deviation.Kind] = [options[1]: .lostKit, options[2]: .brokenKit]
    try record(kinds[choice] ?? .missedDose, occasion, try words("How did it happen?"))
  }

  /// The other slot at which the record says that the kit was taken.
  private func earlierDose(_ kit: KitCode, _ occasion: Occasion) -> Int? {
    index.doses.fate(of: kit)?.slotOfTheDose.flatMap { $0 == occasion.slot ? nil : $0 }
  }

  /// Whether the kit may be recorded for the slot as it is: its own, or one that a deviation names.
  private func isAccountedFor(_ kit: KitCode, _ occasion: Occasion) -> Bool {
    kit == occasion.kit || index.doses.names(kit, at: occasion.slot)
  }

  /// What is refused where nobody can be asked: another kit that no deviation names.
  func demandAccount(of kit: KitCode, _ occasion: Occasion) throws {
    if let earlier = earlierDose(kit, occasion) {
      throw JournalError.kitTaken(kit, at: earlier, slot: occasion.slot)
    }
    if isAccountedFor(kit, occasion) { return }
    switch index.meaning(of: kit) {
    case .foreign, .label: throw refusal(kit)
    case .slot, .spare:
      let lost =
        isSpare(kit)
        ? "; if slot \(occasion.slot)'s kit is lost or broken: selfblind replace \(folder) --slot "
          + "\(occasion.slot)"
        : ""
      throw CommandRefusal(
        found(kit, occasion),
        hint:
          "put it back and take the right one; or, if it was taken: selfblind deviate \(folder) "
          + "--kind wrong-kit --slot \(occasion.slot) --kit \(kit) --reason \"…\"" + lost)
    }
  }

  /// Settles another kit than the slot's own, each answer an entry of the journal.
  ///
  /// - Returns: whether the kit was taken; otherwise it was put back, and nothing is recorded.
  private func settle(_ kit: KitCode, _ occasion: Occasion) throws -> Bool {
    if let earlier = earlierDose(kit, occasion), try !settle(kit, occasion, takenAt: earlier) {
      return false
    }
    if isAccountedFor(kit, occasion) { return true }
    try Output.show(found(kit, occasion))
    var options = ["put back", "taken by mistake"]
    if isSpare(kit) { options += ["the slot's kit is lost", "the slot's kit is broken"] }
    let choice = try Terminal.choose("What happened?", from: options)
    guard choice != options[0] else { return try putBack(occasion) }
    let reason = try words("How did it happen?")
    guard choice != options[1] else {
      try record(.wrongKit, occasion, kit: kit, reason)
      return true
    }
    // A spare that `replace` did not give may hold anything: it is another kit, and no replacement.
    try record(choice == options[2] ? .lostKit : .brokenKit, occasion, reason)
    try record(.wrongKit, occasion, kit: kit, reason)
    return true
  }

  /// A kit is taken once: that of another slot's check-in cannot have been, that of a mere note may.
  private func settle(
    _ kit: KitCode, _ occasion: Occasion, takenAt earlier: Int
  ) throws -> Bool {
    let taken = JournalError.kitTaken(kit, at: earlier, slot: occasion.slot)
    if index.doses.fate(of: kit) == .recorded(slot: earlier) { throw taken }
    try Output.show(taken.message + ", says a note")
    let options = ["put back", "the note is wrong"]
    guard try Terminal.choose("What happened?", from: options) == options[1] else {
      return try putBack(occasion)
    }
    try record(.other, occasion, try words("How did it come to the note?"))
    return true
  }

  private func putBack(_ occasion: Occasion) throws -> Bool {
    try Output.show("put back; run it again with the kit of slot \(occasion.slot)")
    return false
  }

  /// Asks whether the dose was whole and in time; what was not is an entry.
  ///
  /// - Returns: whether something was taken.
  private func isWhole(_ occasion: Occasion) throws -> Bool {
    let options = ["whole and in time", "only a part", "late", "not taken"]
    let choice = try Terminal.choose("The dose?", from: options)
    let kinds: [String: Deviation.Kind] = [
      options[1]: .partialDose, options[2]: .lateDose, options[3]: .missedDose,
    ]
    guard let kind = kinds[choice] else { return true }
    try record(kind, occasion, try words("How did it happen?"))
    return kind != .missedDose
  }

  private func record(
    _ kind: Deviation.Kind, _ occasion: Occasion, kit: KitCode? = nil, _ reason: String
  ) throws {
    let receipt = try journal.append(
      Deviation(slot: occasion.slot, kind: kind, kit: kit, reason: reason), clock: clock)
    try Output.show("recorded \(kind.rawValue) of slot \(occasion.slot) (\(receipt.entry))")
  }

  private func isSpare(_ kit: KitCode) -> Bool {
    if case .spare = index.meaning(of: kit) { true } else { false }
  }

  private func words(_ question: String) throws -> String {
    try Terminal.ask(question) { typed in
      guard !typed.isEmpty else {
        throw FormatError("answer", found: "nothing", expected: "a few words")
      }
      return typed
    }
  }
}
