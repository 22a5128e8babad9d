/// The number of extreme assignments along the axis of effects.
struct EffectSweep {
  /// Where an assignment begins (+1) or ceases (−1) to be extreme.
  struct Event {
    let effect: Double
    let change: Double
  }

  /// The number far below all events.
  private(set) var start = 0.0
  private var events: [Event] = []

  /// An assignment that is extreme on the stretches of the axis that `points` part, as `stretches`
  /// says; there is one stretch more than points.
  mutating func add(_ points: [Double], _ stretches: [Bool]) {
    if stretches[0] { start += 1 }
    for (index, point) in points.enumerated() where stretches[index] != stretches[index + 1] {
      events.append(Event(effect: point, change: stretches[index] ? -1 : 1))
    }
  }

  /// So many assignments that are extreme everywhere.
  mutating func addAlways(_ count: Double = 1) { start += count }

  /// The least and the largest effect with more than `limit` extreme assignments (`nil`: there is no
  /// least, or no largest), and whether some effects between them have fewer.
  ///
  /// An assignment is extreme also at the two ends of its stretch. Ends that differ by their rounding are
  /// one effect: where they fall together, all assignments that end there are extreme at once.
  mutating func limits(_ limit: Double) -> (lower: Double?, upper: Double?, hasGaps: Bool) {
    events.sort { $0.effect < $1.effect }
    var count = start
    var isIn = count > limit
    var lower: Double?
    var upper: Double?
    var parts = isIn ? 1 : 0
    var index = 0
    let isUnbounded = isIn
    while index < events.count {
      var end = index
      var (up, down) = (0.0, 0.0)
      let reach = events[index].effect + 1e-10 * events[index].effect.magnitude
      while end < events.count, events[end].effect <= reach {
        if events[end].change > 0 { up += 1 } else { down += 1 }
        end += 1
      }
      let effect = events[index].effect
      if count + up > limit {
        if !isIn {
          parts += 1
          if lower == nil, !isUnbounded { lower = effect }
        }
        isIn = true
      }
      count += up - down
      if isIn, count <= limit {
        isIn = false
        upper = events[end - 1].effect
      }
      index = end
    }
    return (lower, isIn ? nil : upper, parts > 1)
  }
}
