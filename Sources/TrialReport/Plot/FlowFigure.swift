import BlindRecord
import TrialAnalysis

/// The flow of the trial: from the sealed schedule, arm by arm, to what is analysed.
struct FlowFigure {
  private struct Stage {
    let title: String
    let lines: [String]
  }

  private let result: TrialResult
  private let top: Stage
  private let arms: [[Stage]]

  init(_ result: TrialResult) {
    self.result = result
    let isSealed: Bool
    if case .sealed = result.provenance { isSealed = true } else { isSealed = false }
    top = Stage(
      title: isSealed ? "Sealed schedule" : "Declared schedule",
      lines: [counted(result.slots.count, "slot")]
        + (result.blocksAreDesigned ? [counted(result.blocks.count, "block")] : []))
    arms = result.arms.indices.map { arm in
      FlowFigure.stages(result.arms[arm], result.slots.filter { $0.arm == arm }, isSealed)
    }
  }

  private static func stages(_ name: String, _ slots: [SlotLine], _ isSealed: Bool) -> [Stage] {
    let recorded = slots.count {
      $0.status == .recorded || $0.status == .recordedLate || ($0.status == nil && $0.value != nil)
    }
    let ahead = slots.count { !$0.isReached }
    var kept = ["recorded: \(recorded)", "not recorded: \(slots.count - recorded - ahead)"]
    if ahead > 0 { kept.append("not reached: \(ahead)") }
    if isSealed {
      let late = slots.count { $0.status == .recordedLate }
      let other = slots.count { $0.otherKit != nil }
      let broken = slots.count(where: \.codeBroken)
      if late > 0 { kept.append("of these late: \(late)") }
      if other > 0 { kept.append("another kit taken: \(other)") }
      if broken > 0 { kept.append("code broken: \(broken)") }
    }
    let left = slots.count { !$0.kept }
    let empty = slots.count { $0.kept && $0.isReached && $0.value == nil }
    var analysed = ["ratings: \(slots.count(where: \.isAnalysed))"]
    if left > 0 { analysed.append("left out by the design: \(left)") }
    analysed.append("without the outcome: \(empty)")
    return [
      Stage(title: shortened(name, to: 22), lines: ["slots: \(slots.count)"]),
      Stage(title: "Recorded", lines: kept),
      Stage(title: "In the primary analysis", lines: analysed),
    ]
  }

  var figure: Figure {
    let said = zip(result.arms, arms).map { name, stages in
      "\(name): " + stages.map { $0.lines.joined(separator: ", ") }.joined(separator: "; ")
    }
    return Figure(
      id: "flow", title: "The flow of the trial",
      description: "\(top.title): \(top.lines.joined(separator: ", ")). "
        + said.joined(separator: ". ") + ".",
      caption:
        "From the schedule to the analysis, slot by slot counted: one person takes every arm, so "
        + "what flows are slots and not people.",
      draw: draw)
  }

  private func draw(_ width: Double) -> SVGCanvas {
    let perRow = min(arms.count, width > 500 ? 3 : 2)
    let gap = 14.0
    let box = (width - gap * Double(perRow - 1) - 4) / Double(perRow)
    var canvas = SVGCanvas(width: width, height: 100)
    var y = 4.0
    let head = min(300, width - 40)
    y = draw(top, &canvas, (width - head) / 2, y, head)
    for row in stride(from: 0, to: arms.count, by: perRow) {
      let members = arms[row..<min(arms.count, row + perRow)]
      let fork = y + 12
      let start = (width - box * Double(members.count) - gap * Double(members.count - 1)) / 2
      let centres = members.indices.map {
        start + Double($0 - row) * (box + gap) + box / 2
      }
      canvas.line(width / 2, y, width / 2, fork, "flow")
      canvas.line(centres.first ?? 0, fork, centres.last ?? 0, fork, "flow")
      var level = fork
      for stage in 0..<3 {
        let lines = members.map { $0[stage].lines.count }.max() ?? 1
        for (place, stages) in zip(centres, members) {
          arrow(&canvas, place, level, level + 14)
          _ = draw(stages[stage], &canvas, place - box / 2, level + 14, box, lines: lines)
        }
        level += 14 + FlowFigure.height(lines) + (stage < 2 ? 0 : 10)
      }
      y = level
    }
    canvas.height = y
    return canvas
  }

  private static func height(_ lines: Int) -> Double { 28 + Double(lines) * 18 }

  private func draw(
    _ stage: Stage, _ canvas: inout SVGCanvas, _ x: Double, _ y: Double, _ width: Double,
    lines: Int? = nil
  ) -> Double {
    let height = FlowFigure.height(lines ?? stage.lines.count)
    canvas.rect(x + 1, y, width - 2, height, "box", radius: 5)
    canvas.text(stage.title, x + width / 2, y + 19, "label strong", anchor: .middle)
    for (place, line) in stage.lines.enumerated() {
      canvas.text(line, x + width / 2, y + 38 + Double(place) * 18, "label", anchor: .middle)
    }
    return y + height
  }

  private func arrow(_ canvas: inout SVGCanvas, _ x: Double, _ y: Double, _ end: Double) {
    canvas.line(x, y, x, end - 2, "flow")
    canvas.path([(x - 4, end - 6), (x, end - 1), (x + 4, end - 6)], closed: false, "flow open")
  }
}
