import TrialAnalysis

/// Estimates with their intervals, one row each, against zero and the threshold of relevance.
struct ForestDrawing {
  /// One row.
  struct Row {
    let label: String
    /// The estimate; `nil` where none could be computed.
    let value: Double?
    let lower: Double?
    let upper: Double?
    /// The classes of bar and mark, such as `main` or `second`.
    let style: String

    /// "label: 0.5, from −0.1 to 1.1".
    var said: String {
      guard let value else { return "\(label): not computed" }
      return "\(label): \(ShownNumber.text(value)), from "
        + "\(lower.map { ShownNumber.text($0) } ?? "no lower bound") to "
        + "\(upper.map { ShownNumber.text($0) } ?? "no upper bound")"
    }
  }

  let rows: [Row]
  /// The smallest difference that matters; `nil` draws no band.
  let threshold: Double?
  /// What the axis shows.
  var axis = "difference"

  /// All rows, in words.
  var said: String { rows.map(\.said).joined(separator: ". ") + "." }

  /// The sentence about the band, with a space before it.
  var bandInWords: String {
    threshold.map {
      " The shaded band holds differences below \(ShownNumber.text($0.magnitude)), too small to "
        + "matter by the plan."
    } ?? ""
  }

  func draw(_ width: Double) -> SVGCanvas {
    let pitch = 46 + (ForestDrawing.isWide(width) ? 0 : 15 * Double(mostLines(width) - 1))
    var canvas = SVGCanvas(width: width, height: 58 + Double(rows.count) * pitch)
    let bottom = canvas.height - 40
    let known = rows.flatMap { row in
      row.value.map { [$0, row.lower ?? $0, row.upper ?? $0] } ?? []
    }
    let band = threshold?.magnitude ?? 0
    let x = LinearScale(
      over: known + [0, band * 1.1, -band * 1.1], from: 14, to: width - 14, margin: 0.1)
    if band > 0 {
      let left = x.place(-band)
      canvas.rect(left, 8, x.place(band) - left, bottom - 8, "irrelevant")
    }
    drawAxis(&canvas, x, bottom: bottom)
    for (place, row) in rows.enumerated() {
      drawRow(&canvas, row, x, Double(place + 1) * pitch, width)
    }
    return canvas
  }

  /// The line of no effect, and the axis below.
  func drawAxis(_ canvas: inout SVGCanvas, _ x: LinearScale, bottom: Double) {
    canvas.line(x.place(0), 8, x.place(0), bottom, "zero")
    canvas.line(x.start, bottom, x.end, bottom, "axis")
    for tick in x.ticks(canvas.width > 500 ? 9 : 5) {
      canvas.line(x.place(tick), bottom, x.place(tick), bottom + 4, "axis")
      canvas.text(ShownNumber.text(tick), x.place(tick), bottom + 18, "tick", anchor: .middle)
    }
    canvas.text(axis, x.end, bottom + 34, "label", anchor: .end)
  }

  /// Label and bar of one row.
  func drawRow(
    _ canvas: inout SVGCanvas, _ row: Row, _ x: LinearScale, _ y: Double, _ width: Double
  ) {
    let lines = ForestDrawing.lines(row.label, width)
    for (place, line) in lines.enumerated() {
      canvas.text(line, 16, y - 16 - 15 * Double(lines.count - 1 - place), "label halo")
    }
    drawBar(&canvas, row, x, y)
  }

  private static func isWide(_ width: Double) -> Bool { width > 500 }

  private func mostLines(_ width: Double) -> Int {
    rows.map { ForestDrawing.lines($0.label, width).count }.max() ?? 1
  }

  /// The label in one line; on a phone in two where it is longer, cut only beyond that.
  private static func lines(_ label: String, _ width: Double) -> [String] {
    if isWide(width) { return [shortened(label, to: 90)] }
    guard label.count > 50 else { return [label] }
    let head = label.prefix(50)
    guard let space = head.lastIndex(of: " ") else { return [shortened(label, to: 50)] }
    return [String(label[..<space]), shortened(String(label[space...].dropFirst()), to: 50)]
  }

  private func drawBar(_ canvas: inout SVGCanvas, _ row: Row, _ x: LinearScale, _ y: Double) {
    guard let value = row.value else {
      canvas.text("not computed", 16, y + 4, "tick halo")
      return
    }
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
    canvas.circle(x.place(value), y, 5.5, "dot \(row.style)")
  }
}
