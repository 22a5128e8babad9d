public import ArgumentParser
import BlindRecord
import Foundation
import TrialArchive
public import TrialDesign

extension ProtocolTemplate: ExpressibleByArgument {}
extension SafetyPart.ClinicianAsked: ExpressibleByArgument {}

/// Asks what a protocol needs and writes it, with comments.
struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Write a protocol from a template, asking for what it needs.",
    discussion: """
      Every question is also an option; what is not given is asked. Arms are labels: you are never
      asked for amounts, nor where something comes from.
      """)

  /// A plain answer, to be said out loud.
  enum Answer: String, CaseIterable, ExpressibleByArgument { case yes, no }

  @Argument(help: "The folder to make.", transform: FolderName.read)
  var folder: String

  @Option(help: "What to start from.")
  var template: ProtocolTemplate?

  @Option(help: ArgumentHelp("What the trial is called.", valueName: "text"))
  var title: String?

  @Option(help: ArgumentHelp("The first day.", valueName: "YYYY-MM-DD"))
  var start: String?

  @Option(
    help: ArgumentHelp("The time zone you live in, such as Europe/Berlin.", valueName: "name"))
  var zone: String?

  @Option(
    help: ArgumentHelp("An arm's name; twice or more, the reference first.", valueName: "name"))
  var arm: [String] = []

  @Option(help: ArgumentHelp("Whom to call in an emergency.", valueName: "text"))
  var emergencyContact: String?

  @Option(help: ArgumentHelp("When to stop; may be repeated.", valueName: "text"))
  var stoppingRule: [String] = []

  @Option(help: "Whether a clinician was asked.")
  var clinicianAsked: SafetyPart.ClinicianAsked?

  @Option(help: "Whether what is taken is lawful where you live.")
  var lawful: Answer?

  func run() throws {
    let trialFolder = TrialFolder(path: folder)
    guard !trialFolder.exists(TrialFolder.Name.design) else {
      throw CommandRefusal(
        "\(trialFolder.path)/\(TrialFolder.Name.design): it exists already",
        hint: "edit it, or name another folder")
    }
    try checkPlace(of: trialFolder)
    let chosen = try template ?? askTemplate()
    let bytes = Array(chosen.text(try answers(chosen)).utf8)
    // Read before it is written: what cannot be sealed is said now.
    let design = try TrialProtocol(bytes: bytes, file: TrialFolder.Name.design)
    try trialFolder.makeFolder()
    try trialFolder.write(bytes, to: TrialFolder.Name.design)
    try Output.show(
      "wrote \(trialFolder.path)/\(TrialFolder.Name.design): \(design.scheme.slotCount) slots")
    try Output.show("read it, change what is not yours, then: selfblind check \(folder)")
  }

  /// The protocol of the demonstration.
  static func demonstration() -> [UInt8] {
    let template = ProtocolTemplate.caffeine
    let answers = ProtocolAnswers(
      title: template.title, start: CalendarDay(ordinal: 20_458), zone: "UTC",
      arms: template.arms, emergencyContact: "the emergency number, 112",
      stoppingRules: template.stoppingRules, clinicianAsked: .notNeeded, lawful: true)
    return Array(template.text(answers).utf8)
  }

  private func askTemplate() throws -> ProtocolTemplate {
    let name = try Terminal.choose(
      "Which template?", from: ProtocolTemplate.allCases.map(\.rawValue),
      meaning: ProtocolTemplate.allCases.map(\.summary))
    return ProtocolTemplate(rawValue: name) ?? .blank
  }

  /// Refuses a place that cannot be written to before anything is asked.
  ///
  /// The folder is made and removed again: only the system knows whether it can be.
  private func checkPlace(of trialFolder: TrialFolder) throws {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: trialFolder.path, isDirectory: &isFolder) {
      guard isFolder.boolValue else {
        throw CommandRefusal(
          "\(trialFolder.path): found a file, expected a folder or a name that is free")
      }
      return
    }
    try trialFolder.makeFolder()
    rmdir(trialFolder.path)
  }

  /// What is given as options, and what is asked for the rest; every answer is checked at once.
  private func answers(_ template: ProtocolTemplate) throws -> ProtocolAnswers {
    let today = WallClock.system()?.now
    var form = ProtocolForm(template: template)
    try form.take(\.title, title)
    try form.take(\.start, start.map(day))
    try form.take(\.zone, zone)
    if !arm.isEmpty { try form.takeArms(arm) }
    try form.take(\.emergencyContact, emergencyContact)
    if !stoppingRule.isEmpty { try form.take(\.stoppingRules, stoppingRule) }
    try form.take(\.clinicianAsked, clinicianAsked)
    try form.take(\.lawful, lawful.map { $0 == .yes })
    if title == nil {
      try form.ask(\.title, "What is the trial called?", standing: template.title) { $0 }
    }
    if start == nil {
      let tomorrow = today?.day.advanced(by: 1).description
      try form.ask(\.start, "The first day?", standing: tomorrow, read: day)
    }
    if zone == nil {
      try form.ask(\.zone, "The time zone you live in?", standing: today?.zone) { $0 }
    }
    if arm.isEmpty { try askArms(&form) }
    if emergencyContact == nil {
      try form.ask(
        \.emergencyContact, "Whom will you call in an emergency? (name, number)", read: needed)
    }
    if stoppingRule.isEmpty { try askRules(&form) }
    if clinicianAsked == nil { try form.take(\.clinicianAsked, askClinician()) }
    if lawful == nil {
      try form.ask(
        \.lawful, "Is what will be taken lawful where you live? (yes/no)", read: Terminal.yesOrNo)
    }
    return form.answers
  }

  private func askArms(_ form: inout ProtocolForm) throws {
    let proposed = form.template.arms
    for place in proposed.indices {
      let which =
        place == 0
        ? "the reference arm"
        : place == form.template.placeWithoutPill ? "the arm without a pill" : "the other arm"
      let known = Array(form.answers.arms[..<place])
      try form.ask(\.arms, "What is \(which) called?", standing: proposed[place]) { typed in
        // Those that are asked later are not known yet; they must only be different.
        let given = known + [typed]
        let free = (proposed[(place + 1)...] + proposed[...place]).filter { name in
          !given.contains { $0.lowercased() == name.lowercased() }
        }
        return given + free.prefix(proposed.count - place - 1)
      }
    }
  }

  private func askRules(_ form: inout ProtocolForm) throws {
    try Output.show("When will you stop? One rule per line; an empty line ends. Proposed:")
    for rule in form.template.stoppingRules { try Output.show("  \(rule)") }
    var rules: [String] = []
    while true {
      let question = rules.isEmpty ? "a rule (empty = as proposed)" : "a rule"
      let given = try Terminal.ask(question) { typed -> String in
        if !typed.isEmpty { try form.check(\.stoppingRules, rules + [typed]) }
        return typed
      }
      if given.isEmpty { break }
      rules.append(given)
    }
    try form.take(\.stoppingRules, rules.isEmpty ? form.template.stoppingRules : rules)
  }

  private func askClinician() throws -> SafetyPart.ClinicianAsked {
    let name = try Terminal.choose(
      "Was a clinician asked?", from: SafetyPart.ClinicianAsked.allCases.map(\.rawValue))
    return SafetyPart.ClinicianAsked(rawValue: name) ?? .no
  }

  private func needed(_ typed: String) throws -> String {
    guard !typed.isEmpty else {
      throw FormatError("answer", found: "nothing", expected: "a few words")
    }
    return typed
  }

  private func day(_ typed: String) throws -> CalendarDay {
    guard let day = CalendarDay(typed) else {
      throw FormatError(
        "start", found: "\"\(typed.prefix(40))\"", expected: "a day as YYYY-MM-DD")
    }
    return day
  }
}
