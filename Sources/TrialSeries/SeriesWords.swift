import BlindRecord
import TrialAnalysis
import TrialStatistics

/// A series in sentences.
package struct SeriesWords: Sendable {
  private let result: SeriesResult

  /// The words for a result.
  package init(_ result: SeriesResult) { self.result = result }

  /// "12 trials".
  package var trials: String { counted(result.lines.count, "trial") }

  /// Warnings that come before everything else.
  package var banners: [String] {
    var banners: [String] = []
    if result.simulated > 0 {
      banners.append(
        "\(share(result.simulated)) a simulated participant: made-up ratings, no findings.")
    }
    if result.unverified > 0 {
      banners.append(
        "\(share(result.unverified)) no seal of this program: whether the schedule was drawn, hidden "
          + "and kept as declared cannot be seen from here.")
    }
    return banners
  }

  /// "2 of the 12 trials have".
  private func share(_ count: Int) -> String {
    guard result.lines.count > 1 else { return "The trial has" }
    guard count < result.lines.count else { return "All \(trials) have" }
    return "\(count) of the \(trials) \(count == 1 ? "has" : "have")"
  }

  /// What the trials say together, sentence by sentence.
  package var answer: [String] {
    let main = result.main
    let unit = result.key.unit.map { " \($0)" } ?? ""
    func number(_ value: Double) -> String { ShownNumber.text(value) + unit }
    guard result.lines.count > 1, let mean = main.hartungKnapp else {
      let plain = main.plain
      return [
        "One trial: there is nothing to pool. Its effect is \(number(main.mean)), from "
          + "\(number(plain.lower)) to \(number(plain.upper))."
      ]
    }
    let level = ShownNumber.percent(result.level)
    // Where effects agree by chance the interval of Hartung and Knapp can be of any width down to none:
    // the wider of both is what is said first.
    let isNarrow = mean.upper - mean.lower < main.plain.upper - main.plain.lower
    let said = isNarrow ? main.plain : mean
    var lines = [
      "On average \(result.key.arm) changes \(result.key.outcome) by \(number(main.mean)) against "
        + "\(result.key.reference), \(level) interval from \(number(said.lower)) to "
        + "\(number(said.upper)) (p = \(ShownNumber.p(said.p)))."
    ]
    if result.lines.count == 2 {
      lines.append(
        "Two trials say next to nothing of how much trials differ, so the interval is wide.")
    }
    if isNarrow {
      lines.append(
        "The effects agree better than their own standard errors let expect: the interval of Hartung, "
          + "Knapp, Sidik and Jonkman would be narrower, from \(number(mean.lower)) to "
          + "\(number(mean.upper)), and is not relied upon.")
    }
    // The hierarchical model's: that by t is too narrow with few trials, and is that of the mean where
    // no variance between trials is seen (statistics.md, calibration).
    if case .success(let posterior) = result.posterior {
      lines.append(
        "Persons differ: the effect in another trial of the kind is expected between "
          + "\(number(posterior.prediction.lower)) and \(number(posterior.prediction.upper)).")
    }
    if case .success(let test) = result.test {
      lines.append(
        "If no rating of anybody depended on the arm, the randomization test over all trials would be "
          + "so extreme with p = \(ShownNumber.p(test.pDoubled)).")
    }
    if !result.leftOut.isEmpty {
      lines.append(
        "\(counted(result.leftOut.count, "trial")) \(result.leftOut.count == 1 ? "is" : "are") left "
          + "out: "
          + LeftOut.Rule.allCases.compactMap { rule in
            let count = result.leftOut.count { $0.rule == rule }
            return count > 0 ? "\(count) \(rule.rawValue)" : nil
          }.joined(separator: ", ") + ".")
    }
    return lines
  }
}
