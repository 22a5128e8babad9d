import Foundation
import Testing

/// `analyze`: ratings from elsewhere, and what is refused about them.
struct AnalyzeCommandTests {
  static let design = """
    arms: [placebo, active]
    scheme:
      complete: {slots: 4, active: 2}
    analysis:
      statistic: mean-difference
      whitening: none
      level: 0.5

    """
  static let ratings = """
    slot,arm,mood,sleep,guess
    1,placebo,1,7,0.2
    2,placebo,2,8,dk
    3,active,3,,0.9
    4,active,4,6,0.4

    """

  private func analyze(
    _ ratings: String = ratings, design: String = design, _ rest: [String] = ["--json"]
  ) async throws -> Tool.Run {
    let place = try TemporaryFolder()
    try Data(ratings.utf8).write(to: place / "ratings.csv")
    try Data(design.utf8).write(to: place / "design.yaml")
    return try await Tool.run(
      ["analyze", "ratings.csv", "--design", "design.yaml"] + rest, in: place.url)
  }

  /// Two of four, ratings 1 to 4, the last two active: the largest of six differences.
  @Test func theExactTestByHand() async throws {
    let run = try await analyze(["--json", "--outcome", "mood"])
    #expect(run.status == 0, "\(run.err)")
    #expect(run.err == "")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(run.out.utf8)) as? [String: Any])
    #expect(object["outcome"] as? String == "mood")
    #expect(object["method"] as? String == "exact")
    #expect(object["estimate"] as? Double == 2)
    let set = try #require(object["referenceSet"] as? [String: String])
    #expect(set == ["count": "6", "undefined": "0"])
    let p = try #require(object["p"] as? [String: Double])
    #expect(Set(p.keys) == ["greater", "less", "doubled", "absolute", "midGreater"])
    #expect(abs((p["greater"] ?? 0) - 1.0 / 6) < 1e-12)
    #expect(p["less"] == 1)
    #expect(abs((p["doubled"] ?? 0) - 1.0 / 3) < 1e-12)
    #expect(abs((p["midGreater"] ?? 0) - 1.0 / 12) < 1e-12)
    let interval = try #require(object["interval"] as? [String: Any])
    #expect(interval["kind"] as? String == "equal-tailed")
    #expect(object["intervalAbsolute"] != nil)
    #expect(object["bayes"] != nil)
    let blinding = try #require(object["blinding"] as? [String: Any])
    #expect(Set(blinding.keys).isSuperset(of: ["bang", "james", "logScore", "brier"]))
  }

  private func analyze(_ rest: [String]) async throws -> Tool.Run {
    try await analyze(AnalyzeCommandTests.ratings, rest)
  }

  @Test func withoutJSONItTellsTheStory() async throws {
    let run = try await analyze([])
    #expect(run.status == 0, "\(run.err)")
    #expect(run.out.contains("did not draw the schedule"))
  }

  @Test func asOnePage() async throws {
    let place = try TemporaryFolder()
    let page = place / "page.html"
    #expect(try await analyze(["--json", "--html", page.path]).status == 0)
    let text = try String(contentsOf: page, encoding: .utf8)
    #expect(text.contains("did not draw the schedule"))
  }

  @Test func armsThatTheSchemeCannotGive() async throws {
    let run = try await analyze(
      AnalyzeCommandTests.ratings.replacingOccurrences(of: "2,placebo", with: "2,active"))
    #expect(run.status == 2)
    #expect(run.out == "")
    #expect(run.err.contains("slot 4"), "\(run.err)")
  }

  @Test func anArmOrAnOutcomeThatIsUnknown() async throws {
    let arm = try await analyze(
      AnalyzeCommandTests.ratings.replacingOccurrences(of: "4,active", with: "4,aktive"))
    #expect(arm.status == 2)
    #expect(arm.err.contains("ratings.csv:5"), "\(arm.err)")
    let outcome = try await analyze(["--json", "--outcome", "joy"])
    #expect(outcome.status == 2)
    #expect(outcome.err.contains("joy"))
  }

  @Test func aDesignWithAFault() async throws {
    let run = try await analyze(
      design: AnalyzeCommandTests.design.replacingOccurrences(of: "level", with: "levle"))
    #expect(run.status == 2)
    #expect(run.err.contains("design.yaml:7:3: found the unknown key \"levle\""), "\(run.err)")
  }

  @Test func filesThatAreNotThere() async throws {
    expectRefusal(
      try await Tool.run(["analyze", "a.csv", "--design", "b.yaml"]),
      "b.yaml: cannot read: no such file or folder")
  }

  private static let threeArms = """
    arms: [placebo, active, {name: nothing, pill: none}]
    scheme:
      blocks: {each: [1, 1, 1], repeat: 2}
    analysis:
      level: 0.5

    """

  @Test func threeArms() async throws {
    let run = try await analyze(
      "slot,arm,mood\n1,placebo,1\n2,active,5\n3,nothing,2\n4,nothing,3\n5,active,6\n6,placebo,2\n",
      design: Self.threeArms)
    #expect(run.status == 0, "\(run.err)")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(run.out.utf8)) as? [String: Any])
    let contrasts = try #require(object["contrasts"] as? [[String: Any]])
    #expect(contrasts.map { $0["estimate"] as? Double } == [4, 1])
    #expect((object["global"] as? [String: Any])?["arms"] as? Int == 3)
    #expect(object["p"] == nil)
  }

  /// Ratings of four slots, the rest of a design's analysis, and what is said about them.
  private static let untestable: [(moods: [String], plan: String, message: String)] = [
    (
      ["1", "2", "", ""], "",
      "mood: the arm active has no rating: there is nothing to compare, expected numbers of "
        + "\"mood\" under both arms"
    ),
    (
      ["", "", "", ""], "",
      "mood: no kept slot has an outcome: there is nothing to analyse, expected numbers of "
        + "\"mood\" under both arms"
    ),
    (
      ["1", "2", "3", "4"], "  adjust: [weekday]\n",
      "mood: 4 ratings, but the plan needs at least 5, expected numbers of \"mood\" that the "
        + "planned test can be made of"
    ),
  ]

  @Test(arguments: untestable.indices)
  func whatCannotBeCompared(index: Int) async throws {
    let (moods, plan, message) = Self.untestable[index]
    let arms = ["placebo", "placebo", "active", "active"]
    let rows = zip(arms, moods).enumerated().map { "\($0 + 1),\($1.0),\($1.1)\n" }
    let run = try await analyze(
      "slot,arm,mood\n" + rows.joined(), design: Self.design + plan)
    #expect(run.out == "")
    expectRefusal(run, "ratings.csv:1: found \(message)")
  }

  @Test func anArmOfThreeWithoutRatings() async throws {
    let run = try await analyze(
      "slot,arm,mood\n1,placebo,\n2,active,5\n3,nothing,3\n4,nothing,2\n5,active,6\n6,placebo,\n",
      design: Self.threeArms)
    expectRefusal(
      run,
      "ratings.csv:1: found mood: the arm placebo has no rating: there is nothing to compare, "
        + "expected numbers of \"mood\" under each arm")
  }

  /// All ratings alike are an answer: nothing speaks for any effect.
  @Test func ratingsThatNeverVary() async throws {
    let run = try await analyze(
      "slot,arm,mood\n1,placebo,5\n2,placebo,5\n3,active,5\n4,active,5\n")
    #expect(run.status == 0, "\(run.err)")
    #expect(run.out.contains("\"doubled\" : 1"), "\(run.out)")
    #expect(run.out.contains("\"bayes\" : null"))
  }

  /// The example of the interface's description.
  @Test func blocksOfSeveralSizes() async throws {
    let design = """
      arms: [placebo, active]
      scheme:
        blocks: {sizes: [4, 6, 2], active: [2, 3, 1]}
      analysis:
        statistic: mean-difference
        whitening: none
        level: 0.95

      """
    let arms = "ppaapapaapap".map { $0 == "p" ? "placebo" : "active" }
    let rows = arms.enumerated().map { "\($0 + 1),\($1),\(($0 * 7) % 5)" }
    let run = try await analyze(
      "slot,arm,mood\n" + rows.joined(separator: "\n") + "\n", design: design)
    #expect(run.status == 0, "\(run.err)")
    #expect(run.out.contains("\"count\" : \"240\""), "\(run.out)")
  }
}
