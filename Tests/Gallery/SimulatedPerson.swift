import Foundation
import TrialTestSupport

/// What a simulated person of the gallery is like, and the trial they make.
struct SimulatedPerson {
  let name: String
  let text: [UInt8]
  let seed: Int
  /// What the other arm adds to the mood, in points.
  var effect = 0.0
  /// The standard deviation of the mood.
  var spread = 1.2
  /// The autocorrelation of the mood.
  var phi = 0.2
  /// How much the mood rises from the first slot to the last.
  var trend = 0.0
  /// The share of slots without a check-in.
  var missing = 0.03
  /// How far a guess lies from one half, in points of a hundred, to the right side.
  var leak = 0.0
  /// Slots whose code is broken at the end.
  var breaks: [Int] = []
  /// Slots with a headache.
  var events: [Int] = []
  var prediction = "no difference in mood, 60 % sure"

  private static let arms = ["placebo", "caffeine"]

  /// - Parameters:
  ///   - plan: lines that the analysis has beside those of the example.
  ///   - part: lines behind the example.
  private static func protocolText(
    _ scheme: String, statistic: String = "mean-difference", whitening: String = "none",
    arms: [String] = arms, outcome: String = "mood", plan: String = "", part: String = ""
  ) -> [UInt8] {
    let text = ExampleProtocols.text(
      scheme: scheme, arms: arms, statistic: statistic, whitening: whitening)
    return Array(
      String(decoding: text, as: UTF8.self)
        .replacing("  outcome: mood\n", with: "  outcome: \(outcome)\n")
        .replacing("  relevance: 1\n", with: "  relevance: 1\n" + plan).utf8)
      + Array(part.utf8)
  }

  static let all = [
    SimulatedPerson(
      name: "strong-effect", text: protocolText("pairs: {count: 14}"), seed: 11, effect: 3,
      spread: 1, events: [3, 9, 10], prediction: "mood higher under caffeine by 2, 80 % sure"),
    SimulatedPerson(
      name: "no-effect",
      text: protocolText(
        "blocks: {sizes: [4, 4, 4, 4, 4, 4, 4, 4, 4, 4], active: [2, 2, 2, 2, 2, 2, 2, 2, 2, 2]}",
        statistic: "block-adjusted"), seed: 12, spread: 0.7),
    SimulatedPerson(
      name: "small-in-noise", text: protocolText("complete: {slots: 28, active: 14}"), seed: 13,
      effect: 0.4, spread: 2.2, prediction: "mood higher under caffeine"),
    SimulatedPerson(
      name: "autocorrelated-with-trend",
      text: protocolText("blocks: {sizes: [14, 14], active: [7, 7]}", whitening: "estimated"),
      seed: 14, effect: 1, spread: 1.4, phi: 0.7, trend: 4),
    SimulatedPerson(
      name: "many-missing", text: protocolText("pairs: {count: 14}"), seed: 15, effect: 1,
      missing: 0.45, prediction: "I do not know"),
    SimulatedPerson(
      name: "broken-blind",
      text: protocolText(
        "blocks: {sizes: [4, 4, 4, 4, 4, 4, 4], active: [2, 2, 2, 2, 2, 2, 2]}"), seed: 16,
      effect: 1.5, leak: 38, breaks: [6, 7], events: [5]),
    SimulatedPerson(
      name: "three-arms",
      text: protocolText(
        "blocks: {each: [2, 2, 2], repeat: 5}",
        arms: ["placebo", "caffeine", "{name: nothing, pill: none}"]), seed: 17, effect: 2,
      events: [2, 8]),
    // Weights of blocks that differ from assignment to assignment, and two outcomes that are tested.
    SimulatedPerson(
      name: "missing-in-blocks",
      text: protocolText(
        "blocks: {sizes: [4, 4, 4, 4, 4, 4], active: [2, 2, 2, 2, 2, 2]}",
        statistic: "block-adjusted", outcome: "sleep", plan: "  alsoTested: [mood]\n"), seed: 31,
      effect: 1, missing: 0.28),
    SimulatedPerson(
      name: "adjusted-with-carry-over",
      text: protocolText(
        "blocks: {sizes: [6, 6, 6, 6], active: [3, 3, 3, 3]}", whitening: "estimated",
        plan: "  alsoTested: [sleep]\n  adjust: [trend, weekday]\n"
          + "  carryOver: {lag: true, dropUpTo: 2}\n"), seed: 32, effect: 1.2, spread: 1.2,
      phi: 0.4,
      trend: 2, missing: 0.08, events: [4]),
    SimulatedPerson(
      name: "packed-alone",
      text: protocolText(
        "pairs: {count: 10}",
        part: "packing: {by: participant, spares: 3}\n"),
      seed: 33, effect: 1.5),
    SimulatedPerson(
      name: "stopped-by-the-monitor",
      text: protocolText(
        "blocks: {sizes: [4, 4, 4, 4, 4, 4, 4], active: [2, 2, 2, 2, 2, 2, 2]}",
        plan: "  monitoring: {sd: 1.2, from: 2}\n"), seed: 34, effect: 3, spread: 1,
      prediction: "mood higher under caffeine by 2"),
    // Other statistics, for the bundle's scripts.
    SimulatedPerson(
      name: "ranks-in-blocks",
      text: protocolText(
        "blocks: {sizes: [6, 6, 6, 6], active: [3, 3, 3, 3]}", statistic: "rank-sum"), seed: 21,
      effect: 1.5, missing: 0.1),
    SimulatedPerson(
      name: "ranks-in-any-order",
      text: protocolText("complete: {slots: 28, active: 12}", statistic: "rank-sum"), seed: 22,
      effect: 1),
    SimulatedPerson(
      name: "signed-ranks-of-pairs",
      text: protocolText("pairs: {count: 14}", statistic: "signed-rank"), seed: 23, effect: 1.2,
      missing: 0.06),
    SimulatedPerson(
      name: "signed-ranks-of-periods",
      text: protocolText("periods: {pairs: 8, length: 4, drop: 1}", statistic: "signed-rank"),
      seed: 24, effect: 0.8, phi: 0.5),
    SimulatedPerson(
      name: "studentised-in-blocks",
      text: protocolText(
        "blocks: {sizes: [4, 4, 4, 4, 4, 4], active: [2, 2, 2, 2, 2, 2]}",
        statistic: "studentised"), seed: 25, effect: 1, missing: 0.08),
    SimulatedPerson(
      name: "studentised-by-slots",
      text: protocolText("complete: {slots: 18, active: 7}", statistic: "studentised"), seed: 26,
      effect: 1.4),
    SimulatedPerson(
      name: "studentised-evenly",
      text: protocolText("complete: {slots: 28, active: 14}", statistic: "studentised"), seed: 27,
      effect: 1, missing: 0),
  ]

  /// 365 slots, for the cost of a report.
  static let year = SimulatedPerson(
    name: "a-year", text: ExampleProtocols.year, seed: 18, effect: 0.4)
}
