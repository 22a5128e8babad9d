import BlindRecord
import TrialAnalysis

/// Adverse events by the arm of the day they began, along the slots.
struct HarmsFigure {
  private let result: TrialResult
  /// The lanes: one for each arm, and one for events before the first slot where there are some.
  private let lanes: [(name: String, arm: Int?, events: [AdverseEventLine])]

  /// `nil` without an event.
  init?(_ result: TrialResult) {
    guard !result.adverseEvents.isEmpty else { return nil }
    self.result = result
    var lanes = result.arms.enumerated().map { place, name in
      (name: name, arm: Int?.some(place), events: result.adverseEvents.filter { $0.arm == name })
    }
    let before = result.adverseEvents.filter { $0.arm == nil }
    if !before.isEmpty { lanes.append((name: "before the first slot", arm: nil, events: before)) }
    self.lanes = lanes
  }

  /// "placebo: 2 (1 mild, 1 severe) over 14 slots", of those that the trial came to.
  private var counts: [String] {
    lanes.map { lane in
      let kinds = AdverseEvent.Severity.allCases.compactMap { severity -> String? in
        let count = lane.events.count { $0.event.severity == severity }
        return count > 0 ? "\(count) \(severity.rawValue)" : nil
      }
      let slots = lane.arm.map { arm in result.slots.count { $0.arm == arm && $0.isReached } }
      return "\(lane.name): \(lane.events.count)"
        + (kinds.isEmpty ? "" : " (\(kinds.joined(separator: ", ")))")
        + (slots.map { " over \(counted($0, "slot"))" } ?? "")
    }
  }

  var figure: Figure {
    Figure(
      id: "harms", title: "Adverse events by arm",
      description: counts.joined(separator: "; ") + ".",
      caption: "Each mark is an event at the slot of its onset, larger where it was more severe; a "
        + "ring around it says serious. \(counts.joined(separator: "; ")).",
      draw: draw)
  }

  private func draw(_ width: Double) -> SVGCanvas {
    let lane = 58.0
    var canvas = SVGCanvas(width: width, height: Double(lanes.count) * lane + 48)
    let bottom = Double(lanes.count) * lane + 6
    let x = LinearScale(
      lower: 0.4, upper: Double(result.slots.count) + 0.6, from: 14, to: width - 14)
    for (place, one) in lanes.enumerated() {
      let floor = Double(place + 1) * lane + 6
      canvas.line(
        14, floor, width - 14, floor, place == lanes.count - 1 ? "axis" : "grid")
      canvas.text(
        "\(shortened(one.name, to: 24)): \(one.events.count)", 16, floor - lane + 18, "label halo")
      var used: [Int: Int] = [:]
      for line in one.events {
        let slot = line.slot ?? 0
        let level = used[slot, default: 0]
        used[slot] = level + 1
        let radius = line.event.severity.radius
        let (left, top) = (x.place(Double(slot)), floor - 13 - Double(level) * 12)
        canvas.mark(arm: one.arm ?? 0, left, top, radius)
        if line.event.serious { canvas.circle(left, top, radius + 4, "ring") }
      }
    }
    for tick in x.ticks(width > 500 ? 14 : 7, whole: true) where tick >= 1 {
      canvas.text(ShownNumber.text(tick), x.place(tick), bottom + 17, "tick", anchor: .middle)
    }
    canvas.text("slot", width - 14, bottom + 36, "label", anchor: .end)
    return canvas
  }
}

extension AdverseEvent.Severity {
  /// The size of its mark.
  fileprivate var radius: Double {
    switch self {
    case .mild: 3.2
    case .moderate: 5
    case .severe: 7
    }
  }
}
