import TrialAnalysis

/// The posterior density of the effect, with zero, the threshold of relevance and the interval.
struct PosteriorFigure {
  private let result: TrialResult
  private let contrast: Contrast
  private let bayes: BayesEffect

  /// `nil` without a posterior.
  init?(_ result: TrialResult, _ contrast: Contrast) {
    guard let bayes = contrast.bayes, bayes.density.count > 2 else { return nil }
    self.result = result
    self.contrast = contrast
    self.bayes = bayes
  }

  var figure: Figure {
    let isOnly = result.primary.contrasts.count == 1
    let level = ShownNumber.percent(result.level)
    var said =
      "Mean \(ShownNumber.text(bayes.mean)), \(level) interval "
      + "\(ShownNumber.text(bayes.lower)) to \(ShownNumber.text(bayes.upper)). Above zero: "
      + ShownNumber.chance(bayes.probabilityPositive)
    if let relevance = bayes.relevance {
      let size = ShownNumber.text(relevance.threshold)
      said +=
        "; \(size) or more: \(ShownNumber.chance(relevance.above)); −\(size) or less: "
        + "\(ShownNumber.chance(relevance.below)); between, too small to matter: "
        + ShownNumber.chance(relevance.within)
    }
    return Figure(
      id: isOnly ? "posterior" : "posterior-\(contrast.arm)",
      title: isOnly
        ? "The posterior of the effect" : "The posterior of the effect of \(contrast.name)",
      description: said + ".",
      caption: "How likely each difference in \(result.primary.name) is, \(contrast.name) minus "
        + "\(contrast.reference), by the Bayesian model of the plan. The bar below is the "
        + "\(level) interval."
        + (bayes.relevance == nil
          ? "" : " Strong parts lie at or beyond the threshold of relevance.") + " \(said).",
      draw: draw)
  }

  /// The colour of the arm.
  private var look: String { "of\(SVGCanvas.look(contrast.arm))" }

  private func draw(_ width: Double) -> SVGCanvas {
    var canvas = SVGCanvas(width: width, height: width > 500 ? 240 : 210)
    let bottom = canvas.height - 60
    let threshold = bayes.relevance?.threshold
    let effects = bayes.density.map(\.effect)
    let x = LinearScale(
      over: effects + [0] + (threshold.map { [$0, -$0] } ?? []), from: 14, to: width - 14,
      margin: 0.03)
    let most = bayes.density.map(\.density).max() ?? 1
    let y = LinearScale(lower: 0, upper: most, from: bottom, to: 26)
    area(&canvas, x, y, from: -.infinity, to: .infinity, "area")
    if let threshold {
      area(&canvas, x, y, from: threshold, to: .infinity, "area strong \(look)")
      area(&canvas, x, y, from: -.infinity, to: -threshold, "area strong \(look)")
      for (edge, name) in [(-threshold, "−"), (threshold, "")] {
        canvas.line(x.place(edge), 22, x.place(edge), bottom, "threshold")
        canvas.text(
          name + ShownNumber.text(threshold), x.place(edge), 16, "tick", anchor: .middle)
      }
    }
    canvas.path(
      bayes.density.map { (x.place($0.effect), y.place($0.density)) }, closed: false,
      "curve \(look)")
    canvas.line(x.place(0), 22, x.place(0), bottom, "zero")
    canvas.line(14, bottom, width - 14, bottom, "axis")
    for tick in x.ticks(width > 500 ? 9 : 5) {
      canvas.line(x.place(tick), bottom, x.place(tick), bottom + 4, "axis")
      canvas.text(ShownNumber.text(tick), x.place(tick), bottom + 18, "tick", anchor: .middle)
    }
    let bar = bottom + 34
    canvas.line(x.place(bayes.lower), bar, x.place(bayes.upper), bar, "bar main \(look)")
    canvas.mark(arm: contrast.arm, x.place(bayes.mean), bar, 5)
    canvas.text("difference", width - 14, bottom + 54, "label", anchor: .end)
    return canvas
  }

  /// The part of the density between two effects, cut where they fall between two points.
  private func area(
    _ canvas: inout SVGCanvas, _ x: LinearScale, _ y: LinearScale, from: Double, to: Double,
    _ style: String
  ) {
    var points = bayes.density.filter { from <= $0.effect && $0.effect <= to }
      .map { ($0.effect, $0.density) }
    for edge in [from, to] where edge.isFinite {
      guard let height = height(at: edge) else { continue }
      points.append((edge, height))
    }
    points.sort { $0.0 < $1.0 }
    guard let first = points.first, let last = points.last, points.count > 1 else { return }
    canvas.path(
      [(x.place(first.0), y.place(0))] + points.map { (x.place($0.0), y.place($0.1)) }
        + [(x.place(last.0), y.place(0))], closed: true, style)
  }

  private func height(at effect: Double) -> Double? {
    for (before, after) in zip(bayes.density, bayes.density.dropFirst())
    where before.effect <= effect && effect <= after.effect {
      let share = (effect - before.effect) / (after.effect - before.effect)
      return before.density + share * (after.density - before.density)
    }
    return nil
  }
}
