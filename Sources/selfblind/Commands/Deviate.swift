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

  @Argument(help: "The trial's folder.")
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
    let journal = try Journal.open(in: folder)
    let clock = try time.wallClock(zone: journal.manifest.schedule.zone)
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
    } else if try Terminal.confirm("Is it an unwanted medical occurrence?") {
      try record(askEvent(today), in: journal, clock)
    } else {
      try record(askDeviation(), in: journal, clock)
    }
  }

  private func record(_ deviation: Deviation, in journal: Journal, _ clock: WallClock) throws {
    let receipt = try journal.append(deviation, clock: clock)
    let place = deviation.slot.map { " of slot \($0)" } ?? ""
    print("recorded \(deviation.kind.rawValue)\(place) (\(receipt.entry))")
  }

  private func record(_ event: AdverseEvent, in journal: Journal, _ clock: WallClock) throws {
    let receipt = try journal.append(event, clock: clock)
    print("recorded the adverse event \"\(event.term)\" (\(receipt.entry))")
    guard event.serious else { return }
    print("\nIn an emergency: \(journal.manifest.safety.emergencyContact)")
    print("Rules for stopping:")
    for rule in journal.manifest.safety.stoppingRules { print("  - \(rule)") }
    print("To learn what one kit held, reason first, the others stay sealed:")
    print("  selfblind break-code \(folder) --slot N --reason \"…\"")
  }

  private func askDeviation() throws -> Deviation {
    let name = try Terminal.choose("What was it?", from: Deviation.Kind.allCases.map(\.rawValue))
    let slot = try Terminal.ask("Which slot? (empty = none in particular)") { typed in
      guard !typed.isEmpty else { return Int?.none }
      guard let number = Int(typed) else {
        throw FormatError("slot", found: "\"\(typed.prefix(20))\"", expected: "a number")
      }
      return number
    }
    let kind = Deviation.Kind(rawValue: name) ?? .other
    var code: KitCode?
    if kind == .wrongKit {
      code = try Terminal.ask("Which kit was taken? (its code)") { try DueSlot.kitCode($0) }
    }
    return Deviation(slot: slot, kind: kind, kit: code, reason: try sentence("What happened?"))
  }

  private func askEvent(_ today: CalendarDay) throws -> AdverseEvent {
    let term = try sentence("What happened?")
    let onset = try Terminal.ask("When did it begin?", standing: today.description) {
      try day($0, standing: today)
    }
    let severity = try Terminal.choose(
      "How strong was it?", from: AdverseEvent.Severity.allCases.map(\.rawValue))
    return AdverseEvent(
      term: term, onset: onset, severity: AdverseEvent.Severity(rawValue: severity) ?? .mild,
      serious: try Terminal.confirm("Death, danger to life, hospital or lasting harm?"),
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
