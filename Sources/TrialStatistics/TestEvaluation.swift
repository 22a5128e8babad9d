/// Which breakpoints of the assignments are looked at; all are positions on the axis of effects.
enum BreakpointSide {
  /// From which effect on an assignment is at least as large; minus infinity for always.
  case from
  /// The negative of the effect up to which it is at most as large.
  case upTo
  /// From which effect on it is at least as far from 0.
  case lower
  /// The negative of the effect up to which it is at least as far from 0.
  case upper
}

/// What a randomization test asks of a joint distribution, however that is held.
protocol TestEvaluation {
  associatedtype Count: PathWeight
  /// All assignments, those without a statistic, and those as extreme as the observed one.
  var total: Count { get }
  var undefined: Count { get }
  var greater: Count { get }
  var less: Count { get }
  var ties: Count { get }
  var absolute: Count { get }
  /// The sum of both one-sided counts, wherever they are equal.
  var balance: Count { get }
  /// The observed statistic in units of the outcome.
  var estimate: Double { get }
  /// The randomization distribution at effect 0.
  var distribution: [(value: Double, probability: Double)] { get }

  /// Whether the distribution of statistic and overlap is its own mirror image, with a statistic for
  /// every assignment: then both intervals are the same.
  var isMirrored: Bool { get }

  /// The smallest breakpoint such that the counts at or below it exceed `limit`.
  mutating func smallest(_ side: BreakpointSide, exceeding limit: Count) -> Double?
}

extension TestEvaluation {
  var isMirrored: Bool { false }

  /// The share of `count` in all assignments.
  func share(_ count: Count) -> Double { count.approximation / total.approximation }

  /// The equal-tailed interval.
  mutating func interval(_ level: Double, _ outside: SignificanceLevel) -> Interval {
    let limit = Count.share(outside.numerator, 2 * outside.denominator, of: total)
    return Interval(
      level: level, lower: bound(smallest(.from, exceeding: limit)),
      upper: bound(smallest(.upTo, exceeding: limit)).map { 0 - $0 })
  }

  /// The interval by inversion of the absolute test.
  mutating func intervalAbsolute(_ level: Double, _ outside: SignificanceLevel) -> Interval {
    let limit = Count.share(outside.numerator, outside.denominator, of: total)
    return Interval(
      level: level, lower: bound(smallest(.lower, exceeding: limit)),
      upper: bound(smallest(.upper, exceeding: limit)).map { 0 - $0 })
  }

  /// The middle of the effects at which both one-sided p-values are equal.
  mutating func hodgesLehmann() -> Double? {
    let limit = Count.belowHalf(of: balance)
    guard let low = bound(smallest(.from, exceeding: limit)),
      let high = bound(smallest(.upTo, exceeding: limit))
    else { return nil }
    return (low - high) / 2
  }

  private func bound(_ effect: Double?) -> Double? {
    effect.flatMap { $0.isFinite ? $0 + 0 : nil }
  }
}
