import TrialAnalysis

/// The difference of the means at other rates of right guesses.
struct GuessCurveFigure {
  private let result: TrialResult
  private let arm: String
  private let place: Int
  private let curve: GuessCurveResult.Values

  /// `nil` where the curve is refused.
  init?(_ result: TrialResult, _ curve: GuessCurveResult, place: Int) {
    guard let values = curve.values else { return nil }
    self.result = result
    self.place = place
    arm = curve.arm
    self.curve = values
  }

  var figure: Figure {
    let observed =
      "\(ShownNumber.text(curve.observedDifference)) at the observed rate of "
      + ShownNumber.percent(curve.observedRate)
    return Figure(
      id: "guess-curve-\(place)", title: "The effect of \(arm) at other rates of right guesses",
      description: "The difference in \(result.primary.name) is \(observed), and would be "
        + "\(ShownNumber.text(curve.blindDifference)) at the rate of a coin, 50 %.",
      caption: "The difference of the means, \(arm) minus \(result.arms[0]), as it would be if "
        + "guesses had been right at another rate; marks at the observed rate and at 50 %.",
      draw: draw)
  }

  private func draw(_ width: Double) -> SVGCanvas {
    var canvas = SVGCanvas(width: width, height: width > 500 ? 250 : 230)
    let bottom = canvas.height - 46
    let values = curve.points.map(\.difference)
    let y = LinearScale(over: values + [0], from: bottom - 8, to: 22)
    let x = LinearScale(lower: 0, upper: 1, from: 48, to: width - 22)
    canvas.guessAxes(x, y, bottom: bottom)
    canvas.path(
      curve.points.map { (x.place($0.rate), y.place($0.difference)) }, closed: false, "curve")
    canvas.line(x.place(0.5), 16, x.place(0.5), bottom, "coin")
    let marks = [
      (0.5, curve.blindDifference, "dot second"),
      (curve.observedRate, curve.observedDifference, "dot main of1"),
    ]
    for (rate, difference, style) in marks {
      canvas.circle(x.place(rate), y.place(difference), 5.5, style)
    }
    let anchor: SVGCanvas.Anchor = curve.observedRate > 0.5 ? .start : .end
    let step = curve.observedRate > 0.5 ? 9.0 : -9
    // On the side of the line that it leaves free.
    let beside = curve.observedRate > 0.5 ? curve.points.last : curve.points.first
    let isClimbing = (beside?.difference ?? 0) > curve.observedDifference
    canvas.text(
      "observed \(ShownNumber.text(curve.observedDifference))",
      min(width - 110, x.place(curve.observedRate) + step),
      y.place(curve.observedDifference) + (isClimbing ? 21 : -9), "label strong halo",
      anchor: anchor)
    return canvas
  }
}

extension SVGCanvas {
  /// The axes of a difference against the rate of right guesses.
  mutating func guessAxes(_ x: LinearScale, _ y: LinearScale, bottom: Double) {
    for tick in y.ticks(5) {
      line(x.start, y.place(tick), x.end, y.place(tick), tick == 0 ? "zero" : "grid")
      text(ShownNumber.text(tick), x.start - 6, y.place(tick) + 4, "tick", anchor: .end)
    }
    line(x.start, bottom, x.end, bottom, "axis")
    for tick in [0, 0.25, 0.5, 0.75, 1] {
      text(ShownNumber.percent(tick), x.place(tick), bottom + 17, "tick", anchor: .middle)
    }
    text("rate of right guesses", x.end, bottom + 36, "label", anchor: .end)
  }
}
