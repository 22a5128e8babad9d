import TrialAnalysis

/// The effect with its intervals, against zero and the threshold of relevance.
struct EffectFigure {
  /// One line of the figure.
  struct Row {
    let label: String
    let value: Double
    let lower: Double?
    let upper: Double?
    let style: String
  }

  private let result: TrialResult
  private let rows: [Row]

  init(_ result: TrialResult) {
    self.result = result
    var rows: [Row] = []
    if let test = result.primary.test {
      rows.append(
        Row(
          label: "Randomization test, \(ShownNumber.percent(test.interval.level)) interval",
          value: test.estimate, lower: test.interval.lower, upper: test.interval.upper,
          style: "main"))
    }
    if let bayes = result.primary.bayes {
      rows.append(
        Row(
          label: "Bayesian model, \(ShownNumber.percent(result.level)) interval",
          value: bayes.mean, lower: bayes.lower, upper: bayes.upper, style: "second"))
    }
    for other in result.sensitivity {
      guard let test = other.test else { continue }
      rows.append(
        Row(
          label: other.set, value: test.estimate, lower: test.interval.lower,
          upper: test.interval.upper, style: "second"))
    }
    self.rows = rows
  }

  /// The figure, unless nothing could be estimated.
  var figure: Figure? {
    guard !rows.isEmpty else { return nil }
    let arms = result.primary.arms.map(\.arm)
    let unit = result.primary.unit.map { " (\($0))" } ?? ""
    let allowing = result.adjustment.map { "; in the test after allowing for \($0)" } ?? ""
    let said = rows.map { row in
      "\(row.label): \(ShownNumber.text(row.value)), from "
        + "\(row.lower.map { ShownNumber.text($0) } ?? "no lower bound") to "
        + "\(row.upper.map { ShownNumber.text($0) } ?? "no upper bound")"
    }
    let band = result.relevance.map {
      " The shaded band holds differences below \(ShownNumber.text($0.magnitude)), too small to "
        + "matter by the plan."
    }
    return Figure(
      id: "effect", title: "The effect, with its interval",
      description: said.joined(separator: ". ") + ".\(band ?? "")",
      caption:
        "The difference in \(result.primary.name)\(unit), \(arms[1]) minus \(arms[0])\(allowing). Marks are "
        + "estimates, bars are intervals; an arrow means that the side is not bounded.\(band ?? "")",
      draw: draw)
  }

  private func draw(_ width: Double) -> SVGCanvas {
    var canvas = SVGCanvas(width: width, height: 58 + Double(rows.count) * 46)
    let bottom = canvas.height - 40
    let known = rows.flatMap { [$0.value, $0.lower ?? $0.value, $0.upper ?? $0.value] }
    let threshold = result.relevance?.magnitude ?? 0
    let x = LinearScale(
      over: known + [0, threshold * 1.1, -threshold * 1.1], from: 14, to: width - 14, margin: 0.1)
    if threshold > 0 {
      let left = x.place(-threshold)
      canvas.rect(left, 8, x.place(threshold) - left, bottom - 8, "irrelevant")
    }
    canvas.line(x.place(0), 8, x.place(0), bottom, "zero")
    canvas.line(14, bottom, width - 14, bottom, "axis")
    for tick in x.ticks(width > 500 ? 9 : 5) {
      canvas.line(x.place(tick), bottom, x.place(tick), bottom + 4, "axis")
      canvas.text(ShownNumber.text(tick), x.place(tick), bottom + 18, "tick", anchor: .middle)
    }
    canvas.text("difference", width - 14, bottom + 34, "label", anchor: .end)
    for (place, row) in rows.enumerated() {
      let y = 46 + Double(place) * 46
      canvas.text(shortened(row.label, to: width > 500 ? 90 : 50), 16, y - 16, "label halo")
      drawBar(&canvas, row, x, y)
    }
    return canvas
  }

  private func drawBar(_ canvas: inout SVGCanvas, _ row: Row, _ x: LinearScale, _ y: Double) {
    let left = row.lower.map(x.place) ?? x.start
    let right = row.upper.map(x.place) ?? x.end
    canvas.line(left, y, right, y, "bar \(row.style)")
    for (place, isOpen, turn) in [(left, row.lower == nil, 1.0), (right, row.upper == nil, -1.0)] {
      if isOpen {
        canvas.path(
          [(place + 8 * turn, y - 5), (place, y), (place + 8 * turn, y + 5)], closed: false,
          "end \(row.style)")
      } else {
        canvas.line(place, y - 5, place, y + 5, "end \(row.style)")
      }
    }
    canvas.circle(x.place(row.value), y, 5.5, "dot \(row.style)")
  }
}
