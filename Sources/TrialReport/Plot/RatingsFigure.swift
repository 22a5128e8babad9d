import BlindRecord
import TrialAnalysis

/// Every rating by slot, with blocks and missing slots.
struct RatingsFigure {
  private let result: TrialResult
  private let values: [Double]

  init(_ result: TrialResult) {
    self.result = result
    values = result.slots.compactMap(\.value)
  }

  var figure: Figure {
    let arms = result.primary.arms
    let parts = arms.map {
      "\($0.arm): \(counted($0.count, "rating"))"
        + ($0.mean.map { ", mean \(ShownNumber.text($0))" } ?? "")
    }
    let missing = result.slots.count { $0.value == nil && $0.isReached }
    let ahead = result.notReached == 0 ? "" : ", \(result.notReached) not reached"
    let dropped = result.slots.contains { !$0.kept }
    return Figure(
      id: "ratings", title: "Ratings by slot",
      description: "\(result.primary.name) over \(result.slots.count) slots. "
        + parts.joined(separator: "; ") + ". \(missing) missing\(ahead).",
      caption: "Each rating of \(result.primary.name), in the order of the slots. Lines are the "
        + "means of the arms; bands are \(result.blockWord.plural); "
        + "crosses below are slots without a rating."
        + (dropped ? " Pale marks are washout slots, outside the endpoint." : ""),
      draw: draw)
  }

  private func draw(_ width: Double) -> SVGCanvas {
    let wide = width > 500
    let head = 20 + (legend(wide).last?.y ?? 14)
    var canvas = SVGCanvas(width: width, height: (wide ? 266 : 226) + head)
    let bottom = canvas.height - 46
    let y = LinearScale(over: values, from: bottom - 22, to: head + 6)
    let x = LinearScale(
      lower: 0.4, upper: Double(result.slots.count) + 0.6, from: 40, to: width - 8)
    for (place, block) in result.blocks.enumerated() where place % 2 == 1 {
      let left = x.place(Double(block.first) - 0.5)
      canvas.rect(left, head, x.place(Double(block.last) + 0.5) - left, bottom - head, "band")
    }
    for tick in y.ticks(5) {
      canvas.line(40, y.place(tick), width - 8, y.place(tick), "grid")
      canvas.text(ShownNumber.text(tick), 34, y.place(tick) + 4, "tick", anchor: .end)
    }
    canvas.line(40, bottom, width - 8, bottom, "axis")
    for tick in x.ticks(wide ? 14 : 7, whole: true) where tick >= 1 {
      canvas.text(ShownNumber.text(tick), x.place(tick), bottom + 17, "tick", anchor: .middle)
    }
    canvas.text("slot", width - 8, bottom + 36, "label", anchor: .end)
    drawMeans(&canvas, x, y)
    let radius = max(2.2, min(4.6, (x.place(2) - x.place(1)) * 0.36))
    for slot in result.slots {
      let place = x.place(Double(slot.slot))
      if let value = slot.value {
        canvas.mark(arm: slot.arm, place, y.place(value), radius, slot.kept ? "" : "pale")
      } else if slot.isReached {
        canvas.cross(place, bottom - 9, 3, "missing")
      }
    }
    drawLegend(&canvas, wide)
    return canvas
  }

  private func drawMeans(_ canvas: inout SVGCanvas, _ x: LinearScale, _ y: LinearScale) {
    for (arm, summary) in result.primary.arms.enumerated() {
      guard let mean = summary.mean else { continue }
      canvas.line(x.start, y.place(mean), x.end, y.place(mean), "mean arm\(SVGCanvas.look(arm))")
    }
  }

  private func drawLegend(_ canvas: inout SVGCanvas, _ wide: Bool) {
    let places = legend(wide)
    for (arm, summary) in result.primary.arms.enumerated() {
      let (x, y) = places[arm]
      canvas.mark(arm: arm, x, y, 4.4)
      canvas.text(shortened(summary.arm, to: wide ? 28 : 18), x + 11, y + 4.5, "label")
    }
  }

  /// Where the arms stand above the drawing: two in a row on a phone.
  private func legend(_ wide: Bool) -> [(x: Double, y: Double)] {
    let perRow = wide ? 3 : 2
    let step = wide ? 220.0 : (Figure.widths.narrow - 48) / 2
    return result.primary.arms.indices.map {
      (46 + Double($0 % perRow) * step, 14 + Double($0 / perRow) * 18)
    }
  }
}
