import Foundation

/// Draws what was measured: time against length and against resolution, both axes logarithmic.
struct CostPicture {
  private struct Point {
    let scheme: String
    let place: Double
    let milliseconds: Double
    let isExact: Bool
  }

  /// One of the two parts of the picture.
  private struct Panel {
    let title: String
    let ticks: [(place: Double, label: String)]
    let points: [Point]
    let left: Double
  }

  private static let schemes = ["pairs", "blocks of four", "complete", "longest run 3"]
  /// Told apart by those who see no colours too: each scheme has a mark of its own.
  private static let colours = ["#0b6e8f", "#c2410c", "#15803d", "#7e22ce"]
  /// The number of values that a rating can take.
  private static let resolutions = [
    ("0 to 10", 11.0), ("0 to 100", 101), ("two decimals", 1_001), ("three decimals", 10_001),
  ]
  private static let (top, bottom, wide) = (64.0, 384.0, 380.0)
  private static let (least, most) = (-2.5, 3.0)

  private let panels: [Panel]

  /// - Parameter csv: what `cost` printed.
  init(csv: String) {
    let rows = csv.split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",").map { $0.replacingOccurrences(of: "\"", with: "") } }
      .filter { $0.count == 7 }
    func points(_ group: String, _ place: ([String]) -> Double?) -> [Point] {
      rows.filter { $0[0] == group }.compactMap { row in
        guard let place = place(row), let time = Double(row[5]) else { return nil }
        return Point(
          scheme: row[1], place: place, milliseconds: time, isExact: row[4] == "exact")
      }
    }
    let lengths = points("length") { Double($0[2]) }
    let steps = points("resolution") { row in
      CostPicture.resolutions.first { $0.0 == row[3] }?.1
    }
    panels = [
      Panel(
        title: "slots, rated from 0 to 10",
        ticks: Set(lengths.map(\.place)).sorted().map { ($0, "\(Int($0))") }, points: lengths,
        left: 76),
      Panel(
        title: "values that a rating can take, 56 slots",
        ticks: CostPicture.resolutions.map { ($0.1, "\(Int($0.1))") }, points: steps, left: 516),
    ]
  }

  /// The picture.
  var svg: String {
    let words =
      "Processor time of one exact analysis for four schemes, with both axes logarithmic. "
      + "Left: against the number of slots. Right: against the number of values of a rating. "
      + panels.flatMap(\.points).map {
        "\($0.scheme), \(Int($0.place)): \($0.milliseconds) ms\($0.isExact ? "" : " (drawn)")"
      }.joined(separator: "; ") + "."
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 920 480" role="img" \
      aria-labelledby="title words" font-family="DejaVu Sans, Verdana, sans-serif" font-size="13">
      <title id="title">What an analysis costs</title>
      <desc id="words">\(words)</desc>
      <rect width="920" height="480" fill="#ffffff"/>
      <text x="16" y="28" font-size="16" fill="#1a1a1a">Processor time of p-values, both intervals, \
      estimate and figure</text>
      \(panels.map(panel).joined(separator: "\n"))
      \(legend)
      </svg>

      """
  }

  private func y(_ milliseconds: Double) -> Double {
    let share = (log10(milliseconds) - CostPicture.least) / (CostPicture.most - CostPicture.least)
    return CostPicture.bottom - share * (CostPicture.bottom - CostPicture.top)
  }

  private func panel(_ panel: Panel) -> String {
    let (first, last) = (panel.ticks.first?.place ?? 1, panel.ticks.last?.place ?? 10)
    func x(_ place: Double) -> Double {
      panel.left + 16 + (CostPicture.wide - 32) * log(place / first) / log(last / first)
    }
    var lines: [String] = []
    for (power, label) in [
      (-2.0, "10 µs"), (-1, "0.1 ms"), (0, "1 ms"), (1, "10 ms"), (2, "0.1 s"), (3, "1 s"),
    ] {
      let height = text(y(pow(10, power)))
      lines.append(
        "<path d=\"M\(text(panel.left)) \(height)h\(text(CostPicture.wide))\" stroke=\"#d4d4d4\"/>")
      lines.append(
        "<text x=\"\(text(panel.left - 8))\" y=\"\(height)\" dy=\"4\" text-anchor=\"end\" "
          + "fill=\"#404040\">\(label)</text>")
    }
    for tick in panel.ticks {
      lines.append(
        "<text x=\"\(text(x(tick.place)))\" y=\"\(text(CostPicture.bottom + 20))\" "
          + "text-anchor=\"middle\" fill=\"#404040\">\(tick.label)</text>")
    }
    lines.append(
      "<text x=\"\(text(panel.left + CostPicture.wide / 2))\" y=\"\(text(CostPicture.bottom + 42))\" "
        + "text-anchor=\"middle\" fill=\"#1a1a1a\">\(panel.title)</text>")
    for (index, scheme) in CostPicture.schemes.enumerated() {
      let points = panel.points.filter { $0.scheme == scheme }.sorted { $0.place < $1.place }
      let exact = points.filter(\.isExact)
      let path = exact.map { "\(text(x($0.place))),\(text(y($0.milliseconds)))" }
      lines.append(
        "<polyline points=\"\(path.joined(separator: " "))\" fill=\"none\" stroke-width=\"2\" "
          + "stroke=\"\(CostPicture.colours[index])\"/>")
      for point in points {
        lines.append(
          mark(index, x(point.place), y(point.milliseconds), isFilled: point.isExact))
      }
    }
    return lines.joined(separator: "\n")
  }

  /// A mark of a scheme; hollow where the interval is drawn and not exact.
  private func mark(_ index: Int, _ x: Double, _ y: Double, isFilled: Bool) -> String {
    let colour = CostPicture.colours[index]
    let style = "fill=\"\(isFilled ? colour : "#ffffff")\" stroke=\"\(colour)\" stroke-width=\"2\""
    let (x, y) = (text(x), text(y))
    switch index {
    case 0: return "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"4.5\" \(style)/>"
    case 1: return "<path d=\"M\(x) \(y)m-4.5 -4.5h9v9h-9z\" \(style)/>"
    case 2: return "<path d=\"M\(x) \(y)m0 -5.5l5.5 10h-11z\" \(style)/>"
    default: return "<path d=\"M\(x) \(y)m0 -6l6 6l-6 6l-6 -6z\" \(style)/>"
    }
  }

  private var legend: String {
    let names = CostPicture.schemes.indices.map { index in
      let left = 90 + 160 * Double(index)
      return mark(index, left, 456, isFilled: true)
        + "<text x=\"\(text(left + 12))\" y=\"460\" fill=\"#1a1a1a\">"
        + "\(CostPicture.schemes[index])</text>"
    }
    return names.joined(separator: "\n")
      + "\n<circle cx=\"730\" cy=\"456\" r=\"4.5\" fill=\"#ffffff\" stroke=\"#404040\" "
      + "stroke-width=\"2\"/><text x=\"742\" y=\"460\" fill=\"#1a1a1a\">hollow: drawn</text>"
  }

  private func text(_ value: Double) -> String { String(format: "%.1f", value) }
}
