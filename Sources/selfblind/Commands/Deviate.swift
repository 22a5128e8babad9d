public import ArgumentParser
public import BlindRecord
import Foundation
import TrialJournal

extension Deviation.Kind: ExpressibleByArgument {}
extension AdverseEvent.Severity: ExpressibleByArgument {}

/// Records that something did not go by the protocol, or an adverse event.
struct DeviateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deviate",
    abstract: "Record a departure from the protocol, or an adverse event.",
    discussion: """
      selfblind deviate caffeine --kind late-dose --slot 4 --reason "overslept"
      selfblind deviate caffeine --adverse-event headache --severity mild
      """)

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  @Option(help: "What kind of departure it was.")
  var kind: Deviation.Kind?

  @Option(help: ArgumentHelp("The slot it concerns, if any.", valueName: "number"))
  var slot: Int?

  @Option(help: ArgumentHelp("The kit that was taken instead.", valueName: "code"))
  var kit: String?

  @Option(help: ArgumentHelp("What happened.", valueName: "text"))
  var reason: String?

  @Option(help: ArgumentHelp("An unwanted medical occurrence.", valueName: "term"))
  var adverseEvent: String?

  @Option(help: "How strong it was.")
  var severity: AdverseEvent.Severity?

  @Flag(
    inversion: .prefixedNo,
    help: "Whether it led to death, danger to life, hospital or lasting harm, or you call it so.")
  var serious = false

  @Option(help: ArgumentHelp("The day it began, if not today.", valueName: "YYYY-MM-DD"))
  var onset: String?

  @Option(help: ArgumentHelp("What was done about it.", valueName: "text"))
  var action: String = ""

  @Option(help: ArgumentHelp("How it ended, or that it goes on.", valueName: "text"))
  var outcome: String = ""

  @OptionGroup var time: ClockOptions

  func validate() throws {
    do { try checkOptions() } catch {
      if serious { try showEmergency() }
      throw error
    }
  }

  private func checkOptions() throws {
    if kind == .spareKit {
      throw ValidationError(
        "A spare is given by 'selfblind replace'; where one was taken without it: --kind wrong-kit")
    }
    if adverseEvent != nil {
      guard kind == nil, slot == nil, kit == nil, reason == nil else {
        throw ValidationError("An adverse event takes no --kind, --slot, --kit or --reason")
      }
      guard severity != nil else {
        throw ValidationError("An adverse event needs --severity mild, moderate or severe")
      }
    } else if kind != nil, reason == nil {
      throw ValidationError("A deviation needs a reason: --reason \"…\"")
    }
  }

  func run() throws {
    // Before anything can be refused: a locked or damaged journal must not hide whom to call.
    if serious { try showEmergency() }
    if adverseEvent != nil || kind != nil { return try recordOptions() }
    let isEvent = try Terminal.confirm("Is it an unwanted medical occurrence?")
    let isSerious =
      try isEvent && Terminal.confirm("Death, danger to life, hospital or lasting harm?")
    if isSerious { try showEmergency() }
    let journal = try Journal.open(in: folder)
    guard try !journal.isLocked else { throw JournalError.locked }
    let clock = try time.wallClock(zone: journal.manifest.zone)
    if isEvent {
      try record(askEvent(clock.now.day, serious: isSerious), in: journal, clock)
    } else {
      let schedule = journal.manifest.schedule.packed(by: try journal.entries())
      try record(askDeviation(schedule), in: journal, clock)
    }
  }

  private func recordOptions() throws {
    let journal = try Journal.open(in: folder)
    let clock = try time.wallClock(zone: journal.manifest.zone)
    let today = clock.now.day
    if let term = adverseEvent {
      try record(
        AdverseEvent(
          term: term, onset: try day(onset, standing: today), severity: severity ?? .mild,
          serious: serious, action: action, outcome: outcome), in: journal, clock)
    } else if let kind {
      try record(
        Deviation(
          slot: slot, kind: kind, kit: try DueSlot.kitCode(kit), reason: reason ?? ""),
        in: journal, clock)
    }
  }

  /// Whom to call and when to stop, from the manifest alone; nothing where that cannot be read.
  private func showEmergency() throws {
    guard let bytes = try? WholeFile.read(folder + "/manifest.json"),
      let safety = try? Manifest(bytes: bytes).safety
    else { return }
    try Output.show("In an emergency: \(safety.emergencyContact)")
    try Output.show("Rules for stopping:")
    for rule in safety.stoppingRules { try Output.show("  - \(rule)") }
    try Output.show("To learn what one kit held, reason first, the others stay sealed:")
    try Output.show("  selfblind break-code \(folder) --slot N --reason \"…\"\n")
  }

  private func record(_ deviation: Deviation, in journal: Journal, _ clock: WallClock) throws {
    let receipt = try journal.append(deviation, clock: clock)
    let place = deviation.slot.map { " of slot \($0)" } ?? ""
    try Output.show("recorded \(deviation.kind.rawValue)\(place) (\(receipt.entry))")
  }

  private func record(_ event: AdverseEvent, in journal: Journal, _ clock: WallClock) throws {
    let receipt = try journal.append(event, clock: clock)
    try Output.show("recorded the adverse event \"\(event.term)\" (\(receipt.entry))")
  }

  private func askDeviation(_ schedule: Schedule) throws -> Deviation {
    let name = try Terminal.choose(
      "What was it?", from: Deviation.Kind.allCases.filter { $0 != .spareKit }.map(\.rawValue))
    let kind = Deviation.Kind(rawValue: name) ?? .other
    let namesAKit = kind == .wrongKit
    let needsASlot =
      namesAKit
      || [.missedDose, .lateDose, .partialDose, .lostKit, .brokenKit].contains(kind)
    let slot = try Terminal.ask(
      needsASlot ? "Which slot?" : "Which slot? (empty = none in particular)"
    ) { try slotNumber($0, schedule, isNeeded: needsASlot) }
    var code: KitCode?
    if namesAKit {
      code = try Terminal.ask("Which kit was taken? (its code)") { try DueSlot.kitCode($0) }
    }
    return Deviation(slot: slot, kind: kind, kit: code, reason: try sentence("What happened?"))
  }

  private func slotNumber(_ typed: String, _ schedule: Schedule, isNeeded: Bool) throws -> Int? {
    guard isNeeded || !typed.isEmpty else { return nil }
    guard let number = Int(typed) else {
      throw FormatError("slot", found: "\"\(typed.prefix(20))\"", expected: "a number")
    }
    guard (1...schedule.occasions.count).contains(number) else {
      throw JournalError.unknownSlot(number, count: schedule.occasions.count)
    }
    return number
  }

  private func askEvent(_ today: CalendarDay, serious: Bool) throws -> AdverseEvent {
    let term = try sentence("What happened?")
    let onset = try Terminal.ask("When did it begin?", standing: today.description) { typed in
      let onset = try day(typed, standing: today)
      guard onset <= today else { throw JournalError.onsetAhead(onset: onset, today: today) }
      return onset
    }
    let severity = try Terminal.choose(
      "How strong was it?", from: AdverseEvent.Severity.allCases.map(\.rawValue))
    return AdverseEvent(
      term: term, onset: onset, severity: AdverseEvent.Severity(rawValue: severity) ?? .mild,
      serious: serious,
      action: try Terminal.ask("What was done about it? (may be empty)"),
      outcome: try Terminal.ask("How did it end? (may be empty)"))
  }

  private func sentence(_ question: String) throws -> String {
    try Terminal.ask(question) { typed in
      guard !typed.isEmpty else {
        throw FormatError("answer", found: "nothing", expected: "a few words")
      }
      return typed
    }
  }

  private func day(_ typed: String?, standing: CalendarDay) throws -> CalendarDay {
    guard let typed else { return standing }
    guard let day = CalendarDay(typed) else {
      throw FormatError(
        "onset", found: "\"\(typed.prefix(40))\"", expected: "a day as YYYY-MM-DD")
    }
    return day
  }
}
