import Foundation
import GroupStudy
import Testing
import TrialTestSupport

/// The examples of Documentation/Specifications/study.md are what the program reads and prints.
@Suite struct StudySpecificationTests {
  private func text() throws -> String {
    try String(
      contentsOf: SharedFiles.packageRoot.appending(path: "Documentation/Specifications/study.md"),
      encoding: .utf8)
  }

  /// The first block of a language.
  private func block(_ language: String) throws -> String {
    let text = try text()
    let start = try #require(text.range(of: "```\(language)\n"))
    let rest = text[start.upperBound...]
    return String(rest[..<(try #require(rest.range(of: "```"))).lowerBound])
  }

  @Test func planAndTableAreRead() throws {
    let result = try StudyFixture.result(block("csv"), plan: block("yaml"))
    #expect(result.rows == 5)
    #expect(result.persons == 2)
    #expect(result.outcomes.map(\.name) == ["mood", "late energy"])
    #expect(result.outcomes[0].rowsWithGuess == 4)
    #expect(result.outcomes[1].rows == 0)
    #expect(result.outcomes[1].withoutOutcome == 1)
    #expect(result.outcomes.allSatisfy { $0.withoutGuess.refusal != nil })
  }

  /// The numbers of the JSON example, where the table they are from is here.
  @Test func numbersOfTheExample() throws {
    let plan = """
      title: Capsules at home
      arms: [placebo, active]
      columns: {person: person, arm: condition, guess: guess}
      sets: {acute: {timepoint: acute}}
      outcomes: [{name: PANAS, set: acute}]

      """
    guard let result = try StudyFixture.citizenScience(plan) else { return }
    let outcome = result.outcomes[0]
    let text = try text()
    func shown(_ name: String, _ value: Double?, _ decimals: Int) throws {
      let value = try #require(value)
      let written = String(format: "%.\(decimals)f", value)
      #expect(text.contains("\"\(name)\": \(written)"), "\(name) \(written)")
    }
    let effect = outcome.withoutGuess.effect
    try shown("estimate", effect?.estimate, 6)
    try shown("se", effect?.se, 6)
    try shown("degrees", effect?.degrees, 3)
    try shown("p", effect?.p, 7)
    try shown("lower", effect?.lower, 6)
    try shown("deviance", outcome.withoutGuess.model?.deviance, 3)
    try shown("intraclassCorrelation", outcome.withoutGuess.model?.intraclassCorrelation, 5)
    try shown("estimate", outcome.withGuess?.effect?.estimate, 6)
    try shown("estimate", outcome.withGuess?.guess?.estimate, 6)
    try shown("estimate", outcome.change?.estimate, 6)
    try shown("lower", outcome.change?.draws?.lower, 3)
    try shown("lowerError", outcome.change?.draws?.lowerError, 3)
    try shown("observedRate", outcome.curve?.observedRate, 4)
    try shown("difference", outcome.curve?.model?.blind.difference, 3)
    try shown("baseRate", result.guesses.first?.baseRate, 4)
    #expect(text.contains("\"single\": \(outcome.single)"))
    #expect(text.contains("\"persons\": \(outcome.persons)"))
  }
}
