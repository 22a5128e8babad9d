import BlindRecord
import TrialAnalysis

/// The primary effect under the variations that are always shown, in one picture.
struct VariationsFigure {
  private let result: TrialResult
  private let contrast: Contrast
  private let forest: ForestDrawing

  /// `nil` where there is no variation.
  init?(_ result: TrialResult, _ contrast: Contrast) {
    guard let test = contrast.test else { return nil }
    var rows = [
      ForestDrawing.Row(
        label: "primary analysis (\(counted(result.primary.count(of: contrast), "rating")))",
        value: test.estimate,
        lower: test.planned.interval.lower, upper: test.planned.interval.upper,
        style: "main of\(SVGCanvas.look(contrast.arm))")
    ]
    func add(_ label: String, _ test: EffectTest?) {
      rows.append(
        ForestDrawing.Row(
          label: label, value: test?.estimate, lower: test?.planned.interval.lower,
          upper: test?.planned.interval.upper, style: "second"))
    }
    for other in result.sensitivity {
      let same = other.contrasts.first { $0.arm == contrast.arm }
      let count = same.map { other.count(of: $0) } ?? other.count
      add("\(other.set) (\(counted(count, "rating")))", same?.test)
    }
    for row in contrast.carryOver?.rows ?? [] where row.dropped > 0 {
      add(row.words, row.test)
    }
    if let bayes = contrast.bayes {
      for line in bayes.sensitivity.isEmpty ? [] : bayes.sensitivity {
        rows.append(
          ForestDrawing.Row(
            label: "Bayesian, \(line.isPlanned ? "as planned: " : "")\(line.prior)",
            value: line.mean, lower: line.lower, upper: line.upper, style: "second"))
      }
    }
    guard rows.count > 1 else { return nil }
    self.result = result
    self.contrast = contrast
    forest = ForestDrawing(rows: rows, threshold: result.relevance)
  }

  var figure: Figure {
    let isOnly = result.primary.contrasts.count == 1
    return Figure(
      id: isOnly ? "variations" : "variations-\(contrast.arm)",
      title: "The same effect, computed otherwise" + (isOnly ? "" : ", \(contrast.name)"),
      description: forest.said + forest.bandInWords,
      caption: "The difference in \(result.primary.name), \(contrast.name) minus "
        + "\(contrast.reference), under the variations that this program always shows. Only the first "
        + "row is the answer; rows that agree say that it does not hang on one choice."
        + forest.bandInWords,
      draw: forest.draw)
  }
}
