import Foundation
import GroupStudy
import Testing
import TrialTestSupport

/// The published citizen-science study, from its table: every outcome and model against lme4.
///
/// Tests/Vectors/citizen-science-models.json is what Tests/Vectors/mixed_models.R computed; the table
/// itself is not kept here, and without it these tests say that they are skipped.
@Suite struct CitizenScienceTests {
  static let names = [
    "PANAS", "positive", "negative", "energy", "mood", "creativity", "focus", "temper", "intensity",
    "CPS", "WEMWB", "QIDS", "STAIT", "SCS",
  ]

  private struct Vector: Decodable {
    struct Model: Decodable {
      let personVariance, residualVariance, deviance: Double
      let satterthwaite, kenwardRoger: [[Double]]
    }
    let outcomes: [String: [String: Model]]
  }

  private static func vector() throws -> Vector {
    let url = SharedFiles.packageRoot.appending(path: "Tests/Vectors/citizen-science-models.json")
    return try JSONDecoder().decode(Vector.self, from: Data(contentsOf: url))
  }

  private static func plan(_ more: String = "") -> String {
    """
    title: Capsules at home
    arms: [placebo, active]
    columns: {person: person, arm: condition, guess: guess, occasion: [week, timepoint]}
    outcomes: [\(names.joined(separator: ", "))]
    analysis: {bootstrap: {replicates: 200}\(more)}

    """
  }

  private func check(
    _ model: StudyModel?, _ lines: [StudyContrast], _ expected: Vector.Model, _ rows: [[Double]],
    _ place: String
  ) throws {
    let model = try #require(model, "\(place)")
    #expect(abs(model.personVariance - expected.personVariance) < 1e-3, "\(place)")
    #expect(abs(model.residualVariance - expected.residualVariance) < 1e-3, "\(place)")
    #expect(abs(model.deviance - expected.deviance) < 1e-7, "\(place)")
    #expect(lines.count == rows.count, "\(place)")
    for (line, row) in zip(lines, rows) {
      #expect(abs(line.estimate - row[0]) < 1e-5, "\(place): \(line.name)")
      #expect(abs(line.se - row[1]) < 1e-6 * row[1], "\(place): \(line.name)")
      #expect(abs(line.degrees - row[2]) < 1e-5 * row[2], "\(place): \(line.name)")
      #expect(abs(line.lower - row[4]) < 1e-5, "\(place): \(line.name)")
      #expect(abs(line.upper - row[5]) < 1e-5, "\(place): \(line.name)")
      #expect(abs(line.p - row[6]) < 1e-3 * row[6], "\(place): \(line.name)")
    }
  }

  @Test(arguments: ["", ", degrees: kenward-roger"])
  func everyOutcomeAndModel(_ more: String) throws {
    guard let result = try StudyFixture.citizenScience(Self.plan(more)) else { return }
    let vector = try Self.vector()
    #expect(result.rows == 1707)
    #expect(result.persons == 240)
    for outcome in result.outcomes {
      let models = try #require(vector.outcomes[outcome.name])
      func rows(_ model: Vector.Model) -> [[Double]] {
        more.isEmpty ? model.satterthwaite : model.kenwardRoger
      }
      let (without, with) = (try #require(models["without"]), try #require(models["with"]))
      let groups = try #require(models["groups"])
      try check(
        outcome.withoutGuess.model, outcome.withoutGuess.model?.coefficients ?? [], without,
        rows(without), outcome.name + " without")
      try check(
        outcome.withGuess?.model, outcome.withGuess?.model?.coefficients ?? [], with, rows(with),
        outcome.name + " with")
      let strata = try #require(outcome.strata)
      try check(
        strata.model,
        strata.withinGuess + strata.withinArm + [try #require(strata.interaction)], groups,
        rows(groups), outcome.name + " groups")
    }
  }

  /// The published closed form of the curve, first week, one row per person, least squares.
  @Test(arguments: ["PANAS", "energy", "mood", "intensity"])
  func curveOfTheFirstWeek(_ name: String) throws {
    let plan = Self.plan().replacing(
      "outcomes: [\(Self.names.joined(separator: ", "))]",
      with: """
        sets: {first: {week: 1, timepoint: acute}}
        outcomes: [{name: \(name), set: first}]
        """)
    guard let result = try StudyFixture.citizenScience(plan),
      let url = SharedFiles.url("reference/blinding/correct-guess-rate.json")
    else { return }
    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any]
    let results = try #require(object?["results"] as? [String: Any])
    let expected = try #require(results[name] as? [String: Any])
    let outcome = result.outcomes[0]
    let curve = try #require(outcome.curve?.rows)
    func number(_ key: String) throws -> Double { try #require(expected[key] as? Double, "\(key)") }
    #expect(abs(curve.blind.difference - (try number("delta_half_exact_ratio"))) < 1e-10)
    #expect(abs(curve.observed.difference - (try number("delta_at_observed_cgr"))) < 1e-10)
    #expect(abs((outcome.curve?.observedRate ?? 0) - (try number("observed_cgr"))) < 1e-12)
    let unadjusted = try #require(expected["unadjusted"] as? [String: Double])
    let effect = try #require(outcome.withoutGuess.effect)
    #expect(outcome.withoutGuess.model?.method == "ordinary")
    #expect(abs(effect.estimate - (unadjusted["est"] ?? 0)) < 1e-10)
    #expect(abs(effect.se - (unadjusted["se"] ?? 0)) < 1e-10)
    #expect(abs(effect.p - (unadjusted["p"] ?? 0)) < 1e-10)
    // With one row per person the model's four means are those of the rows.
    #expect(abs((outcome.curve?.model?.blind.difference ?? 0) - curve.blind.difference) < 1e-9)
  }

  @Test func indicesOfAllAcuteRows() throws {
    let plan = Self.plan().replacing(
      "outcomes: [\(Self.names.joined(separator: ", "))]",
      with: """
        sets: {acute: {timepoint: acute}}
        outcomes: [{name: PANAS, set: acute}]
        """)
    guard let result = try StudyFixture.citizenScience(plan),
      let url = SharedFiles.url("reference/blinding/indices.json")
    else { return }
    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any]
    let results = try #require(object?["results"] as? [String: Any])
    let expected = try #require(results["SBMD_all_acute_public_n847"] as? [String: Any])
    let guesses = try #require(result.guesses.first)
    #expect(guesses.answered == 847)
    for (key, index) in [
      ("bang_placebo", guesses.arms[0].bang), ("bang_treatment", guesses.arms[1].bang),
      ("james", guesses.james),
    ] {
      let values = try #require(expected[key] as? [String: Double])
      #expect(abs((index?.index ?? 9) - (values["estimate"] ?? 0)) < 1e-12)
      #expect(abs((index?.se ?? 9) - (values["se"] ?? 0)) < 1e-12)
      #expect(abs((index?.lower ?? 9) - (values["lower"] ?? 0)) < 1e-9)
      #expect(abs((index?.upper ?? 9) - (values["upper"] ?? 0)) < 1e-9)
      #expect(index?.byPerson?.replicates == 200)
      // People's guesses hang together: their standard error is not far from the published one.
      let ratio = (index?.byPerson?.se ?? 0) / (index?.se ?? 1)
      #expect((0.8...1.4).contains(ratio), "\(key): \(ratio)")
    }
  }
}
