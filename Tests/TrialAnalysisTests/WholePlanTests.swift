import BlindRecord
import Foundation
import Testing
import TrialDesign

@testable import TrialAnalysis
@testable import TrialReport

/// Every part of a plan reaches the analysis and its JSON.
struct WholePlanTests {
  /// Sixteen slots in pairs with a trend and an effect of 2, and a second outcome.
  static func csv(moods: [Double]? = nil) -> String {
    var rows = ["slot,arm,mood,sleep"]
    for slot in 0..<16 {
      let isActive = [1, 2].contains(slot % 4)
      let own: Double = Double(slot) * 0.5 + Double(slot * 7 % 5) + (isActive ? 2 : 0)
      let mood = moods?[slot] ?? own
      rows.append("\(slot + 1),\(isActive ? "active" : "placebo"),\(mood),\(slot * 3 % 7)")
    }
    return rows.joined(separator: "\n") + "\n"
  }

  private func read(
    _ analysis: String, csv: String = csv(), scheme: String = "pairs: {count: 8}"
  ) throws -> SummaryReader {
    try SummaryReader(csv: csv, design: design(analysis, scheme))
  }

  private func design(_ analysis: String, _ scheme: String = "pairs: {count: 8}") -> String {
    let lines = analysis.split(separator: "\n").map { "  \($0)\n" }.joined()
    return "arms: [placebo, active]\nscheme:\n  \(scheme)\nanalysis:\n  outcome: mood\n\(lines)"
  }

  private func report(_ analysis: String) throws -> Report {
    try Report(
      TrialResult(
        DeclaredRecord(
          csv: Array(Self.csv().utf8), csvName: "r.csv",
          design: OpenDesign(bytes: Array(design(analysis).utf8), file: "d.yaml"), outcome: nil)))
  }

  /// Two of four, ratings 1 to 4, the last two active: the largest of six differences.
  private static let four = "slot,arm,mood\n1,placebo,1\n2,placebo,2\n3,active,3\n4,active,4\n"
  private static let twoOfFour = "complete: {slots: 4, active: 2}"

  /// The p-values of four ratings by hand, for each of the sides, whole and mid.
  private static let sides: [(name: String, midP: Bool, p: Double)] = [
    ("doubled", false, 1.0 / 3), ("doubled", true, 1.0 / 6), ("absolute", false, 1.0 / 3),
    ("absolute", true, 1.0 / 6), ("greater", false, 1.0 / 6), ("greater", true, 1.0 / 12),
    ("less", false, 1.0), ("less", true, 11.0 / 12),
  ]

  @Test(arguments: sides.indices)
  func sidesAndMidPByHand(index: Int) throws {
    let (sides, midP, p) = Self.sides[index]
    let summary = try read(
      "sides: \(sides)\nmidP: \(midP)\nlevel: 0.6", csv: Self.four, scheme: Self.twoOfFour)
    #expect(agree(summary.number("planned.p"), p))
    #expect(summary.text("planned.sides") == sides)
    #expect(summary.field("planned.midP") as? Bool == midP)
  }

  /// The bound of a one-sided test at 0.9 is that of the equal-tailed interval at 0.8.
  @Test func oneSidedBounds() throws {
    let both = try read("level: 0.8")
    let greater = try read("level: 0.9\nsides: greater")
    #expect(greater.number("planned.interval.lower") == both.number("interval.lower"))
    #expect(greater.isNull("planned.interval.upper"))
    #expect(greater.number("planned.interval.level") == 0.9)
    #expect(greater.number("interval.level") == 0.9, "the two-sided one stays beside it")
    let less = try read("level: 0.9\nsides: less")
    #expect(less.number("planned.interval.upper") == both.number("interval.upper"))
    #expect(less.isNull("planned.interval.lower"))
  }

  @Test func eachSideHasItsInterval() throws {
    for (sides, path) in [("doubled", "interval"), ("absolute", "intervalAbsolute")] {
      let summary = try read("level: 0.9\nsides: \(sides)")
      for end in ["lower", "upper"] {
        #expect(summary.number("planned.interval.\(end)") == summary.number("\(path).\(end)"))
      }
      #expect(summary.number("planned.p") == summary.number("p.\(sides)"))
    }
  }

  /// Without noise a trend that is taken out leaves the effect itself.
  @Test func aTrendIsTakenOut() throws {
    let late = "slot,arm,mood\n1,placebo,1\n2,placebo,1.5\n3,active,4\n4,placebo,2.5\n5,active,5\n"
    let csv = late + "6,active,5.5\n7,placebo,4\n8,active,6.5\n"
    let scheme = "complete: {slots: 8, active: 4}"
    // Half a point a slot and 2 under active: the active slots are 2 later on average.
    let plain = try read("level: 0.6", csv: csv, scheme: scheme)
    #expect(agree(plain.number("estimate"), 3))
    let adjusted = try read("level: 0.6\nadjust: [trend]", csv: csv, scheme: scheme)
    #expect(abs((adjusted.number("estimate") ?? 0) - 2) < 1e-9)
    let text = try report("level: 0.9\nadjust: [trend, weekday, previous]").markdown
    #expect(
      text.contains(
        "After allowing for a trend over the days, for the days of the week and for the rating of "
          + "the slot before, as planned"))
  }

  /// Eight positive differences: the largest sum of ranks, 36, once in 256.
  @Test func ranksAndStudentisedByHand() throws {
    let moods = (0..<16).map { (slot: Int) -> Double in
      slot % 4 == 1 || slot % 4 == 2 ? 10 + Double(slot) : 5
    }
    let csv = Self.csv(moods: moods)
    let signed = try read("statistic: signed-rank\nlevel: 0.9", csv: csv)
    #expect(agree(signed.number("p.greater"), 1.0 / 256))
    #expect(signed.number("statistic") != nil)
    let sum = try read(
      "statistic: rank-sum\nlevel: 0.6", csv: Self.four, scheme: Self.twoOfFour)
    #expect(agree(sum.number("p.greater"), 1.0 / 6))
    let t = try read("statistic: studentised\nlevel: 0.6", csv: Self.four, scheme: Self.twoOfFour)
    #expect(agree(t.number("p.greater"), 1.0 / 6))
    // Welch: 2 / √(1/4 + 1/4).
    #expect(agree(t.number("statistic"), 2 / 0.5.squareRoot()))
    #expect(agree(t.number("estimate"), 2))
    let plain = try read("level: 0.9", csv: csv)
    #expect(plain.field("statistic") == nil, "the difference is its own statistic")
  }

  @Test func severalOutcomesAreTestedTogether() throws {
    let summary = try read("alsoTested: [sleep]\nlevel: 0.9")
    let outcomes = try #require(summary.field("outcomes") as? [[String: Any]])
    #expect(outcomes.map { $0["outcome"] as? String } == ["mood", "sleep"])
    let alone = outcomes.compactMap { ($0["planned"] as? [String: Any])?["p"] as? Double }
    let adjusted = outcomes.compactMap { $0["adjusted"] as? [String: Any] }
    let holm = adjusted.compactMap { $0["holm"] as? Double }
    let maxT = adjusted.compactMap { $0["maxT"] as? Double }
    #expect(alone.count == 2 && holm.count == 2 && maxT.count == 2)
    let (small, large) = (alone[0] < alone[1] ? 0 : 1, alone[0] < alone[1] ? 1 : 0)
    #expect(agree(holm[small], min(1, 2 * alone[small])))
    #expect(agree(holm[large], max(min(1, 2 * alone[small]), alone[large])))
    for index in 0...1 { #expect(maxT[index] >= alone[index]) }
    #expect(summary.text("outcome") == "mood", "the primary one stays where it was")
    let text = try report("alsoTested: [sleep]\nlevel: 0.9").markdown
    #expect(text.contains("**Also planned: sleep: "))
    #expect(!text.contains("Exploratory"))
  }

  @Test func withOneSideHolmDecides() throws {
    let summary = try read("alsoTested: [sleep]\nlevel: 0.9\nsides: greater")
    #expect(summary.isNull("adjusted.maxT") || summary.field("adjusted.maxT") == nil)
    #expect(summary.number("adjusted.holm") != nil)
  }

  @Test func anOutcomeThatTheFileLacksIsRefused() throws {
    let fault = #expect(throws: RecordFault.self) { try read("alsoTested: [joy]\nlevel: 0.9") }
    #expect(
      fault?.message == "ratings.csv:1: found no outcome \"joy\", expected one of mood, sleep")
  }

  /// In pairs placebo-active, active-placebo, … a slot follows one of its own arm at every pair's
  /// border: slots 3, 5, … of 16; the first slot has nothing before it and stays.
  @Test func carryOver() throws {
    let summary = try read("carryOver: {lag: true, dropUpTo: 1}\nlevel: 0.8")
    let table = try #require(summary.field("carryOver.table") as? [[String: Any]])
    #expect(table.map { $0["dropped"] as? Int } == [0, 1])
    #expect(table.map { $0["ratings"] as? Int } == [16, 8])
    #expect(table[0]["estimate"] as? Double == summary.number("estimate"))
    #expect(table[0]["p"] as? Double == summary.number("planned.p"))
    #expect(summary.number("carryOver.lag.coefficient") != nil)
    #expect((summary.number("carryOver.lag.p") ?? 0) > 0)
    #expect(summary.number("carryOver.bayes.mean") != nil)
    let text = try report("carryOver: {lag: true, dropUpTo: 1}\nlevel: 0.8").markdown
    #expect(text.contains("## Does the effect outlast its slot?"))
    #expect(text.contains("exact if no arm has any effect at all"))
    #expect(text.contains("| 1 | 8 |"))
    #expect(text.contains("| Slots in the fit | 15 |"))
    #expect(text.contains("| Degrees of freedom that the fit leaves | 12 |"))
    #expect(try read("level: 0.8").field("carryOver") == nil)
    let plain = try report("level: 0.8").markdown
    #expect(!plain.contains("Does the effect outlast its slot?"))
    #expect(plain.contains("The plan does not look for carry-over."))
  }

  @Test func priors() throws {
    let flat = try read("level: 0.9\nrelevance: 1")
    let lines = try #require(flat.field("bayes.sensitivity") as? [[String: Any]])
    #expect(lines.count == 6)
    #expect(lines[0]["isPlanned"] as? Bool == true)
    #expect(lines[0]["prior"] as? String == "flat effect")
    #expect(lines[0]["mean"] as? Double == flat.number("bayes.mean"))
    #expect(lines[0]["bayesFactor"] == nil)
    #expect(lines[2]["bayesFactor"] is Double)
    let tight = try read("level: 0.9\nprior: {effectSD: 0.01}")
    #expect(abs(tight.number("bayes.mean") ?? 1) < 0.001, "a prior at 0 holds the effect there")
    let own = try #require(tight.field("bayes.sensitivity") as? [[String: Any]])
    #expect(own.count == 7)
    #expect(own[0]["prior"] as? String == "normal effect, SD 0.01")
    let above = flat.number("bayes.relevance.above") ?? 0
    let below = flat.number("bayes.relevance.below") ?? 0
    #expect(abs(above + below + (flat.number("bayes.relevance.within") ?? 0) - 1) < 1e-9)
    #expect(tight.field("bayes.relevance") == nil, "no threshold, no judgement")
  }

  /// What the plan holds stands in the report, and says that the rest is exploratory.
  @Test func thePlanIsListed() throws {
    let text = try report(
      "alsoTested: [sleep]\nsides: absolute\nmidP: true\nlevel: 0.9\nrelevance: 1\n"
        + "adjust: [trend]\nwhitening: 0.3\ncarryOver: {lag: true, dropUpTo: 1}\n"
        + "prior: {effectSD: 2, autocorrelation: reference}"
    ).markdown
    for line in [
      "**The plan, as declared; everything else in this report is exploratory**",
      "| Primary outcome | mood |", "| Tested together with it | sleep |",
      "| Arms | active against placebo |",
      "| Statistic | the difference in means, after taking out a straight line over the days and "
        + "whitening with an autocorrelation of 0.3 |",
      "| Sides and p-value | two-sided, by the absolute statistic, with the interval of that test, "
        + "ties counted half (mid-p) |",
      "| Level of the intervals | 90 % |", "| Smallest difference that matters | 1 |",
      "| Carry-over | the arm of the slot before beside the slot's own; a table without the first 0 "
        + "to 1 slots after a change of arm |",
      "| Priors of the Bayesian model | of the effect normal around 0 with a standard deviation of 2; "
        + "of the autocorrelation the reference prior, 1 / √(1 − φ²) |",
    ] { #expect(text.contains(line), "\(line)") }
  }

  /// All equal has an answer; nothing at all, and adjustments that leave nothing, are refused.
  @Test func whatCannotBeTested() throws {
    let equal = try read("level: 0.8", csv: Self.csv(moods: Array(repeating: 5, count: 16)))
    #expect(equal.number("p.doubled") == 1)
    #expect(equal.number("estimate") == 0)
    #expect(equal.isNull("bayes"))
    let nothing = #expect(throws: RecordFault.self) {
      try read(
        "level: 0.6", csv: "slot,arm,mood\n1,placebo,\n2,placebo,\n3,active,\n4,active,\n",
        scheme: Self.twoOfFour)
    }
    #expect(
      nothing?.message
        == "ratings.csv:1: found mood: no kept slot has an outcome: there is nothing to analyse, "
        + "expected numbers of \"mood\" under both arms")
    let used = #expect(throws: RecordFault.self) {
      try read("level: 0.6\nadjust: [weekday]", csv: Self.four, scheme: Self.twoOfFour)
    }
    #expect(
      used?.message
        == "ratings.csv:1: found mood: 4 ratings, but the plan needs at least 5, expected numbers of "
        + "\"mood\" that the planned test can be made of")
  }
}
