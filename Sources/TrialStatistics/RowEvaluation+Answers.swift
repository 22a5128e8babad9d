extension RowEvaluation: TestEvaluation {
  var isMirrored: Bool { isSymmetric && undefined == .zero }

  var estimate: Double { quotient(Double(observed.numerator), Double(observed.weight)) }

  var distribution: [(value: Double, probability: Double)] {
    let all = total.approximation
    return DistributionFigure.gathered(
      points.map { (value: $0.value, probability: $0.count.approximation / all) })
  }

  func smallest(_ side: BreakpointSide, exceeding limit: Count) -> Double? {
    var runs: [Run<Count>] = []
    runs.reserveCapacity(2 * slopes.count)
    for slope in slopes {
      let (width, split) = (slope.row.width, slope.split)
      let last = slope.step * Double(width - 1)
      switch side {
      case .from:
        runs.append(run(slope, slope.down - last, slope.least, width, isForward: false))
      case .upTo:
        runs.append(run(slope, -slope.down, slope.least, width, isForward: true))
      case .lower:
        runs.append(run(slope, slope.up, slope.most, split, isForward: true))
        runs.append(run(slope, slope.down - last, slope.least, width - split, isForward: false))
      case .upper:
        runs.append(run(slope, -slope.down, slope.least, split, isForward: true))
        runs.append(run(slope, -slope.up - last, slope.most, width - split, isForward: false))
      }
    }
    var selection = RunSelection(
      runs, loose: edges.map { Breakpoint(effect: $0.crossings[side], count: $0.count) },
      exceeding: limit)
    return cumulated.withUnsafeBufferPointer { selection.smallest($0) }
  }

  private func run(
    _ slope: Slope, _ first: Double, _ denominator: Double, _ count: Int, isForward: Bool
  ) -> Run<Count> {
    Run(
      first: first, step: slope.step, unit: unit, denominator: denominator * divisor,
      row: slope.row, isForward: isForward != slope.isImage, count: count)
  }
}
