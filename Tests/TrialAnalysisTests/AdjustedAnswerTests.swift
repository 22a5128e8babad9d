import Foundation
import Testing
import TrialTestSupport

@testable import TrialAnalysis
@testable import TrialReport

/// Where the plan's statistic is not the plain difference of the means, the report says both.
struct AdjustedAnswerTests {
  private static let moods = [5, 3, 6, 4, 7, 3, 5, 5, 6, 2, 4, 4, 7, 6, 5, 2]

  private func result(
    scheme: String, statistic: String = "mean-difference", whitening: String = "none",
    arms: [Int], missing: Set<Int> = []
  ) throws -> TrialResult {
    var trial = try MadeTrial(
      protocol: ExampleProtocols.text(
        scheme: scheme, arms: ["placebo", "active"], statistic: statistic, whitening: whitening),
      arms: arms)
    for slot in arms.indices where !missing.contains(slot + 1) {
      trial.rate(slot + 1, mood: "\(Self.moods[slot % 16])")
    }
    return try trial.result()
  }

  private func pairs(_ count: Int, whitening: String) throws -> TrialResult {
    try result(
      scheme: "pairs: {count: \(count)}", whitening: whitening,
      arms: (0..<count).flatMap { $0 % 3 == 1 ? [0, 1] : [1, 0] })
  }

  private func plain(_ result: TrialResult) throws -> Double {
    let means = result.primary.arms.compactMap(\.mean)
    try #require(means.count == 2)
    return means[1] - means[0]
  }

  @Test func whiteningIsSaidBesideThePlainDifference() throws {
    let result = try pairs(8, whitening: "0.5")
    let estimate = try #require(result.primary.test?.estimate)
    let means = try plain(result)
    #expect(abs(estimate - means) > 0.01)
    #expect(estimate > 0 && means < 0, "the headline names the side of the plan's estimate")
    let expected =
      "On average, mood was \(ShownNumber.text(-means)) lower on active slots than on placebo "
      + "slots. After allowing for noise that carries from one slot to the next, as planned, it "
      + "was \(ShownNumber.text(estimate)) higher (95 % interval "
    #expect(result.answer.sentence.hasPrefix(expected), "\(result.answer.sentence)")
    let text = try Report(result).markdown
    #expect(
      text.contains(
        "| Plain difference of the means, active minus placebo | "
          + "\(ShownNumber.text(means)) |"))
    #expect(
      text.contains(
        "| Estimate of the plan, after allowing for noise that carries from one slot "
          + "to the next | \(ShownNumber.text(estimate)) |"))
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(Report(result).json.utf8)) as? [String: Any])
    let primary = try #require(object["primary"] as? [String: Any])
    #expect(agree(primary["meanDifference"] as? Double, means))
    #expect(agree((primary["analysis"] as? [String: Any])?["estimate"] as? Double, estimate))
  }

  @Test func blocksWithGapsAreSaidToo() throws {
    let result = try result(
      scheme: "blocks: {sizes: [4, 4, 4, 4], active: [2, 2, 2, 2]}", statistic: "block-adjusted",
      arms: [1, 0, 1, 0, 0, 1, 0, 1, 1, 1, 0, 0, 1, 0, 0, 1], missing: [2, 9])
    let estimate = try #require(result.primary.test?.estimate)
    #expect(
      result.answer.sentence.contains(
        "After allowing for differences between blocks, as planned, it was "
          + ShownNumber.text(estimate.magnitude)))
  }

  @Test func thePlainStatisticIsSaidOnce() throws {
    let sentence = try pairs(8, whitening: "none").answer.sentence
    #expect(!sentence.contains("After allowing"))
    #expect(sentence.ranges(of: "than on").count == 1)
  }

  /// The strong bars hold as many schedules as the two-sided p-value counts, classes or not.
  @Test(arguments: [8, 14, 18])
  func strongBarsAgreeWithThePValue(count: Int) throws {
    let result = try pairs(count, whitening: "0.5")
    let test = try #require(result.primary.test)
    let strong = test.distribution.filter(\.extreme).reduce(0) { $0 + $1.probability }
    #expect(abs(strong - test.p.absolute) < 1e-9, "\(strong) \(test.p.absolute)")
    let all = test.distribution.reduce(0) { $0 + $1.probability }
    #expect(abs(all - 1) < 1e-9)
    #expect(
      test.distribution.contains {
        abs($0.upper - test.estimate) < 1e-9
          || abs($0.lower - test.estimate) < 1e-9
      })
  }

  /// A headline never claims of the plain ratings what holds after the adjustment only.
  @Test(arguments: [
    (2.0, "Ratings were higher under active."),
    (-2, "Ratings were higher under active after the planned adjustment."),
  ])
  func headlines(plain: Double, headline: String) {
    let contrast = MadeAnswer.contrast(MadeAnswer.test(1, 0.5, 1.5), difference: plain)
    let outcome = MadeAnswer.outcome([contrast], unit: nil)
    let words = AdjustmentWords(text: "noise")
    #expect(
      PlainAnswer(outcome, contrast, relevance: nil, adjustment: words).headline == headline)
  }

  /// The line, its label, and the text name the same statistic.
  @Test func theFigureNamesTheAdjustedDifference() throws {
    let result = try pairs(14, whitening: "0.5")
    let estimate = ShownNumber.text(try #require(result.primary.test?.estimate))
    let report = try Report(result)
    #expect(report.html.contains(">observed \(estimate)</text>"))
    #expect(
      report.markdown.contains(
        "The observed difference, after allowing for noise that carries from one slot to the next, "
          + "is \(estimate);"))
  }

  @Test func theTableByBlocksIsNarrow() throws {
    let text = try Report(pairs(8, whitening: "none")).markdown
    #expect(
      text.contains(
        "| Block | Slots | placebo: rated | active: rated | placebo: mean | active: mean | "
          + "Difference |"))
    #expect(text.contains("| 1 | 1–2 | 1 of 1 | 1 of 1 | 3 | 5 | 2 |"))
  }
}
