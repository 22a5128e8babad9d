import TrialAnalysis

/// The effects of many trials and their mean, as a figure.
///
/// Up to sixty trials have a row with a name each; more of them lie side by side from the least to the
/// largest, and of very many every so many-th is drawn.
package struct SeriesForest: Sendable {
  /// One effect with its interval.
  package struct Row: Sendable {
    let label: String
    let value: Double
    let lower: Double?
    let upper: Double?

    /// A row.
    package init(label: String, value: Double, lower: Double?, upper: Double?) {
      self.label = label
      self.value = value
      self.lower = lower
      self.upper = upper
    }
  }

  private static let mostNamed = 60
  private static let mostDrawn = 300

  private let trials: [Row]
  private let pooled: [Row]
  private let axis: String

  /// - Parameters:
  ///   - trials: one row for each.
  ///   - pooled: the mean and what follows from it, drawn below them.
  ///   - axis: what the axis shows.
  package init(trials: [Row], pooled: [Row], axis: String) {
    self.trials = trials
    self.pooled = pooled
    self.axis = axis
  }

  var figure: Figure {
    let sorted = trials.sorted { ($0.value, $0.label) < ($1.value, $1.label) }
    let named = trials.count <= SeriesForest.mostNamed
    let shown = named ? trials : SeriesForest.thinned(sorted)
    let means = pooled.map { row(style: "main of1", $0) }
    let forest = ForestDrawing(
      rows: (named ? shown.map { row(style: "second", $0) } : []) + means, threshold: nil,
      axis: axis)
    let left = trials.count - shown.count
    let how =
      named
      ? ""
      : " The trials lie side by side above, from the least effect to the largest"
        + (left > 0
          ? "; of \(trials.count) of them \(shown.count) at equal steps are drawn." : ".")
    return Figure(
      id: "forest", title: "Every trial, and all together",
      description: named ? forest.said : forest.said + SeriesForest.said(sorted),
      caption: "The effect of each trial with its interval, and below them the mean." + how
    ) { width in
      named ? forest.draw(width) : caterpillar(shown, forest, width)
    }
  }

  private func row(style: String, _ row: Row) -> ForestDrawing.Row {
    ForestDrawing.Row(
      label: row.label, value: row.value, lower: row.lower, upper: row.upper, style: style)
  }

  /// So many at equal steps, the first and the last among them.
  private static func thinned(_ rows: [Row]) -> [Row] {
    guard rows.count > mostDrawn else { return rows }
    return (0..<mostDrawn).map { rows[$0 * (rows.count - 1) / (mostDrawn - 1)] }
  }

  private static func said(_ sorted: [Row]) -> String {
    guard let first = sorted.first, let last = sorted.last else { return "" }
    return " \(sorted.count) trials, from \(ShownNumber.text(first.value)) to "
      + "\(ShownNumber.text(last.value)); half of them lie above "
      + "\(ShownNumber.text(sorted[sorted.count / 2].value))."
  }

  /// The trials as thin lines, and the means as rows below them, over one axis.
  private func caterpillar(
    _ shown: [Row], _ forest: ForestDrawing, _ width: Double
  ) -> SVGCanvas {
    let top = 240.0
    let rows = forest.rows
    var canvas = SVGCanvas(width: width, height: top + 58 + Double(rows.count) * 46)
    let bottom = canvas.height - 40
    let ends = shown.flatMap { [$0.value, $0.lower ?? $0.value, $0.upper ?? $0.value] }
    let known = rows.flatMap { row in
      row.value.map { [$0, row.lower ?? $0, row.upper ?? $0] } ?? []
    }
    let x = LinearScale(over: ends + known + [0], from: 14, to: width - 14, margin: 0.1)
    forest.drawAxis(&canvas, x, bottom: bottom)
    for (place, row) in shown.enumerated() {
      let y = 12 + (top - 24) * Double(place) / Double(max(1, shown.count - 1))
      canvas.line(
        row.lower.map(x.place) ?? x.start, y, row.upper.map(x.place) ?? x.end, y, "grid")
      canvas.circle(x.place(row.value), y, 1.2, "dot second")
    }
    for (place, row) in rows.enumerated() {
      forest.drawRow(&canvas, row, x, top + 46 + Double(place) * 46, width)
    }
    return canvas
  }
}
