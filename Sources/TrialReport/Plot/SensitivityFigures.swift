import BlindRecord
import TrialAnalysis

/// The effect without the first slots after each change of arm, row by row.
struct CarryOverFigure {
  private let result: TrialResult
  private let contrast: Contrast
  private let forest: ForestDrawing

  /// `nil` where the plan has no such table.
  init?(_ result: TrialResult, _ contrast: Contrast) {
    guard let carryOver = contrast.carryOver, carryOver.rows.count > 1 else { return nil }
    self.result = result
    self.contrast = contrast
    forest = ForestDrawing(
      rows: carryOver.rows.map { row in
        ForestDrawing.Row(
          label: row.words, value: row.test?.estimate, lower: row.test?.planned.interval.lower,
          upper: row.test?.planned.interval.upper,
          style: row.dropped == 0 ? "main of\(SVGCanvas.look(contrast.arm))" : "second")
      }, threshold: result.relevance)
  }

  var figure: Figure {
    Figure(
      id: "carry-over-\(contrast.arm)",
      title: "The effect of \(contrast.name) without the first slots after a change",
      description: forest.said + forest.bandInWords,
      caption: "The difference in \(result.primary.name), \(contrast.name) minus "
        + "\(contrast.reference), without the first slots after each change of arm. An effect that "
        + "outlasts its slot makes the difference grow from row to row; with fewer ratings the "
        + "intervals grow too." + forest.bandInWords,
      draw: forest.draw)
  }
}

extension CarryOverResult.Row {
  /// "all slots (56 ratings)".
  var words: String {
    let what =
      dropped == 0
      ? "all slots"
      : "without the first \(dropped == 1 ? "slot" : "\(dropped) slots") after a change"
    return "\(what) (\(counted(ratings, "rating")))"
  }
}

/// The Bayesian effect under several priors.
struct PriorFigure {
  private let result: TrialResult
  private let contrast: Contrast
  private let forest: ForestDrawing

  /// `nil` without a table of priors.
  init?(_ result: TrialResult, _ contrast: Contrast) {
    guard let lines = contrast.bayes?.sensitivity, lines.count > 1 else { return nil }
    self.result = result
    self.contrast = contrast
    forest = ForestDrawing(
      rows: lines.map { line in
        ForestDrawing.Row(
          label: line.isPlanned ? "as planned: \(line.prior)" : line.prior, value: line.mean,
          lower: line.lower, upper: line.upper,
          style: line.isPlanned ? "main of\(SVGCanvas.look(contrast.arm))" : "second")
      }, threshold: result.relevance)
  }

  var figure: Figure {
    Figure(
      id: "priors-\(contrast.arm)",
      title: "The Bayesian effect of \(contrast.name) under other priors",
      description: forest.said + forest.bandInWords,
      caption: "The effect of \(contrast.name) on \(result.primary.name) under what could have "
        + "been believed beforehand, with \(ShownNumber.percent(result.level)) intervals. Rows "
        + "that agree say that the ratings decide, not the prior." + forest.bandInWords,
      draw: forest.draw)
  }
}
