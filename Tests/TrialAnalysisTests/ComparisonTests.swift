import BlindRecord
import Testing
import TrialDesign
import TrialStatistics
import TrialTestSupport

@testable import TrialAnalysis

/// Designs compared, a run-in read, and what an answer is worth.
struct ComparisonTests {
  private func compared(
    _ effect: Double, sd: Double = 1, change: (inout DesignComparison.Target) -> Void = { _ in }
  ) async throws -> DesignComparison {
    var target = DesignComparison.Target()
    target.simulations = 40
    target.longest = 40
    change(&target)
    return try await DesignComparison(
      of: ExampleProtocols.read(ExampleProtocols.pairs), arm: nil,
      under: OutcomeModel(effect: effect, noise: .known(sd: sd, autocorrelation: 0)),
      target: target)
  }

  @Test func theShortestOfEveryKindReachesTheTarget() async throws {
    let found = try await compared(2)
    #expect(
      found.lines.map(\.name) == [
        "pairs", "blocks of 4", "blocks of 8", "two large blocks", "longest run 3", "complete",
      ])
    for line in found.lines {
      let shortest = try #require(line.shortest)
      #expect(try #require(shortest.point.power.value) >= 0.8)
      // One step less was simulated, and does not reach it.
      if let before = line.points.last(where: { $0.slots < shortest.point.slots }) {
        #expect((before.power.value ?? 0) < 0.8)
      }
      #expect(shortest.doses == Double(shortest.point.slots))
      #expect(shortest.minutes == 3 * Double(shortest.point.slots))
    }
    // In pairs every second slot is certain: three of four are guessed right.
    #expect(found.lines[0].shortest?.bestGuesser == 0.75)
    let best = try #require(found.recommendation)
    #expect((best.line.shortest?.bestGuesser ?? 1) <= 0.7)
    #expect(best.reason.contains("70 %"))
    // The shortest that reaches it has hardly more than the target, so the simulation leaves a doubt.
    let power = try #require(best.line.shortest?.point.power)
    let isSure = try #require(power.value) - 2 * #require(power.error) >= 0.8
    #expect(best.reason.contains("by chance of the simulation") == !isSure)
    #expect(found.draws == nil)
  }

  /// Kinds that were not simulated might be better than those that were.
  @Test func anInterruptedComparisonRecommendsNothing() async throws {
    let task = Task { try await compared(2) { $0.simulations = 100_000 } }
    try await Task.sleep(for: .milliseconds(200))
    task.cancel()
    let found = try await task.value
    #expect(found.isInterrupted)
    #expect(found.recommendation == nil)
    #expect(
      found.shortfall == [
        "interrupted: nothing is recommended, as not all kinds were simulated"
      ])
  }

  @Test func whatCannotBeReachedIsSaidWithWhatWouldBeNeeded() async throws {
    let found = try await compared(0.5) { $0.longest = 20 }
    #expect(found.recommendation == nil)
    let words = found.shortfall
    #expect(words.count == 2)
    #expect(words[0].hasPrefix("no design reaches a power of 80 % within 20 days; the best is "))
    let days = try #require(
      words[1].firstMatch(of: #/^about (\d+) days would/#).flatMap { Int($0.1) })
    // 20 days of noise 1 have a standard error of 2 / √20; 0.5 in 80 % needs (2.8 · 2 / 0.5)² = 126 days.
    #expect((95...165).contains(days))
  }

  @Test(arguments: [
    ("the power: found 1, expected more than 0 and less than 1", 1.0, 40),
    ("the power: found 0, expected more than 0 and less than 1", 0, 40),
    ("the longest trial: found 3 days, expected 7 to 1000", 0.8, 3),
  ])
  func impossibleTargets(_ sentence: String, _ power: Double, _ longest: Int) async throws {
    do {
      _ = try await compared(1) {
        $0.power = power
        $0.longest = longest
      }
      Issue.record("accepted")
    } catch let fault as PlanningFault { #expect(fault.message == sentence) }
  }

  @Test func noEffectCannotBePlannedFor() async throws {
    do {
      _ = try await compared(0)
      Issue.record("accepted")
    } catch let fault as PlanningFault {
      #expect(fault.message == "the effect is 0: no design can find it")
    }
  }

  @Test func daysFollowTheRhythmOfTheProtocol() throws {
    let text = String(decoding: ExampleProtocols.pairs, as: UTF8.self)
      .replacing("every: 1", with: "weekdays: [mon, wed, fri]")
    let design = try ExampleProtocols.read(Array(text.utf8))
    #expect(design.days(slots: 28) == design.days)
    let longer = design.days(slots: 40)
    #expect(Array(longer.prefix(28)) == design.days)
    #expect(Set(longer.map(\.weekday)) == [1, 3, 5])
    let everyOther = try ExampleProtocols.read(
      Array(
        String(decoding: ExampleProtocols.pairs, as: UTF8.self)
          .replacing("every: 1", with: "every: 2").utf8))
    #expect(everyOther.days(slots: 30).last?.ordinal == everyOther.days[0].ordinal + 58)
  }

  // MARK: The run-in

  private func runIn(_ csv: String, column: String? = nil) throws -> RunIn {
    try RunIn(csv: Array(csv.utf8), file: "days.csv", column: column, outcome: "mood")
  }

  @Test func aRunInIsRead() throws {
    let csv = """
      day,mood,sleep
      2026-01-01,5,7
      2026-01-02,6,8
      2026-01-04,,7
      2026-01-05,7,6
      2026-01-06,4,7
      2026-01-07,5,8
      2026-01-08,6,7
      2026-01-09,5,6
      """
    let found = try runIn(csv)
    #expect(found.column == "mood")
    #expect(found.estimate.count == 7)
    #expect(abs(found.estimate.mean - 38.0 / 7) < 1e-12)
    #expect((0.5...2).contains(found.estimate.sd.median))
    #expect(try runIn(csv, column: "sleep").estimate.count == 8)
    // A short run-in is said to be one.
    let model = OutcomeModel(effect: 1, noise: .estimated(found.estimate))
    #expect(model.cautions.contains { $0.hasPrefix("the run-in is short") })
  }

  @Test func aRunInOnAnotherScaleOrThatSwingsIsRefused() throws {
    let wild = try runIn("mood\n5\n6\n50\n4\n5\n7\n6\n5\n")
    let error = #expect(throws: PlanningFault.self) { try wild.check(within: 0...10) }
    #expect(
      error?.message
        == "days.csv: found 50 as mood, expected ratings from 0 to 10, as the protocol asks for them"
    )
    try wild.check(within: 0...50)
    let swing = #expect(throws: PlanningFault.self) {
      try runIn("mood\n" + String(repeating: "2\n8\n", count: 7))
    }
    #expect(swing?.message.contains("swing up and down from one day to the next") == true)
    #expect(swing?.hint?.contains("--sd 3.1 --autocorrelation 0") == true, "\(swing?.hint ?? "")")
  }

  @Test(arguments: [
    ("mood\n5\n6\n7\n", "days.csv: found 3 ratings of mood, expected at least 7"),
    ("mood\n5\n", "days.csv: found 1 rating of mood, expected at least 7"),
    (
      "mood\n5\n5\n5\n5\n5\n5\n5\n",
      "days.csv: found the same rating on all 7 days, expected some that differ"
    ),
    (
      "mood\n5\nwell\n",
      "days.csv:3: found \"well\" as mood, expected a number, or nothing where it is missing"
    ),
    ("a,b\n5,6\n", "days.csv:1: found no column \"mood\", expected one of a, b"),
    (
      "day,mood\n2026-01-02,1\n2026-01-02,2\n",
      "days.csv:3: found the day 2026-01-02, expected days that follow each other"
    ),
    ("day,mood\nmonday,1\n", "days.csv:2: found \"monday\" as day, expected a day as YYYY-MM-DD"),
  ])
  func aRunInThatSaysNothing(_ csv: String, _ sentence: String) throws {
    do {
      _ = try runIn(csv)
      Issue.record("accepted")
    } catch let refusal as any Refusal { #expect(refusal.message == sentence) }
  }

  @Test func uncertaintyOfTheRunInIsCarriedOn() throws {
    let estimate = try runIn("mood\n5\n6\n7\n4\n5\n6\n5\n3\n").estimate
    let planned = try PlannedTrial(ExampleProtocols.read(ExampleProtocols.pairs))
    let model = OutcomeModel(effect: 0, noise: .estimated(estimate))
    let spreads = (0..<40).map { simulation -> Double in
      let values = planned.ratings(
        simulation, seed: 1, arms: Array(repeating: 0, count: 28), under: model
      ).map { $0?.value ?? 0 }
      let mean = values.reduce(0, +) / 28
      return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 27).squareRoot()
    }
    // Known noise of 28 days has spreads within a third or so; eight days of run-in do not.
    #expect((spreads.max() ?? 0) / (spreads.min() ?? 1) > 2.2)
  }

  // MARK: What it is worth

  private func value(
    cost: Double, mean: Double = 0, sd: Double = 1, breakEven: Double = 0, estimate: Double = 0.5
  ) throws -> ValueOfInformation {
    try ValueOfInformation(
      worth: 100, cost: cost, beliefMean: mean, beliefSD: sd, breakEven: breakEven,
      estimateSD: estimate)
  }

  /// At indifference certainty is worth W s φ(0), and a trial W s²/√(s² + v²) φ(0).
  @Test func valueByHand() throws {
    let found = try value(cost: 10)
    #expect(abs(found.ofPerfectKnowledge - 39.894_228) < 1e-5)
    #expect(abs(found.ofTrial - 39.894_228 / 1.25.squareRoot()) < 1e-5)
    #expect(found.isWorthIt)
    #expect(found.words.last?.hasSuffix("run it") == true)
    // L(1) = 0.0833155.
    #expect(abs(ValueOfInformation.normalLoss(1) - 0.083_315_5) < 1e-6)
    #expect(abs(try value(cost: 0, mean: 1).ofPerfectKnowledge - 8.331_55) < 1e-4)
  }

  @Test func donTRunIt() throws {
    let hopeless = try value(cost: 50)
    #expect(!hopeless.isWorthIt)
    #expect(
      hopeless.words[1]
        == "don't run it: even certainty about the effect would be worth 39.9 on average, and the "
        + "trial costs 50")
    let coarse = try value(cost: 30, estimate: 2)
    #expect(
      coarse.words[1]
        == "don't run it: this trial's answer is worth 17.8 on average, and it costs 30; certainty "
        + "would be worth 39.9, so a more precise or a cheaper one might pay")
    #expect(try value(cost: 1, mean: -0.2).words[0].contains("leave it"))
    #expect(try value(cost: 1, mean: 0.2).words[0].contains("take it"))
  }

  @Test func worthThatCannotBe() {
    func refused(_ sentence: String, _ make: () throws -> ValueOfInformation) {
      do {
        _ = try make()
        Issue.record("accepted")
      } catch { #expect((error as? PlanningFault)?.message == sentence) }
    }
    refused("the cost: found −1, expected 0 or more") { try value(cost: -1) }
    refused("the belief: found the standard deviation 0, expected more than 0") {
      try value(cost: 1, sd: 0)
    }
    refused("the worth: found 0, expected more than 0") {
      try ValueOfInformation(
        worth: 0, cost: 1, beliefMean: 0, beliefSD: 1, breakEven: 0, estimateSD: 1)
    }
  }
}
