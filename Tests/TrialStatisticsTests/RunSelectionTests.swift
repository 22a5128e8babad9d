import Testing

@testable import TrialStatistics

/// Order statistics over rows against sorting all of them.
@Suite("Order statistics over rows")
struct RunSelectionTests {
  @Test("the breakpoint is the one that sorting finds")
  func againstSorting() {
    var generator = SamplingGenerator(seed: 5)
    for _ in 0..<300 {
      var cells: [Double] = []
      var runs: [Run<Double>] = []
      var points: [(effect: Double, count: Double)] = []
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let width = Int.random(in: 1...30, using: &generator)
        let counts = (0..<width).map { _ in Double(Int.random(in: 0...4, using: &generator)) }
        let first = Double(Int.random(in: -40...40, using: &generator))
        let step = Double(Int.random(in: 1...3, using: &generator))
        let denominator = Double(Int.random(in: 1...7, using: &generator))
        let isForward = Bool.random(using: &generator)
        var row = Lattice<Double>.Row()
        (row.width, row.start) = (width, cells.count)
        let run = Run<Double>(
          first: first, step: step, unit: 1, denominator: denominator, row: row,
          isForward: isForward, count: width)
        for index in 0..<width {
          let place = isForward ? index : width - 1 - index
          points.append((run.effect(index), counts[place]))
        }
        runs.append(run)
        var sum = 0.0
        for count in counts {
          sum += count
          cells.append(sum)
        }
      }
      let total = points.reduce(0) { $0 + $1.count }
      for limit in [0, total / 40, total / 2, total - 1, total] {
        var sum = 0.0
        let expected = points.sorted { $0.effect < $1.effect }.first { point in
          sum += point.count
          return sum > limit
        }
        var selection = RunSelection(runs, loose: [], exceeding: limit)
        let found = cells.withUnsafeBufferPointer { selection.smallest($0) }
        #expect(found == expected?.effect)
      }
    }
  }
}
