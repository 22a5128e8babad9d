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

  /// The arms in the order of the lanes: the reference last.
  private var lanes: [Int] {
    result.arms.indices.filter { arm in guesses.arms.contains { $0.arm == result.arms[arm] } }
      .reversed()
  }

  /// What was guessed about.
  private var side: String { result.arms.count == 2 ? result.arms[1] : "not \(result.arms[0])" }

  var figure: Figure {
    func said(_ arm: GuessResult.ArmGuesses) -> String {
      "\(arm.arm): \(arm.right) right, \(arm.wrong) wrong, \(arm.unknown) don't know"
    }
    return Figure(
      id: "guesses", title: "Guesses against arms",
      description: guesses.arms.reversed().map(said).joined(separator: ". ") + ".",
      caption:
        "One mark for each guess made blind: the stated probability of \(side), in the lane of "
        + "the arm it truly was. With a blind that holds, "
        + (lanes.count == 2 ? "both lanes look alike." : "all lanes look alike."),
      draw: draw)
  }

  private func draw(_ width: Double) -> SVGCanvas {
    let stacks = lanes.map { stack($0) }
    let tallest = max(1, stacks.flatMap(\.values).max() ?? 1)
    let step = max(3.2, min(9, 96 / Double(tallest)))
    let lane = max(54, Double(tallest) * step + 26)
    let reach = lane * Double(lanes.count)
    var canvas = SVGCanvas(width: width, height: reach + 52)
    let known = stacks.contains { $0[-1] != nil }
    let x = LinearScale(lower: 0, upper: 1, from: known ? 116 : 22, to: width - 22)
    let bottom = reach + 10
    canvas.line(x.place(0.5), 8, x.place(0.5), bottom, "zero")
    for (place, arm) in lanes.enumerated() {
      let floor = Double(place + 1) * lane + 6
      canvas.line(14, floor, width - 14, floor, place == lanes.count - 1 ? "axis" : "grid")
      canvas.text(shortened(result.arms[arm], to: 24), 16, floor - lane + 18, "label halo")
      for (bin, count) in stacks[place].sorted(by: { $0.key < $1.key }) {
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
  private func stack(_ arm: Int) -> [Int: Int] {
    var stack: [Int: Int] = [:]
    for slot in result.slots where slot.arm == arm {
      switch slot.blindGuess {
      case .none: break
      case .unknown: stack[-1, default: 0] += 1
      case .probability(let p): stack[Int((p * 20).rounded()), default: 0] += 1
      }
    }
    return stack
  }
}
