public import TrialAnalysis

/// A comparison of designs as a picture: power against days, one line for each kind.
///
/// As SVG it stands alone; as HTML it has the table and what was assumed with it. No script, no outside
/// request.
public struct PlanningPicture: Sendable {
  private let comparison: DesignComparison
  private let title: String
  private let assumed: [String]

  /// - Parameters:
  ///   - title: the trial's.
  ///   - assumed: what was assumed, line by line.
  public init(_ comparison: DesignComparison, title: String, assumed: [String]) {
    self.comparison = comparison
    self.title = title
    self.assumed = assumed
  }

  /// The drawing as a file of its own.
  public var svg: String {
    let drawing = figure.wide
    let style = "<style>\(ReportStyle.sheet) svg{background:var(--paper)}</style>"
    guard let end = drawing.firstIndex(of: ">") else { return drawing }
    return drawing[...end].replacing(
      "<svg ", with: "<svg xmlns=\"http://www.w3.org/2000/svg\" ", maxReplacements: 1)
      + style + drawing[drawing.index(after: end)...] + "\n"
  }

  /// The page.
  public var html: String {
    let figure = figure
    let rows = comparison.lines.map { line -> String in
      let cells = PlanningPicture.cells(line)
      return "<tr><th scope=\"row\">\(escaped(line.name))</th>"
        + zip(PlanningPicture.columns, cells).map { column, cell in
          "<td data-label=\"\(escaped(column))\">\(escaped(cell))</td>"
        }.joined() + "</tr>"
    }
    let head = (["design"] + PlanningPicture.columns)
      .map { "<th scope=\"col\">\(escaped($0))</th>" }.joined()
    let advice = PlanningPicture.advice(comparison).map { "<p>\(escaped($0))</p>" }.joined()
    let items = assumed.map { "<li>\(escaped($0))</li>" }.joined()
    return """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(escaped(title)): planning</title><style>\(ReportStyle.sheet)</style></head>
      <body><main><header><p class="kind">Planning</p><h1>\(escaped(title))</h1></header>
      <section class="answer">\(advice)</section>
      <figure><h3>\(escaped(figure.title))</h3><div class="wide">\(figure.wide)</div>\
      <div class="narrow">\(figure.narrow)</div><figcaption>\(escaped(figure.caption))</figcaption>\
      </figure>
      <div class="scroll"><table class="fold"><thead><tr>\(head)</tr></thead>
      <tbody>\(rows.joined(separator: "\n"))</tbody></table></div>
      <h2>Assumed</h2><ul>\(items)</ul>
      </main></body></html>

      """
  }

  /// The columns of the table of designs, after its name.
  public static let columns = [
    "shortest", "power", "doses", "hours of yours", "best guesser",
  ]

  /// The cells of one kind in these columns.
  public static func cells(_ line: DesignComparison.Line) -> [String] {
    guard let shortest = line.shortest else {
      let last = line.points.last.map { "\($0.days) days: \(shown($0.power))" } ?? "–"
      return ["not reached", last, "–", "–", "–"]
    }
    return [
      "\(shortest.point.days) days", shown(shortest.point.power),
      ShownNumber.fixed(shortest.doses, decimals: 0),
      ShownNumber.text(shortest.minutes / 60, digits: 2),
      ShownNumber.percent(shortest.bestGuesser),
    ]
  }

  /// What is recommended and why, in sentences; what would be needed where nothing reaches.
  public static func advice(_ comparison: DesignComparison) -> [String] {
    if let (line, reason) = comparison.recommendation, let shortest = line.shortest {
      return ["Recommended: \(line.name), \(shortest.scheme)", "Why: \(reason)."]
    }
    return comparison.shortfall.map(PlainAnswer.capital)
  }

  /// "81 % ± 2".
  public static func shown(_ share: Diagnosand) -> String {
    guard let value = share.value, let error = share.error else { return "–" }
    return ShownNumber.percent(value) + " ± " + ShownNumber.text(100 * error, digits: 2)
  }

  // MARK: The drawing

  private var figure: Figure {
    let found = comparison.lines.map { line in
      "\(line.name): "
        + line.points.map { "\($0.days) days \(PlanningPicture.shown($0.power))" }
        .joined(separator: ", ")
    }
    return Figure(
      id: "planning", title: "Power against days",
      description: found.joined(separator: "; ") + ".",
      caption: "The share of simulated trials that claim an effect, for each kind of design; the "
        + "dashed line is the target. Every point is a simulation with a standard error of at most "
        + "\(ShownNumber.text(50 / Double(comparison.target.simulations).squareRoot(), digits: 2)) %.",
      draw: draw)
  }

  private func draw(_ width: Double) -> SVGCanvas {
    let legend = Double(comparison.lines.count) * 18
    var canvas = SVGCanvas(width: width, height: 290 + legend)
    let bottom = 250.0
    let days = comparison.lines.flatMap(\.points).map { Double($0.days) }
    let x = LinearScale(lower: 0, upper: max(14, days.max() ?? 14), from: 52, to: width - 18)
    let y = LinearScale(lower: 0, upper: 1, from: bottom, to: 32)
    for tick in [0, 0.25, 0.5, 0.75, 1] {
      canvas.line(52, y.place(tick), width - 18, y.place(tick), tick == 0 ? "axis" : "grid")
      canvas.text(ShownNumber.percent(tick), 46, y.place(tick) + 4, "tick", anchor: .end)
    }
    for tick in x.ticks(width > 500 ? 8 : 4, whole: true) {
      canvas.text(
        ShownNumber.text(tick, digits: 4), x.place(tick), bottom + 17, "tick", anchor: .middle)
    }
    canvas.text("days", width - 18, bottom + 34, "label", anchor: .end)
    canvas.text("power: the share of trials that find the effect", 6, 16, "label")
    let target = y.place(comparison.target.power)
    canvas.line(52, target, width - 18, target, "coin")
    for (place, line) in comparison.lines.enumerated() {
      let look = SVGCanvas.look(place)
      let points = line.points.compactMap { point in
        point.power.value.map { (x.place(Double(point.days)), y.place($0)) }
      }
      for (from, to) in zip(points, points.dropFirst()) {
        canvas.line(from.0, from.1, to.0, to.1, "mean arm\(look)")
      }
      for point in points { canvas.mark(arm: place, point.0, point.1, 4) }
      let row = 300 + Double(place) * 18
      canvas.mark(arm: place, 60, row - 4, 4)
      canvas.text(line.name, 74, row, "label")
    }
    return canvas
  }
}
