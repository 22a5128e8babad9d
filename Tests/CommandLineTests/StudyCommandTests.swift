import Foundation
import Testing

/// `study`: a table of many people, and what is refused about it.
struct StudyCommandTests {
  static let plan = """
    title: A small study
    arms: [placebo, active]
    columns: {person: who, arm: arm, guess: guess, occasion: [day]}
    outcomes: [mood]
    analysis: {bootstrap: {replicates: 200}, smallestStratum: 2}

    """

  /// Eight people with four days each.
  static let table: String = {
    var lines = ["who,day,arm,guess,mood"]
    for person in 0..<8 {
      for day in 0..<4 {
        let isActive = (person + day) % 2 == 1
        let said = (person * person + 3 * day) % 5 == 0 ? !isActive : isActive
        lines.append(
          "p\(person),\(day),\(isActive ? "active" : "placebo"),\(said ? "active" : "placebo"),"
            + "\(person % 3 + (said ? 2 : 0) + (person * 7 + day * day * 3) % 5)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }()

  private func study(
    _ table: String = table, plan: String = plan, _ rest: [String] = ["--json"]
  ) async throws -> Tool.Run {
    let place = try TemporaryFolder()
    try Data(table.utf8).write(to: place / "data.csv")
    try Data(plan.utf8).write(to: place / "plan.yaml")
    return try await Tool.run(["study", "data.csv", "--plan", "plan.yaml"] + rest, in: place.url)
  }

  @Test func oneObjectAndNothingElse() async throws {
    let run = try await study()
    #expect(run.status == 0, "\(run.err)")
    #expect(run.err == "")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(run.out.utf8)) as? [String: Any])
    #expect(object["format"] as? String == "selfblind/study/v1")
    #expect(object["persons"] as? Int == 8)
    #expect(object["file"] as? String == "data.csv")
    let outcomes = try #require(object["outcomes"] as? [[String: Any]])
    let without = try #require(outcomes.first?["withoutGuess"] as? [String: Any])
    let effect = try #require(without["effect"] as? [String: Any])
    #expect(
      Set(effect.keys) == ["name", "estimate", "se", "degrees", "t", "p", "lower", "upper"])
  }

  @Test func withoutJSONItTellsTheStory() async throws {
    let run = try await study([])
    #expect(run.status == 0, "\(run.err)")
    #expect(run.out.hasPrefix("# A small study\n"))
    for part in [
      "Nothing of this was sealed by this program", "What the capsule did, and what the guess did",
      "With the guess beside the arm", "The data cannot tell which it was",
    ] { #expect(run.out.contains(part), "\(part)") }
  }

  private func study(_ rest: [String]) async throws -> Tool.Run {
    try await study(StudyCommandTests.table, rest)
  }

  @Test func asOnePage() async throws {
    let place = try TemporaryFolder()
    let page = place / "page.html"
    let run = try await study(["--json", "--html", page.path])
    #expect(run.status == 0, "\(run.err)")
    let text = try String(contentsOf: page, encoding: .utf8)
    #expect(text.contains("<svg"))
    #expect(!text.contains("<script"))
    #expect(text.contains("A small study"))
  }

  @Test func faultsHaveAPlaceAndTheStatusOfARefusal() async throws {
    expectRefusal(
      try await study(StudyCommandTests.table.replacing("p2,2,placebo", with: "p2,2,sugar")),
      "data.csv:12: found the arm \"sugar\", expected placebo or active", hint: nil)
    expectRefusal(
      try await study(StudyCommandTests.table + "p9,1,placebo"),
      "data.csv:34: found 3 cells, expected 5, as in the header", hint: nil)
    expectRefusal(
      try await study(
        plan: StudyCommandTests.plan.replacing("outcomes: [mood]", with: "outcome: [mood]")),
      """
      plan.yaml:1:1: found the plan without outcomes, expected outcomes: a list of columns with numbers
      plan.yaml:4:1: found the unknown key "outcome" in the plan, expected one of selfblind, title, arms, \
      columns, sets, covariates, outcomes, analysis (did you mean outcomes?)
      """, hint: nil)
    expectRefusal(
      try await Tool.run(["study", "nowhere.csv", "--plan", "nowhere.yaml"]),
      "nowhere.yaml: cannot read: no such file or folder", hint: nil)
  }

  @Test func aPlanIsNeeded() async throws {
    let run = try await Tool.run(["study", "data.csv"])
    #expect(run.status == 64)
    #expect(run.err.hasPrefix("selfblind: error: missing expected argument '--plan <plan.yaml>'"))
  }
}
