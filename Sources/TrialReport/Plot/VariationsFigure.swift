import TrialAnalysis

/// The primary effect under every variation that the plan named beforehand, in one picture.
struct VariationsFigure {
  private let result: TrialResult
  private let contrast: Contrast
  private let forest: ForestDrawing

  /// `nil` where the plan has no variation.
  init?(_ result: TrialResult, _ contrast: Contrast) {
    guard let test = contrast.test else { return nil }
    var rows = [
      ForestDrawing.Row(
        label: "primary analysis (\(contrast.parts?.ratings ?? result.primary.count) ratings)",
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
      add("\(other.set) (\(other.count) ratings)", same?.test)
    }
    for row in contrast.carryOver?.rows ?? [] where row.dropped > 0 {
      add("after each change, \(row.words)", row.test)
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
      title: "Every planned variation" + (isOnly ? "" : ", \(contrast.name)"),
      description: forest.said + forest.bandInWords,
      caption: "The difference in \(result.primary.name), \(contrast.name) minus "
        + "\(contrast.reference), under every variation that was fixed beforehand. Only the first row "
        + "is the answer; rows that agree say that it does not hang on one choice."
        + forest.bandInWords,
      draw: forest.draw)
  }
}

extension PrimaryTest {
  /// The ratings that the contrast compares.
  var ratings: Int { zip(values, kept).count { $0 != nil && $1 } }
}
