import TrialAnalysis

/// The stated probabilities, in one lane for each arm.
struct GuessFigure {
  private let result: TrialResult
  private let guesses: GuessResult

  /// `nil` without guesses.
  init?(_ result: TrialResult) {
    guard let guesses = result.guesses else { return nil }
    self.result = result
    self.guesses = guesses
  }

  var figure: Figure {
    let (reference, active) = (guesses.arms[0], guesses.arms[1])
    func said(_ arm: GuessResult.ArmGuesses) -> String {
      "\(arm.arm): \(arm.right) right, \(arm.wrong) wrong, \(arm.unknown) don't know"
    }
    return Figure(
      id: "guesses", title: "Guesses against arms",
      description: "\(said(active)). \(said(reference)).",
      caption:
        "One mark for each guess made blind: the stated probability of \(active.arm), in the lane of "
        + "the arm it truly was. With a blind that holds, both lanes look alike.",
      draw: draw)
  }

  private func draw(_ width: Double) -> SVGCanvas {
    let lanes = [1, 0].map { arm in stacks(arm) }
    let tallest = max(1, lanes.flatMap(\.values).max() ?? 1)
    let step = max(3.2, min(9, 96 / Double(tallest)))
    let lane = max(54, Double(tallest) * step + 26)
    var canvas = SVGCanvas(width: width, height: lane * 2 + 52)
    let known = result.slots.contains { $0.blindGuess == .unknown }
    let x = LinearScale(lower: 0, upper: 1, from: known ? 116 : 22, to: width - 22)
    let bottom = lane * 2 + 10
    canvas.line(x.place(0.5), 8, x.place(0.5), bottom, "zero")
    for (place, arm) in [1, 0].enumerated() {
      let floor = Double(place + 1) * lane + 6
      canvas.line(14, floor, width - 14, floor, place == 1 ? "axis" : "grid")
      canvas.text(
        shortened(result.primary.arms[arm].arm, to: 24), 16, floor - lane + 18, "label halo")
      for (bin, count) in lanes[place].sorted(by: { $0.key < $1.key }) {
        let left = bin < 0 ? 52 : x.place(Double(bin) / 20)
        for level in 0..<count {
          canvas.mark(
            arm: arm, left, floor - 7 - Double(level) * step, min(3.6, step * 0.42))
        }
      }
    }
    for tick in [0, 0.25, 0.5, 0.75, 1] {
      canvas.text(
        ShownNumber.percent(tick), x.place(tick), bottom + 15, "tick", anchor: .middle)
    }
    if known { canvas.text("don't know", 52, bottom + 15, "tick", anchor: .middle) }
    canvas.text(
      "stated probability", width - 14, bottom + 34, "label", anchor: .end)
    return canvas
  }

  /// How many guesses of an arm fall into each twentieth; -1 is "don't know".
  private func stacks(_ arm: Int) -> [Int: Int] {
    var stacks: [Int: Int] = [:]
    for slot in result.slots where slot.arm == arm {
      switch slot.blindGuess {
      case .none: break
      case .unknown: stacks[-1, default: 0] += 1
      case .probability(let p): stacks[Int((p * 20).rounded()), default: 0] += 1
      }
    }
    return stacks
  }
}
