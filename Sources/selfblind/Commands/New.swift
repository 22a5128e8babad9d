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

  @Argument(help: "The folder to make.")
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

  @Option(help: ArgumentHelp("An arm's name; twice, the reference first.", valueName: "name"))
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
    let chosen = try template ?? askTemplate()
    let bytes = Array(chosen.text(try answers(chosen)).utf8)
    // Read before it is written: what cannot be sealed is said now.
    let design = try TrialProtocol(bytes: bytes, file: TrialFolder.Name.design)
    try trialFolder.makeFolder()
    try trialFolder.write(bytes, to: TrialFolder.Name.design)
    print("wrote \(trialFolder.path)/\(TrialFolder.Name.design): \(design.scheme.slotCount) slots")
    print("read it, change what is not yours, then: selfblind check \(folder)")
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
    for one in ProtocolTemplate.allCases { print("  \(one.rawValue): \(one.summary)") }
    let name = try Terminal.choose(
      "Which template?", from: ProtocolTemplate.allCases.map(\.rawValue))
    return ProtocolTemplate(rawValue: name) ?? .blank
  }

  private func answers(_ template: ProtocolTemplate) throws -> ProtocolAnswers {
    let today = WallClock.system()?.now
    return ProtocolAnswers(
      title: try title ?? Terminal.ask("What is the trial called?", standing: template.title),
      start: try start.map(day)
        ?? Terminal.ask(
          "The first day?", standing: today?.day.advanced(by: 1).description, read: day),
      zone: try zone ?? Terminal.ask("The time zone you live in?", standing: today?.zone),
      arms: try arms(template),
      emergencyContact: try emergencyContact
        ?? Terminal.ask("Whom will you call in an emergency? (name, number)", read: needed),
      stoppingRules: try stoppingRule.isEmpty ? askRules(template) : stoppingRule,
      clinicianAsked: try clinicianAsked ?? askClinician(),
      lawful: try lawful.map { $0 == .yes }
        ?? Terminal.confirm("Is what will be taken lawful where you live?"))
  }

  private func arms(_ template: ProtocolTemplate) throws -> [String] {
    guard arm.isEmpty else { return arm }
    return [
      try Terminal.ask("What is the reference arm called?", standing: template.arms[0]),
      try Terminal.ask("What is the other arm called?", standing: template.arms[1]),
    ]
  }

  private func askRules(_ template: ProtocolTemplate) throws -> [String] {
    print("When will you stop? One rule per line; an empty line ends. Proposed:")
    for rule in template.stoppingRules { print("  \(rule)") }
    var rules: [String] = []
    while true {
      let rule = try Terminal.ask(rules.isEmpty ? "a rule (empty = as proposed)" : "a rule")
      if rule.isEmpty { return rules.isEmpty ? template.stoppingRules : rules }
      rules.append(rule)
    }
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
