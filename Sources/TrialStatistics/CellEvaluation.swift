/// The answers of a randomization test, from the cells of its joint distribution.
///
/// With a = numerator / weight and b = overlap / weight, an assignment is at least as extreme as
/// the observed one at effect τ when a − τb ≥ a° − τ. All comparisons at effect 0 are made between
/// integers. For b < 1 the assignment crosses at r = (a° − a) / (1 − b), so the limits of the
/// intervals are order statistics of r (Rosenbaum 2002; formulas for the absolute test: each
/// assignment is extreme between (a° − a) / (1 − b) and (a° + a) / (1 + b)).
struct CellEvaluation<Count: PathWeight> {
  let cells: Cells<Count>
  let observed: (numerator: Int64, overlap: Int64, weight: Int64)
  /// What an integer of the outcome is worth.
  let unit: Double
  /// Ten to the power of the decimals, or 1.
  let divisor: Double
  private(set) var total = Count.zero
  private(set) var undefined = Count.zero
  private(set) var greater = Count.zero
  private(set) var less = Count.zero
  private(set) var ties = Count.zero
  private(set) var absolute = Count.zero
  private(set) var balance = Count.zero
  /// The breakpoints of each side.
  private var from: [Breakpoint<Count>] = []
  private var upTo: [Breakpoint<Count>] = []
  private var lower: [Breakpoint<Count>] = []
  private var upper: [Breakpoint<Count>] = []

  init(
    _ cells: Cells<Count>, observed: (numerator: Int64, overlap: Int64, weight: Int64),
    outcome: ExactOutcome
  ) {
    self.cells = cells
    self.observed = observed
    divisor = ExactOutcome.powerOfTen(max(0, outcome.decimals))
    unit = outcome.decimals > 0 ? 1 : outcome.unit
    var largest = observed.numerator.magnitude
    for index in cells.counts.indices {
      largest = max(largest, cells.numerators[index].magnitude, cells.weights[index].magnitude)
    }
    let weight = cells.weights.reduce(observed.weight.magnitude) { max($0, $1.magnitude) }
    let product = largest.multipliedReportingOverflow(by: weight)
    if product.partialValue < 1 << 60, !product.overflow {
      gather(Int64.self)
    } else {
      gather(Int128.self)
    }
  }

  private mutating func gather<Number: FixedWidthInteger & SignedInteger>(_: Number.Type) {
    from.reserveCapacity(cells.counts.count)
    upTo.reserveCapacity(cells.counts.count)
    lower.reserveCapacity(cells.counts.count)
    upper.reserveCapacity(cells.counts.count)
    let target = Number(observed.numerator)
    let scale = Number(observed.weight)
    for index in cells.counts.indices {
      let count = cells.counts[index]
      let weight = Number(cells.weights[index])
      total += count
      guard weight > 0 else {
        undefined += count
        add(count, Crossings())
        continue
      }
      let here = Number(cells.numerators[index]) * scale
      let there = target * weight
      if here >= there { greater += count }
      if here <= there { less += count }
      if here == there { ties += count }
      if here.magnitude >= there.magnitude { absolute += count }
      let overlap = Number(cells.overlaps[index])
      add(
        count,
        Crossings(
          down: there - here, up: there + here, least: scale * (weight - overlap),
          most: scale * (weight + overlap), twice: scale * weight, quotient: quotient))
    }
    greater += undefined
    less += undefined
    absolute += undefined
  }

  private func quotient<Number: FixedWidthInteger & SignedInteger>(
    _ numerator: Number, _ denominator: Number
  ) -> Double {
    Double(numerator) * unit / (Double(denominator) * divisor)
  }

  private mutating func add(_ count: Count, _ crossings: Crossings) {
    balance += count
    if crossings.isAlways { balance += count }
    from.append(Breakpoint(effect: crossings[.from], count: count))
    upTo.append(Breakpoint(effect: crossings[.upTo], count: count))
    lower.append(Breakpoint(effect: crossings[.lower], count: count))
    upper.append(Breakpoint(effect: crossings[.upper], count: count))
  }
}

extension CellEvaluation: TestEvaluation {
  mutating func smallest(_ side: BreakpointSide, exceeding limit: Count) -> Double? {
    switch side {
    case .from: WeightedSelection.smallest(in: &from, exceeding: limit)
    case .upTo: WeightedSelection.smallest(in: &upTo, exceeding: limit)
    case .lower: WeightedSelection.smallest(in: &lower, exceeding: limit)
    case .upper: WeightedSelection.smallest(in: &upper, exceeding: limit)
    }
  }

  var estimate: Double { quotient(observed.numerator, observed.weight) }

  var distribution: [(value: Double, probability: Double)] {
    var points: [(value: Double, probability: Double)] = []
    points.reserveCapacity(cells.counts.count)
    let all = total.approximation
    for index in cells.counts.indices where cells.weights[index] > 0 {
      points.append(
        (
          quotient(cells.numerators[index], cells.weights[index]),
          cells.counts[index].approximation / all
        ))
    }
    return DistributionFigure.gathered(points)
  }
}
