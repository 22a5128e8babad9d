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

  /// The slot of a dose: the one that was named, the one whose kit it is where that one can be recorded,
  /// else today's.
  func occasion(slot: Int?, kit: KitCode?) throws -> Occasion {
    let today = clock.now.day
    if slot == nil, let kit {
      switch index.meaning(of: kit) {
      case .foreign, .label: throw refusal(kit)
      case .slot(let own):
        let status = rows[own - 1].status
        let isDue = rows.contains { $0.occasion.day == today }
        if status == .open || !isDue { return rows[own - 1].occasion }
      case .spare: break
      }
    }
    return try DueSlot.find(slot: slot, in: rows, today: today)
  }

  /// Asks for the code on the kit until it is one of this trial's.
  func askForKit(of occasion: Occasion) throws -> KitCode {
    try Terminal.ask("scan or type the code of the kit for slot \(occasion.slot)") { typed in
      guard let code = try DueSlot.kitCode(typed) else { throw refusal(occasion.kit) }
      switch index.meaning(of: code) {
      case .foreign, .label: throw refusal(code)
      case .slot, .spare: return code
      }
    }
  }

  /// Whether the kit may be recorded for the slot as it is: its own, or one that a deviation names.
  func isAccountedFor(_ kit: KitCode, _ occasion: Occasion) -> Bool {
    kit == occasion.kit
      || rows[occasion.slot - 1].deviations.contains {
        ($0.kind == .wrongKit || $0.kind == .spareKit) && $0.kit == kit
      }
  }

  /// What is refused where nobody can be asked: another kit that no deviation names.
  func demandAccount(of kit: KitCode, _ occasion: Occasion) throws {
    if isAccountedFor(kit, occasion) { return }
    switch index.meaning(of: kit) {
    case .foreign, .label: throw refusal(kit)
    case .slot, .spare:
      throw CommandRefusal(
        found(kit, occasion),
        hint:
          "put it back and take the right one; or, if it was taken: selfblind deviate \(folder) "
          + "--kind \(isSpare(kit) ? "spare-kit" : "wrong-kit") --slot \(occasion.slot) --kit \(kit) "
          + "--reason \"…\"")
    }
  }

  /// Settles another kit than the slot's own, each answer an entry of the journal.
  ///
  /// - Returns: whether the kit was taken; otherwise it was put back, and nothing is recorded.
  func settle(_ kit: KitCode, _ occasion: Occasion) throws -> Bool {
    if isAccountedFor(kit, occasion) { return true }
    try Output.show(found(kit, occasion))
    var options = ["put back", "taken by mistake"]
    if isSpare(kit) { options += ["the slot's kit is lost", "the slot's kit is broken"] }
    let choice = try Terminal.choose("What happened?", from: options)
    guard choice != options[0] else {
      try Output.show("put back; run it again with the kit of slot \(occasion.slot)")
      return false
    }
    let reason = try words("How did it happen?")
    guard choice != options[1] else {
      try record(.wrongKit, occasion, kit: kit, reason)
      return true
    }
    try record(choice == options[2] ? .lostKit : .brokenKit, occasion, reason)
    try record(.spareKit, occasion, kit: kit, reason)
    return true
  }

  /// Asks whether the dose was whole and in time; what was not is an entry.
  func askAboutTheDose(_ occasion: Occasion) throws {
    let options = ["whole and in time", "only a part", "late", "not taken"]
    let choice = try Terminal.choose("The dose?", from: options)
    let kinds: [String: Deviation.Kind] = [
      options[1]: .partialDose, options[2]: .lateDose, options[3]: .missedDose,
    ]
    guard let kind = kinds[choice] else { return }
    try record(kind, occasion, try words("How did it happen?"))
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

  private func found(_ kit: KitCode, _ occasion: Occasion) -> String {
    switch index.meaning(of: kit) {
    case .slot(let other):
      "slot \(occasion.slot): the kit \(kit) is that of slot \(other), expected \(occasion.kit)"
    case .spare(let spare):
      "slot \(occasion.slot): the kit \(kit) is spare \(spare), expected \(occasion.kit)"
    case .label, .foreign: "the kit \(kit) is not of this trial"
    }
  }

  private func refusal(_ kit: KitCode) -> CommandRefusal {
    if case .label = index.meaning(of: kit) {
      return CommandRefusal(
        "the label \(kit) is on no kit of this trial", hint: "scan the label on the container")
    }
    return CommandRefusal(
      "the kit \(kit) is not of this trial", hint: "read the code on the label once more")
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
