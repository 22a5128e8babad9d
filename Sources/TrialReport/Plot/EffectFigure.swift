import TrialAnalysis

/// The effect of every arm on one outcome, with its intervals, against zero and the threshold of
/// relevance.
struct EffectFigure {
  private let result: TrialResult
  private let outcome: OutcomeResult
  private let forest: ForestDrawing

  /// - Parameter outcome: an outcome of the plan; the sensitivity analyses stand beside the primary.
  init(_ result: TrialResult, _ outcome: OutcomeResult) {
    self.result = result
    self.outcome = outcome
    let isPrimary = outcome.name == result.primary.name
    let isSeveral = outcome.contrasts.count > 1
    var rows: [ForestDrawing.Row] = []
    for contrast in outcome.contrasts {
      let arm = isSeveral ? "\(contrast.name): " : ""
      if let test = contrast.test {
        let interval = test.planned.interval
        let level = ShownNumber.percent(interval.level)
        let label =
          test.planned.isAnytimeValid
          ? "\(level) confidence sequence" : "randomization test, \(level) interval"
        rows.append(
          ForestDrawing.Row(
            label: isSeveral ? arm + label : label.prefix(1).uppercased() + label.dropFirst(),
            value: test.estimate, lower: interval.lower, upper: interval.upper,
            style: "main of\(SVGCanvas.look(contrast.arm))"))
      }
      if let bayes = contrast.bayes {
        rows.append(
          ForestDrawing.Row(
            label: arm + "Bayesian model, \(ShownNumber.percent(result.level)) interval",
            value: bayes.mean, lower: bayes.lower, upper: bayes.upper, style: "second"))
      }
    }
    for other in isPrimary ? result.sensitivity : [] {
      for contrast in other.contrasts {
        guard let test = contrast.test else { continue }
        rows.append(
          ForestDrawing.Row(
            label: (isSeveral ? "\(contrast.name): " : "") + other.set, value: test.estimate,
            lower: test.planned.interval.lower, upper: test.planned.interval.upper,
            style: "second"))
      }
    }
    forest = ForestDrawing(rows: rows, threshold: isPrimary ? result.relevance : nil)
  }

  /// The figure, unless nothing could be estimated.
  var figure: Figure? {
    guard !forest.rows.isEmpty else { return nil }
    let isPrimary = outcome.name == result.primary.name
    let unit = outcome.unit.map { " (\($0))" } ?? ""
    let allowing = result.adjustment.map { "; in the test after allowing for \($0)" } ?? ""
    let contrast =
      outcome.contrasts.count == 1
      ? "\(result.arms[1]) minus \(result.arms[0])" : "each arm minus \(result.arms[0])"
    return Figure(
      id: isPrimary ? "effect" : "effect-\(place)",
      title: isPrimary ? "The effect, with its interval" : "The effect on \(outcome.name)",
      description: forest.said + forest.bandInWords,
      caption: "The difference in \(outcome.name)\(unit), \(contrast)\(allowing). Marks are "
        + "estimates, bars are intervals; an arrow means that the side is not bounded."
        + forest.bandInWords + still, draw: forest.draw)
  }

  /// Where no rating moved, the interval has no width and says nothing.
  private var still: String {
    outcome.contrasts.contains(where: outcome.hasStillInterval)
      ? " \(ReportContent.stillInterval)" : ""
  }

  private var place: Int { 1 + (result.alsoTested.firstIndex { $0.name == outcome.name } ?? 0) }
}
