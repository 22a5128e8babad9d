/// A list of statistics with their overlaps: all assignments of a set, or draws from it.
struct LinearSample {
  /// a(z) and b(z) of each assignment that has a statistic.
  private(set) var values: [Double] = []
  private(set) var overlaps: [Double] = []
  /// Those without one: extreme on every side.
  private(set) var undefined = 0.0
  let observed: Double
  let tolerance: Double
  /// The least and the largest effect that is not rejected, `nil` where there is none, and whether
  /// some between them are.
  struct Limits {
    let lower, upper: Double?
    let hasGaps: Bool
  }

  /// Overlaps closer to ±1 than this are ±1.
  private let edge = 1e-12

  init(observed: Double, tolerance: Double) {
    self.observed = observed
    self.tolerance = tolerance
  }

  mutating func append(_ statistic: (value: Double, overlap: Double)) {
    values.append(statistic.value)
    overlaps.append(statistic.overlap)
  }

  mutating func appendUndefined() { undefined += 1 }

  /// All assignments and draws.
  var total: Double { Double(values.count) + undefined }

  /// How many are at least as large as the observed one, at most as large, tied, and at least as far
  /// from 0, at effect 0.
  var counts: (greater: Double, less: Double, ties: Double, absolute: Double) {
    var result = (greater: undefined, less: undefined, ties: 0.0, absolute: undefined)
    for value in values {
      let greater = value >= observed - tolerance
      let less = value <= observed + tolerance
      if greater { result.greater += 1 }
      if less { result.less += 1 }
      if greater, less { result.ties += 1 }
      if value.magnitude >= observed.magnitude - tolerance { result.absolute += 1 }
    }
    return result
  }

  /// The limits at which one-sided p-values come down to `limit` assignments.
  ///
  /// b may leave [−1, 1] here. Then an assignment is extreme on the other side of its crossing, a
  /// one-sided p is not monotone, and effects that are not rejected may lie beyond rejected ones: the
  /// limits are the least and the largest of all that are not.
  func interval(limit: Double) -> Limits {
    var greater = EffectSweep()
    var less = EffectSweep()
    for index in values.indices {
      let distance = observed - values[index]
      let room = 1 - overlaps[index]
      if room.magnitude < edge {
        if distance <= tolerance { greater.addAlways() }
        if distance >= -tolerance { less.addAlways() }
        continue
      }
      greater.add([distance / room], [room < 0, room > 0])
      less.add([distance / room], [room > 0, room < 0])
    }
    greater.addAlways(undefined)
    less.addAlways(undefined)
    let (low, high) = (greater.limits(limit), less.limits(limit))
    return Limits(lower: low.lower, upper: high.upper, hasGaps: low.hasGaps || high.hasGaps)
  }

  /// The limits at which the absolute p-value comes down to `limit` assignments.
  ///
  /// An assignment is extreme where (a − a° + τ(1 − b)) (a + a° − τ(1 + b)) is not negative.
  func intervalAbsolute(limit: Double) -> Limits {
    var sweep = EffectSweep()
    for index in values.indices {
      let (value, overlap) = (values[index], overlaps[index])
      var roots: [Double] = []
      // The sign of the product far below all roots.
      var isPositive = true
      for (constant, slope) in [(value - observed, 1 - overlap), (value + observed, -1 - overlap)] {
        if slope.magnitude >= edge {
          roots.append(-constant / slope)
          if slope > 0 { isPositive.toggle() }
        } else if constant.magnitude <= tolerance {
          // One factor is 0 at every effect.
          roots = []
          isPositive = true
          break
        } else if constant < 0 {
          isPositive.toggle()
        }
      }
      if roots.count == 2, roots[0] > roots[1] { roots.swapAt(0, 1) }
      sweep.add(
        roots, (0...roots.count).map { $0.isMultiple(of: 2) ? isPositive : !isPositive })
    }
    sweep.addAlways(undefined)
    let both = sweep.limits(limit)
    return Limits(lower: both.lower, upper: both.upper, hasGaps: both.hasGaps)
  }

  /// The middle of the effects at which both one-sided p-values are equal.
  func hodgesLehmann() -> Double? {
    var crossings: [Breakpoint<Double>] = []
    var reflected: [Breakpoint<Double>] = []
    for index in values.indices {
      let room = 1 - overlaps[index]
      guard room.magnitude >= edge else { continue }
      let crossing = (observed - values[index]) / room
      crossings.append(Breakpoint(effect: crossing, count: 1))
      reflected.append(Breakpoint(effect: -crossing, count: 1))
    }
    let limit = Double.belowHalf(of: Double(crossings.count))
    guard let low = WeightedSelection.smallest(in: &crossings, exceeding: limit),
      let high = WeightedSelection.smallest(in: &reflected, exceeding: limit)
    else { return nil }
    return (low - high) / 2
  }
}
