/// Breakpoints that ascend along one row of a lattice, with their counts cumulated.
struct Run<Count: PathWeight> {
  /// The breakpoint at `index` is (first + index · step) · unit / denominator; all but the last two
  /// are whole numbers below 2⁵³.
  private let first, step, unit, denominator: Double
  /// A breakpoint's index is its effect times `rate` less `offset`, but for rounding.
  private let rate, offset: Double
  /// The row's cells, and whether the run goes through them forwards.
  private let row: Lattice<Count>.Row
  private let isForward: Bool
  /// The breakpoints that are still looked at; those before are known to lie below the answer.
  var low = 0
  var high: Int
  /// The first candidate that is not below the last pivot, and the first one above it.
  private(set) var start = 0
  private(set) var end = 0

  init(
    first: Double, step: Double, unit: Double, denominator: Double, row: Lattice<Count>.Row,
    isForward: Bool, count: Int
  ) {
    (self.first, self.step, self.unit, self.denominator) = (first, step, unit, denominator)
    (self.row, self.isForward, high) = (row, isForward, count)
    let inverse = 1 / step
    rate = denominator / unit * inverse
    offset = first * inverse
  }

  func effect(_ index: Int) -> Double {
    (first + Double(index) * step) * unit / denominator
  }

  /// Finds the candidates from `value` on, and those above it.
  mutating func divide(at value: Double) {
    let scaled = value * rate
    let guess = scaled - offset
    start = Int(min(max(guess, Double(low)), Double(high)))
    let rest = guess - Double(start)
    // Far enough from a breakpoint rounding cannot matter; else the breakpoints are looked at.
    let rounding = (scaled.magnitude + offset.magnitude) * 0x1p-50
    if start < high, rest > rounding, rest < 1 - rounding {
      start += 1
      end = start
      return
    }
    while start > low, effect(start - 1) >= value { start -= 1 }
    while start < high, effect(start) < value { start += 1 }
    end = start
    while end < high, effect(end) == value { end += 1 }
  }

  /// The assignments at the first `length` breakpoints.
  func count(_ length: Int, _ cumulated: UnsafeBufferPointer<Count>) -> Count {
    guard length > 0 else { return .zero }
    if isForward { return cumulated[row.start + length - 1] }
    let end = cumulated[row.start + row.width - 1]
    return length == row.width ? end : end - cumulated[row.start + row.width - 1 - length]
  }
}

/// Order statistics of the breakpoints of many rows: sorted lists that are never merged.
///
/// A breakpoint is chosen as pivot; in each row the breakpoints below it are found by dividing, and
/// their number by the cumulated counts. So a round costs as much as there are rows, whatever their
/// length, and the candidates fall by about a half.
struct RunSelection<Count: PathWeight> {
  private var runs: [Run<Count>]
  private var loose: [Breakpoint<Count>]
  /// The assignments at breakpoints that are known to lie below the answer and are in no run.
  private var below = Count.zero
  private let limit: Count

  /// So few candidates are sorted.
  private static var few: Int { 24 }

  init(_ runs: [Run<Count>], loose: [Breakpoint<Count>], exceeding limit: Count) {
    self.runs = runs
    self.loose = loose
    self.limit = limit
  }

  /// The smallest breakpoint such that the counts at or below it exceed the limit.
  mutating func smallest(_ cumulated: UnsafeBufferPointer<Count>) -> Double? {
    while true {
      let candidates = dropSettled(cumulated)
      if candidates + loose.count <= RunSelection.few { return last(cumulated) }
      let pivot = pivot(candidates)
      var less = below
      var through = below
      for index in runs.indices {
        runs[index].divide(at: pivot)
        let run = runs[index]
        let count = run.count(run.start, cumulated)
        less += count
        through += run.end == run.start ? count : run.count(run.end, cumulated)
      }
      for point in loose where point.effect <= pivot {
        if point.effect < pivot { less += point.count }
        through += point.count
      }
      if less > limit {
        for index in runs.indices { runs[index].high = runs[index].start }
        loose.removeAll { $0.effect >= pivot }
      } else if through > limit {
        return pivot
      } else {
        for index in runs.indices { runs[index].low = runs[index].end }
        for point in loose where point.effect <= pivot { below += point.count }
        loose.removeAll { $0.effect <= pivot }
      }
    }
  }

  /// Takes out the runs without candidates, and says how many candidates the others have.
  private mutating func dropSettled(_ cumulated: UnsafeBufferPointer<Count>) -> Int {
    var candidates = 0
    var kept = 0
    for index in runs.indices {
      let run = runs[index]
      if run.low == run.high {
        below += run.count(run.low, cumulated)
      } else {
        candidates += run.high - run.low
        runs[kept] = run
        kept += 1
      }
    }
    runs.removeLast(runs.count - kept)
    return candidates
  }

  /// The middle of the row in the middle of the candidates.
  private func pivot(_ candidates: Int) -> Double {
    var rest = candidates / 2
    for run in runs {
      rest -= run.high - run.low
      if rest < 0 { return run.effect(run.low + (run.high - run.low) / 2) }
    }
    return loose.isEmpty ? .infinity : loose[loose.count / 2].effect
  }

  private func last(_ cumulated: UnsafeBufferPointer<Count>) -> Double? {
    var points = loose
    var sum = below
    for run in runs {
      var before = run.count(run.low, cumulated)
      sum += before
      for index in run.low..<run.high {
        let count = run.count(index + 1, cumulated)
        points.append(Breakpoint(effect: run.effect(index), count: count - before))
        before = count
      }
    }
    points.sort { $0.effect < $1.effect }
    for point in points {
      sum += point.count
      if sum > limit { return point.effect }
    }
    return nil
  }
}
