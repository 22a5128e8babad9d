import TrialAnalysis

/// The difference of the means of every block, in the order of the blocks.
struct PairedFigure {
  private let result: TrialResult
  private let lines: [BlockLine]
  private let differences: [Double]

  /// `nil` with more than two arms, or where fewer than two blocks were rated under both.
  init?(_ result: TrialResult) {
    lines = result.blocks.filter { $0.difference != nil }
    differences = lines.compactMap(\.difference)
    guard differences.count > 1 else { return nil }
    self.result = result
  }

  var figure: Figure {
    let word = result.blockWord
    let above = differences.count { $0 > 0 }
    let below = differences.count { $0 < 0 }
    let counts =
      "\(above) above zero, \(below) below"
      + (above + below < differences.count ? ", \(differences.count - above - below) at zero" : "")
    let listed = lines.prefix(40).map {
      "\($0.number): \(ShownNumber.text($0.difference ?? 0))"
    }.joined(separator: ", ")
    return Figure(
      id: "paired", title: "Differences within \(word.plural)",
      description: "\(result.arms[1]) minus \(result.arms[0]), \(word.title.lowercased()) by "
        + "\(word.title.lowercased()): \(listed)\(lines.count > 40 ? ", …" : ""). \(counts).",
      caption:
        "The difference in \(result.primary.name), \(result.arms[1]) minus \(result.arms[0]), of "
        + "the means within each of \(lines.count) \(word.plural) that were rated under both; "
        + "\(counts)."
        + (result.relevance == nil
          ? "" : " The shaded band holds differences too small to matter by the plan."),
      draw: draw)
  }

  private func draw(_ width: Double) -> SVGCanvas {
    var canvas = SVGCanvas(width: width, height: width > 500 ? 230 : 200)
    let bottom = canvas.height - 44
    let band = result.relevance?.magnitude ?? 0
    let y = LinearScale(over: differences + [0, band, -band], from: bottom, to: 12)
    let first = Double(lines.first?.number ?? 1)
    let last = Double(lines.last?.number ?? 1)
    let x = LinearScale(lower: first - 0.6, upper: last + 0.6, from: 44, to: width - 8)
    if band > 0 {
      canvas.rect(44, y.place(band), width - 52, y.place(-band) - y.place(band), "irrelevant")
    }
    for tick in y.ticks(5) {
      canvas.line(44, y.place(tick), width - 8, y.place(tick), tick == 0 ? "zero" : "grid")
      canvas.text(ShownNumber.text(tick), 38, y.place(tick) + 4, "tick", anchor: .end)
    }
    canvas.line(44, bottom, width - 8, bottom, "axis")
    for tick in x.ticks(width > 500 ? 14 : 7, whole: true) where tick >= 1 {
      canvas.text(ShownNumber.text(tick), x.place(tick), bottom + 17, "tick", anchor: .middle)
    }
    canvas.text(
      result.blockWord.title.lowercased(), width - 8, bottom + 36, "label", anchor: .end)
    for line in lines {
      guard let difference = line.difference else { continue }
      let place = x.place(Double(line.number))
      canvas.line(place, y.place(0), place, y.place(difference), "stem")
      canvas.circle(place, y.place(difference), lines.count > 60 ? 2.6 : 4.6, "dot main")
    }
    return canvas
  }
}
