import BlindRecord
import TrialDesign

/// The answers of `new`, each checked when it is given.
///
/// An answer is right when the protocol with it in it is: the whole text is made and read, with
/// stand-ins for what is not answered yet.
struct ProtocolForm {
  let template: ProtocolTemplate
  /// The answers so far.
  private(set) var answers: ProtocolAnswers

  init(template: ProtocolTemplate) {
    self.template = template
    answers = ProtocolAnswers(
      title: template.title, start: CalendarDay(ordinal: 20_458), zone: "UTC",
      arms: template.arms, emergencyContact: "somebody", stoppingRules: template.stoppingRules,
      clinicianAsked: .notNeeded, lawful: true)
  }

  /// Takes an answer that was given as an option; nothing where none was.
  ///
  /// - Throws: every fault of the protocol with this answer.
  mutating func take<Value>(
    _ part: WritableKeyPath<ProtocolAnswers, Value>, _ value: Value?
  ) throws {
    guard let value else { return }
    let next = try with(part, value)
    answers = next
  }

  /// Takes the arms that were given as options.
  ///
  /// - Throws: a sentence where the template is not one of so many arms, or the protocol's faults.
  mutating func takeArms(_ names: [String]) throws {
    let counts = template.armCounts
    // One arm alone is a fault of any protocol, and said there.
    guard names.count < 2 || counts.contains(names.count) else {
      throw CommandRefusal(
        "--arm: found \(names.count) arms, expected "
          + (counts.count == 1 ? "\(counts.lowerBound)" : "at most \(counts.upperBound)")
          + " for the template \(template.rawValue)",
        hint: names.count > TrialProtocol.mostArms
          ? nil
          : "these take \(names.count): "
            + ProtocolTemplate.allCases.filter { $0.armCounts.contains(names.count) }
            .map(\.rawValue).joined(separator: ", "))
    }
    try take(\.arms, names)
  }

  /// Asks until the answer makes a protocol that is right.
  mutating func ask<Value>(
    _ part: WritableKeyPath<ProtocolAnswers, Value>, _ question: String, standing: String? = nil,
    read: (String) throws -> Value
  ) throws {
    let value = try Terminal.ask(question, standing: standing) { typed in
      let value = try read(typed)
      try check(part, value)
      return value
    }
    try take(part, value)
  }

  /// Refuses an answer at its question, without the place it would have in the file.
  func check<Value>(_ part: WritableKeyPath<ProtocolAnswers, Value>, _ value: Value) throws {
    do { _ = try with(part, value) } catch let faults as ProtocolFaults {
      guard let first = faults.faults.first else { throw faults }
      throw CommandRefusal(
        "found \(first.found), expected \(first.expected)", hint: first.hint)
    }
  }

  private func with<Value>(
    _ part: WritableKeyPath<ProtocolAnswers, Value>, _ value: Value
  ) throws -> ProtocolAnswers {
    var next = answers
    next[keyPath: part] = value
    _ = try TrialProtocol(bytes: Array(template.text(next).utf8), file: "protocol.yaml")
    return next
  }
}
