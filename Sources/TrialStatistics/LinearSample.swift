/// A list of statistics with their overlaps: all assignments of a set, or draws from it.
struct LinearSample {
  /// a(z) and b(z) of each assignment that has a statistic.
  private(set) var values: [Double] = []
  private(set) var overlaps: [Double] = []
  /// Those without one: extreme on every side.
  private(set) var undefined = 0.0
  let observed: Double
  let tolerance: Double
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

  /// An effect at which the number of extreme assignments changes on the way up.
  private struct Event {
    let effect: Double
    let change: Double
  }

  /// The limits at which one-sided p-values come down to `limit` assignments.
  func interval(limit: Double) -> (lower: Double?, upper: Double?) {
    let upper = lowerLimit(mirrored: true, limit).map { 0 - $0 }
    return (lowerLimit(mirrored: false, limit), upper)
  }

  /// The smallest effect that is joined to the estimate by effects that are not rejected.
  ///
  /// b may exceed 1 here, and then an assignment is extreme below its crossing and not above, so the
  /// one-sided p is not quite monotone: the limit is the first crossing on the way from the estimate.
  private func lowerLimit(mirrored: Bool, _ limit: Double) -> Double? {
    let sign = mirrored ? -1.0 : 1.0
    let centre = sign * observed
    var events: [Event] = []
    events.reserveCapacity(values.count)
    var extreme = undefined
    for index in values.indices {
      let distance = centre - sign * values[index]
      let room = 1 - overlaps[index]
      if room.magnitude < edge {
        if distance <= tolerance { extreme += 1 }
        continue
      }
      let crossing = distance / room
      if room > 0 ? crossing <= centre : crossing >= centre { extreme += 1 }
      events.append(Event(effect: crossing, change: room > 0 ? 1 : -1))
    }
    return LinearSample.firstRejected(events, from: centre, extreme, limit)
  }

  /// Walks from the estimate to where the count is no longer above `limit`, downwards if it is.
  private static func firstRejected(
    _ events: [Event], from centre: Double, _ extreme: Double, _ limit: Double
  ) -> Double? {
    var extreme = extreme
    guard extreme > limit else {
      let above = events.filter { $0.effect > centre }.sorted { $0.effect < $1.effect }
      for event in above {
        extreme += event.change
        if extreme > limit { return event.effect }
      }
      return nil
    }
    for event in events.filter({ $0.effect <= centre }).sorted(by: { $0.effect > $1.effect }) {
      extreme -= event.change
      if extreme <= limit { return event.effect }
    }
    return nil
  }

  /// The limits at which the absolute p-value comes down to `limit` assignments.
  ///
  /// At the estimate every assignment is extreme; each ceases to be at the roots of
  /// (a − a° + τ(1 − b)) (a + a° − τ(1 + b)).
  func intervalAbsolute(limit: Double) -> (lower: Double?, upper: Double?) {
    var below: [Event] = []
    var above: [Event] = []
    for index in values.indices {
      let (value, overlap) = (values[index], overlaps[index])
      var roots: [Double] = []
      if (1 - overlap).magnitude >= edge { roots.append((observed - value) / (1 - overlap)) }
      if (1 + overlap).magnitude >= edge { roots.append((observed + value) / (1 + overlap)) }
      let same = overlap > 0 ? value - observed : value + observed
      if roots.count < 2, same.magnitude <= tolerance { continue }
      if roots.count == 2, overlap.magnitude > 1 {
        // Extreme outside of both roots, which lie on the same side of the estimate.
        let (near, far) = (min(roots[0], roots[1]), max(roots[0], roots[1]))
        if far <= observed {
          below += [Event(effect: far, change: 1), Event(effect: near, change: -1)]
        } else {
          above += [Event(effect: -near, change: 1), Event(effect: -far, change: -1)]
        }
        continue
      }
      for (place, root) in roots.enumerated() {
        let isLower = roots.count == 2 ? root <= roots[1 - place] : root <= observed
        if isLower, roots.count == 1 || place == 0 || roots[0] != root {
          below.append(Event(effect: min(root, observed), change: 1))
        } else {
          above.append(Event(effect: -max(root, observed), change: 1))
        }
      }
    }
    let upper = LinearSample.firstRejected(above, from: -observed, total, limit)
    return (
      LinearSample.firstRejected(below, from: observed, total, limit), upper.map { 0 - $0 }
    )
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
