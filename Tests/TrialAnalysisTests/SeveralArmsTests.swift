import BigInt
import BlindRecord
import Foundation
import Testing
import TrialDesign

@testable import TrialAnalysis
@testable import TrialReport

/// A trial with three arms, one of them without a pill: each against the reference, and all together.
struct SeveralArmsTests {
  static let arms = [0, 1, 2, 2, 0, 1, 1, 2, 0, 0, 2, 1, 2, 1, 0]
  static let moods = [4, 7, 5, 3, 5, 8, 6, 4, 4, 5, 6, 8, 5, 9, 3]

  private func design(_ rest: String = "") -> String {
    """
    arms: [placebo, caffeine, {name: nothing, pill: none}]
    scheme:
      blocks: {each: [1, 1, 1], repeat: 5}
    analysis:
      statistic: mean-difference
      whitening: none
      level: 0.9
      relevance: 1
    \(rest)
    """
  }

  private func csv(missing: Set<Int> = []) -> String {
    let names = ["placebo", "caffeine", "nothing"]
    let rows = Self.arms.indices.map { slot in
      let mood = missing.contains(Self.arms[slot]) ? "" : "\(Self.moods[slot])"
      return "\(slot + 1),\(names[Self.arms[slot]]),\(mood),\(slot % 3 == 0 ? "0.8" : "0.3")"
    }
    return "slot,arm,mood,guess\n" + rows.joined(separator: "\n") + "\n"
  }

  private func result(_ rest: String = "") throws -> TrialResult {
    try TrialResult(
      DeclaredRecord(
        csv: Array(csv().utf8), csvName: "r.csv",
        design: OpenDesign(bytes: Array(design(rest).utf8), file: "d.yaml"), outcome: nil))
  }

  /// Every assignment that has nothing where the real one has it, one after the other.
  private func naive(_ arm: Int) throws -> (count: Int, greater: Double, difference: Double) {
    let other = 3 - arm
    let scheme = RandomizationScheme.blocks(
      PermutedBlocks(counts: Array(repeating: [1, 1, 1], count: 5)))
    let alike = try scheme.automaton().assignments().map(\.arms).filter { assignment in
      assignment.indices.allSatisfy { (assignment[$0] == other) == (Self.arms[$0] == other) }
    }
    func sum(_ assignment: [Int]) -> Int {
      assignment.indices.reduce(0) {
        $0 + (assignment[$1] == arm ? Self.moods[$1] : assignment[$1] == 0 ? -Self.moods[$1] : 0)
      }
    }
    let own = sum(Self.arms)
    return (
      alike.count, Double(alike.count { sum($0) >= own }) / Double(alike.count), Double(own) / 5
    )
  }

  @Test func eachArmAgainstTheReferenceByEnumeration() throws {
    let result = try result()
    #expect(result.primary.contrasts.map(\.name) == ["caffeine", "nothing"])
    for contrast in result.primary.contrasts {
      let expected = try naive(contrast.arm)
      let test = try #require(contrast.test)
      #expect(test.method == .exact)
      #expect(test.referenceSet.count == "\(expected.count)")
      #expect(abs(test.estimate - expected.difference) < 1e-12)
      #expect(abs((contrast.meanDifference ?? 0) - expected.difference) < 1e-12)
      #expect(abs(test.p.greater - expected.greater) < 1e-12, "\(contrast.name)")
      let adjusted = try #require(contrast.adjusted)
      #expect(adjusted.comparisons == 2)
      #expect(adjusted.value >= test.p.absolute)
      #expect(adjusted.maxT != nil)
    }
    let global = try #require(result.primary.global)
    #expect(global.arms == 3)
    #expect(global.p > 0 && global.p <= 1)
  }

  @Test func theJSONHasOneObjectForEachArm() throws {
    let summary = try SummaryReader(result())
    let contrasts = try #require(summary.field("contrasts") as? [[String: Any]])
    #expect(contrasts.map { $0["arm"] as? String } == ["caffeine", "nothing"])
    for contrast in contrasts {
      #expect(contrast["reference"] as? String == "placebo")
      #expect(contrast["method"] as? String == "exact")
      for key in ["estimate", "p", "interval", "intervalAbsolute", "referenceSet", "bayes"] {
        #expect(contrast[key] != nil && !(contrast[key] is NSNull), "\(key)")
      }
      #expect((contrast["adjusted"] as? [String: Any])?["comparisons"] as? Int == 2)
    }
    #expect(summary.number("global.p") != nil)
    #expect(summary.field("estimate") == nil, "no arm is the one that is meant")
    #expect(summary.field("blinding.bang.caffeine") != nil)
    #expect(summary.field("blinding.bang.nothing") == nil, "nothing to guess about")
  }

  @Test func theReportSaysEachArm() throws {
    let text = try Report(result()).markdown
    #expect(text.contains("caffeine and nothing against placebo"))
    #expect(text.contains("**caffeine against placebo: "))
    #expect(text.contains("**nothing against placebo: "))
    #expect(text.contains("The test of all 3 arms together"))
    #expect(text.contains("**The 2 comparisons of the plan**"))
    #expect(text.contains("**Randomization test of mood, nothing against placebo**"))
    #expect(text.contains("5 blocks of 3 slots, balanced within each"))
  }

  /// The model has a column for the third arm: its ratings count, its effect is taken out.
  @Test func theModelKnowsTheThirdArm() throws {
    let contrasts = try result().primary.contrasts
    let bayes = contrasts.compactMap(\.bayes)
    #expect(bayes.count == 2)
    #expect(abs(bayes[0].mean - (contrasts[0].meanDifference ?? 0)) < 0.5)
    #expect(abs(bayes[0].autocorrelation - bayes[1].autocorrelation) < 1e-9, "one model")
  }

  /// The other arm's contrast stands; without ratings of the reference none does.
  @Test func anArmWithoutRatings() throws {
    func analysed(missing arm: Int) throws -> TrialResult {
      try TrialResult(
        DeclaredRecord(
          csv: Array(csv(missing: [arm]).utf8), csvName: "r.csv",
          design: OpenDesign(bytes: Array(design().utf8), file: "d.yaml"), outcome: nil))
    }
    let contrasts = try analysed(missing: 2).primary.contrasts
    #expect(contrasts[0].test != nil && contrasts[1].test == nil)
    #expect(
      contrasts[1].note
        == "mood: the arm nothing has no rating: there is nothing to compare")
    let fault = #expect(throws: RecordFault.self) { try analysed(missing: 0) }
    #expect(
      fault?.message
        == "r.csv:1: found mood: the arm placebo has no rating: there is nothing to compare, "
        + "expected numbers of \"mood\" under each arm")
  }
}
