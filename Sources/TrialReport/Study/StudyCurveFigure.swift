import GroupStudy
import TrialAnalysis

/// The difference at other rates of right guesses, with the band of persons drawn anew.
struct StudyCurveFigure {
  private let words: StudyWords
  private let place: Int

  init(_ words: StudyWords, place: Int) {
    self.words = words
    self.place = place
  }

  /// `nil` where the curve is refused.
  var figure: Figure? {
    guard let curve = words.outcome.curve, let rate = curve.observedRate,
      let line = curve.model ?? curve.rows
    else { return nil }
    func said(_ value: StudyCurve.Value) -> String {
      StudyWords.number(value.difference)
        + (value.draws.map { ", \(StudyWords.range($0.lower, $0.upper))" } ?? "")
    }
    return Figure(
      id: "study-curve-\(place + 1)",
      title: "\(words.outcome.name) at other rates of right guesses",
      description: "The difference is \(said(line.observed)) at the observed rate of "
        + "\(ShownNumber.percent(rate)), and would be \(said(line.blind)) at 50 %.",
      caption:
        "\(words.active) minus \(words.reference) as it would be if guesses had been right at "
        + "another rate. Band: \(words.level) of the draws of people at each rate. Marks at the "
        + "observed rate and at 50 %, the rate of a coin. At the observed rate the four groups are weighed "
        + "by their rows, which is near the effect without the guess and not equal to it."
    ) { draw(line, rate, $0) }
  }

  private func draw(_ line: StudyCurve.Line, _ observed: Double, _ width: Double) -> SVGCanvas {
    var canvas = SVGCanvas(width: width, height: width > 500 ? 270 : 240)
    let bottom = canvas.height - 46
    let points = line.points
    let values = points.flatMap {
      [$0.difference, $0.lower ?? $0.difference, $0.upper ?? $0.difference]
    }
    let y = LinearScale(over: values + [0], from: bottom - 8, to: 22)
    let x = LinearScale(lower: 0, upper: 1, from: 48, to: width - 22)
    let band = points.filter { $0.lower != nil && $0.upper != nil }
    if band.count > 1 {
      let above = band.map { (x.place($0.rate), y.place($0.upper ?? 0)) }
      let below = band.reversed().map { (x.place($0.rate), y.place($0.lower ?? 0)) }
      canvas.path(above + below, closed: true, "area")
    }
    canvas.guessAxes(x, y, bottom: bottom)
    canvas.line(x.place(0.5), 16, x.place(0.5), bottom, "coin")
    canvas.path(
      points.map { (x.place($0.rate), y.place($0.difference)) }, closed: false, "curve")
    let marks = [
      (0.5, line.blind, "dot second", "coin"),
      (observed, line.observed, "dot main of1", "observed"),
    ]
    for (rate, value, style, _) in marks {
      canvas.circle(x.place(rate), y.place(value.difference), 5.5, style)
    }
    // The curve rises to the right or falls; labels stand off it, on the free side.
    let isRising = (points.last?.difference ?? 0) > (points.first?.difference ?? 0)
    for (rate, value, _, name) in marks {
      let isRight = name == "observed" ? observed >= 0.5 : observed < 0.5
      let isAbove = isRight != isRising
      let text = "\(name) \(ShownNumber.text(value.difference))"
      // A letter is about 8 wide; a text that would leave the drawing is moved into it.
      let reach = 4 + 8 * Double(text.count)
      let beside = x.place(rate) + (isRight ? 9 : -9)
      canvas.text(
        text, isRight ? min(beside, width - reach) : max(beside, reach),
        y.place(value.difference) + (isAbove ? -9 : 19), "label strong halo",
        anchor: isRight ? .start : .end)
    }
    return canvas
  }
}
