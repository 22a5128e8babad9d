import BlindRecord
import Foundation
import Testing
import TrialDesign
import TrialTestSupport

/// The plan of a study: what is read, and every fault with its place.
@Suite struct StudyPlanTests {
  static let plan = """
    selfblind: 1
    title: Capsules at home
    arms: [placebo, active]
    columns: {person: person, arm: condition, guess: guess, occasion: [week, timepoint]}
    sets:
      acute: {timepoint: acute}
      early: {timepoint: acute, week: [1, 2]}
    covariates: {week: categories, age: number}
    outcomes:
      - {name: PANAS, set: acute, direction: higher, unit: points, relevance: 2, covariates: week}
      - {name: early mood, column: mood, set: early, covariates: [week, age]}
      - energy
    analysis:
      level: 0.9
      degrees: kenward-roger
      bootstrap: {replicates: 400, seed: 7}
      smallestStratum: 8

    """

  static func read(_ text: String) throws(ProtocolFaults) -> StudyPlan {
    try StudyPlan(bytes: Array(text.utf8), file: "plan.yaml")
  }

  @Test func everyPart() throws {
    let plan = try Self.read(Self.plan)
    #expect(plan.title == "Capsules at home")
    #expect(plan.arms.map(\.name) == ["placebo", "active"])
    #expect(plan.columns.occasion == ["week", "timepoint"])
    #expect(plan.columns.missing == [])
    #expect(plan.outcomes.map(\.name) == ["PANAS", "early mood", "energy"])
    #expect(plan.outcomes.map(\.column) == ["PANAS", "mood", "energy"])
    #expect(plan.outcomes[0].relevance?.value == 2)
    #expect(plan.outcomes[0].direction == .higher)
    #expect(plan.outcomes[1].covariates.map(\.kind) == [.categories, .number])
    #expect(plan.outcomes[1].set.conditions.map(\.values) == [["acute"], ["1", "2"]])
    #expect(plan.outcomes[2].set == .all)
    #expect(plan.sets.map(\.name) == ["acute", "early", "all rows"])
    #expect(plan.analysis.level == 0.9)
    #expect(plan.analysis.degrees == .kenwardRoger)
    #expect(plan.analysis.likelihood == .restricted)
    #expect(plan.analysis.replicates == 400)
    #expect(plan.analysis.seed == 7)
    #expect(plan.analysis.smallestStratum == 8)
  }

  @Test func whatIsNotSaidHasADefault() throws {
    let plan = try Self.read(
      "title: a\narms: [p, a]\ncolumns: {person: who, arm: what}\noutcomes: [y]\n")
    #expect(plan.columns.guess == nil)
    #expect(plan.analysis.level == 0.95)
    #expect(plan.analysis.degrees == .satterthwaite)
    #expect(plan.analysis.replicates == 2_000)
    #expect(plan.analysis.seed == 1)
    #expect(plan.analysis.smallestStratum == 5)
  }

  /// One change of the plan above, and the sentence it is refused with.
  @Test(arguments: [
    (
      "arms: [placebo, active]", "arms: [placebo, active, nothing]",
      "plan.yaml:3:7: found 3 arms, expected two arms, the reference first"
    ),
    (
      "set: acute, direction", "set: acut, direction",
      "plan.yaml:10:24: found the set \"acut\", expected one of acute, early"
    ),
    (
      "covariates: [week, age]", "covariates: [week, sex]",
      "plan.yaml:11:62: found the covariate \"sex\", expected one that is described under "
        + "covariates, such as sex: number"
    ),
    (
      "- energy", "- PANAS",
      "plan.yaml:12:5: found the outcome \"PANAS\" again, expected outcomes with different names"
    ),
    (
      "{week: categories, age: number}", "{week: factor, age: number}",
      "plan.yaml:8:20: found \"factor\", expected week: one of number, categories"
    ),
    (
      "level: 0.9", "level: 95",
      "plan.yaml:14:10: found the level 95, expected a level from 0.5 "
        + "to 0.9999"
    ),
    (
      "degrees: kenward-roger", "degrees: kenward-roger\n  likelihood: full",
      "plan.yaml:15:12: found kenward-roger beside the full likelihood, expected likelihood: "
        + "restricted, for which it is defined"
    ),
    (
      "arm: condition", "arm: person",
      "plan.yaml:4:32: found the column \"person\" for two things, expected person, arm and guess "
        + "in columns of their own"
    ),
    (
      "replicates: 400", "replicates: 10",
      "plan.yaml:16:27: found \"10\", expected replicates as a whole number from 200 to 100000"
    ),
    (
      "relevance: 2", "relevance: -2",
      "plan.yaml:10:75: found \"-2\", expected relevance above 0, in the outcome's unit"
    ),
    (
      "title: Capsules at home", "titel: Capsules at home",
      "plan.yaml:1:1: found the plan without title, expected title: what the study is called"
    ),
    (
      "week: [1, 2]", "week: [1, 1]",
      "plan.yaml:7:35: found a text twice in week, expected each once"
    ),
  ])
  func refused(_ old: String, _ new: String, _ sentence: String) throws {
    #expect(Self.plan.contains(old))
    let faults = try #require(
      throws: ProtocolFaults.self,
      performing: { try Self.read(Self.plan.replacing(old, with: new)) })
    #expect(faults.faults.map(\.message).contains(sentence), "\(faults.message)")
  }

  @Test func allFaultsAreShownAtOnce() throws {
    let faults = try #require(
      throws: ProtocolFaults.self,
      performing: {
        try Self.read("title: a\narms: [p]\ncolumns: {person: who}\noutcomes: []\n")
      })
    #expect(
      faults.faults.map(\.message) == [
        "plan.yaml:2:7: found one arm, expected 2 to 6 arms, the reference first",
        "plan.yaml:3:10: found columns without arm, expected arm: the column of the arms",
        "plan.yaml:4:11: found an empty list, expected outcomes: 1 to 60",
      ])
  }

  @Test func anEmptyFileNamesWhereToStart() throws {
    let faults = try #require(throws: ProtocolFaults.self, performing: { try Self.read("") })
    #expect(faults.hint == "Documentation/Specifications/study.md has one to start from")
  }

  /// The plans of the examples: fourteen outcomes of a wide table, twenty of a long one.
  @Test func plansOfTheExamples() throws {
    func plan(_ name: String) throws -> StudyPlan {
      let url = SharedFiles.packageRoot.appending(path: "Examples/citizen-science/\(name)")
      return try StudyPlan(bytes: SharedFiles.bytes(url), file: name)
    }
    let wide = try plan("plan.yaml")
    #expect(wide.outcomes.map(\.name) == CitizenScienceTests.names)
    #expect(wide.outcomes.allSatisfy { $0.column == $0.name && $0.covariates.isEmpty })
    let long = try plan("published.yaml")
    #expect(long.outcomes.count == 20)
    for outcome in long.outcomes {
      #expect(outcome.column == "value")
      #expect(outcome.set.conditions.map(\.values) == [[outcome.name]])
      #expect(!outcome.covariates.isEmpty)
    }
  }
}
