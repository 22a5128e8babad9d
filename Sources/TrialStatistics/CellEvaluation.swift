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
  /// The sum of both one-sided counts, wherever they are equal.
  private var balance = Count.zero
  /// From which effect on an assignment is at least as large; minus infinity for always.
  private var from: [Breakpoint<Count>] = []
  /// The negative of the effect up to which an assignment is at most as large.
  private var upTo: [Breakpoint<Count>] = []
  /// The ends of the effects at which an assignment is at least as far from 0; lower, and negative
  /// upper.
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
        add(count, from: -.infinity, upTo: .infinity, lower: -.infinity, upper: .infinity)
        continue
      }
      let here = Number(cells.numerators[index]) * scale
      let there = target * weight
      if here >= there { greater += count }
      if here <= there { less += count }
      if here == there { ties += count }
      if here.magnitude >= there.magnitude { absolute += count }
      let overlap = Number(cells.overlaps[index])
      place(
        count, down: there - here, up: there + here, least: scale * (weight - overlap),
        most: scale * (weight + overlap), twice: scale * weight)
    }
    greater += undefined
    less += undefined
    absolute += undefined
  }

  /// Files one assignment: `down` and `up` are a° ∓ a, `least` and `most` 1 ∓ b, all times `twice`.
  private mutating func place<Number: FixedWidthInteger & SignedInteger>(
    _ count: Count, down: Number, up: Number, least: Number, most: Number, twice: Number
  ) {
    var from = -Double.infinity
    var upTo = Double.infinity
    if least > 0 {
      from = quotient(down, least)
      upTo = from
    } else {
      if down > 0 { from = .infinity }
      if down < 0 { upTo = -.infinity }
    }
    var low = -Double.infinity
    var high = Double.infinity
    if least > 0, most > 0 {
      let other = quotient(up, most)
      low = min(from, other)
      high = max(from, other)
    } else if least == 0, down != 0 {
      let half = quotient(up, 2 * twice)
      if down < 0 { high = half } else { low = half }
    } else if most == 0, up != 0 {
      let half = quotient(down, 2 * twice)
      if up > 0 { low = half } else { high = half }
    }
    add(count, from: from, upTo: upTo, lower: low, upper: high)
  }

  private func quotient<Number: FixedWidthInteger & SignedInteger>(
    _ numerator: Number, _ denominator: Number
  ) -> Double {
    Double(numerator) * unit / (Double(denominator) * divisor)
  }

  private mutating func add(
    _ count: Count, from: Double, upTo: Double, lower: Double, upper: Double
  ) {
    balance += count
    if from == -.infinity, upTo == .infinity { balance += count }
    self.from.append(Breakpoint(effect: from, count: count))
    self.upTo.append(Breakpoint(effect: -upTo, count: count))
    self.lower.append(Breakpoint(effect: lower, count: count))
    self.upper.append(Breakpoint(effect: -upper, count: count))
  }
}

extension CellEvaluation {
  /// The share of `count` in all assignments.
  func share(_ count: Count) -> Double { count.approximation / total.approximation }

  /// The observed statistic in units of the outcome.
  var estimate: Double { quotient(observed.numerator, observed.weight) }

  /// The equal-tailed interval.
  mutating func interval(_ level: Double, _ outside: SignificanceLevel) -> Interval {
    let limit = Count.share(outside.numerator, 2 * outside.denominator, of: total)
    return Interval(
      level: level, lower: bound(WeightedSelection.smallest(in: &from, exceeding: limit)),
      upper: bound(WeightedSelection.smallest(in: &upTo, exceeding: limit)).map { 0 - $0 })
  }

  /// The interval by inversion of the absolute test.
  mutating func intervalAbsolute(_ level: Double, _ outside: SignificanceLevel) -> Interval {
    let limit = Count.share(outside.numerator, outside.denominator, of: total)
    return Interval(
      level: level, lower: bound(WeightedSelection.smallest(in: &lower, exceeding: limit)),
      upper: bound(WeightedSelection.smallest(in: &upper, exceeding: limit)).map { 0 - $0 })
  }

  /// The middle of the effects at which both one-sided p-values are equal.
  mutating func hodgesLehmann() -> Double? {
    let limit = Count.belowHalf(of: balance)
    guard let low = bound(WeightedSelection.smallest(in: &from, exceeding: limit)),
      let high = bound(WeightedSelection.smallest(in: &upTo, exceeding: limit))
    else { return nil }
    return (low - high) / 2
  }

  private func bound(_ effect: Double?) -> Double? {
    effect.flatMap { $0.isFinite ? $0 + 0 : nil }
  }

  /// The randomization distribution at effect 0.
  func distribution() -> [(value: Double, probability: Double)] {
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
