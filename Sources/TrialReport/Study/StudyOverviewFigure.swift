import GroupStudy
import TrialAnalysis

/// All outcomes in one picture: the effect without and with the guess, in standard deviations.
struct StudyOverviewFigure {
  /// One outcome with its two rows.
  private struct Pair {
    let name: String
    let without: ForestDrawing.Row
    let with: ForestDrawing.Row?
  }

  private let result: StudyResult
  private let pairs: [Pair]

  init(_ result: StudyResult) {
    self.result = result
    pairs = result.outcomes.compactMap { outcome in
      guard let size = outcome.withoutGuess.standardDeviation, size > 0,
        let without = outcome.withoutGuess.effect
      else { return nil }
      func row(_ label: String, _ contrast: StudyContrast, _ style: String) -> ForestDrawing.Row {
        ForestDrawing.Row(
          label: "\(outcome.name) \(label)", value: contrast.estimate / size,
          lower: contrast.lower / size, upper: contrast.upper / size, style: style)
      }
      return Pair(
        name: outcome.name, without: row("without the guess", without, "main of1"),
        with: outcome.withGuess?.effect.map { row("with the guess", $0, "second") })
    }
  }

  /// `nil` with one outcome, which has a picture of its own.
  var figure: Figure? {
    guard pairs.count > 1 else { return nil }
    let rows = pairs.flatMap { [$0.without, $0.with].compactMap { $0 } }
    return Figure(
      id: "overview", title: "Every outcome, without and with the guess",
      description: rows.map(\.said).joined(separator: ". ") + ".",
      caption: "\(result.arms[1]) minus \(result.arms[0]) over the standard deviation of the "
        + "outcome (between and within people together), with "
        + "\(ShownNumber.percent(result.level)) intervals. Coloured: without the guess; grey: among "
        + "rows about which the same was guessed.", draw: draw)
  }

  private func draw(_ width: Double) -> SVGCanvas {
    let isWide = width > 500
    let step = isWide ? 38.0 : 54.0
    var canvas = SVGCanvas(width: width, height: 58 + Double(pairs.count) * step)
    let bottom = canvas.height - 40
    let rows = pairs.flatMap { [$0.without, $0.with].compactMap { $0 } }
    let x = LinearScale(
      over: rows.flatMap { [$0.lower ?? 0, $0.upper ?? 0] } + [0], from: isWide ? 140 : 14,
      to: width - 14, margin: 0.06)
    for tick in x.ticks(isWide ? 8 : 5) {
      canvas.line(x.place(tick), 8, x.place(tick), bottom, tick == 0 ? "zero" : "grid")
      canvas.text(ShownNumber.text(tick), x.place(tick), bottom + 18, "tick", anchor: .middle)
    }
    canvas.line(x.start, bottom, width - 14, bottom, "axis")
    canvas.text(
      "difference in standard deviations", width - 14, bottom + 34, "label", anchor: .end)
    for (place, pair) in pairs.enumerated() {
      let top = 12 + Double(place) * step
      let y = isWide ? top + 8 : top + 26
      if isWide {
        canvas.text(shortened(pair.name, to: 18), x.start - 12, y + 11, "label", anchor: .end)
      } else {
        canvas.text(shortened(pair.name, to: 40), 16, top + 12, "label halo")
      }
      bar(&canvas, pair.without, x, y)
      if let with = pair.with { bar(&canvas, with, x, y + 14) }
    }
    return canvas
  }

  private func bar(
    _ canvas: inout SVGCanvas, _ row: ForestDrawing.Row, _ x: LinearScale, _ y: Double
  ) {
    let (left, right) = (x.place(row.lower ?? 0), x.place(row.upper ?? 0))
    canvas.line(left, y, right, y, "bar \(row.style)")
    for end in [left, right] { canvas.line(end, y - 4, end, y + 4, "end \(row.style)") }
    canvas.circle(x.place(row.value ?? 0), y, 4.5, "dot \(row.style)")
  }
}
