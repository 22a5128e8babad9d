import RealModule

/// The answers of a randomization test where assignments are counted and not listed.
///
/// p-values at effect 0 are exact counts. The limits of the intervals are found by counting at trial
/// effects, to `precision` of the spread of the statistic.
struct MiddleEvaluation {
  let middle: MeetInTheMiddle
  let total: Double
  /// The interval of a small sample, where the search starts.
  let sample: LinearSample

  /// The relative error of a limit: 10⁻¹¹ without whitening; 10⁻⁷ with it, where φ itself is known
  /// to fewer digits.
  private var precision: Double { contrast.phi == nil ? 1e-11 : 1e-7 }

  private var contrast: LinearContrast { middle.contrast }

  /// Assignments without a statistic sum to 0 and count on every side.
  private func atLeast(_ halves: MeetInTheMiddle.Halves, _ threshold: Double) -> Double {
    halves.count(atLeast: threshold) + (threshold > 0 ? contrast.undefined : 0)
  }

  private func atMost(_ halves: MeetInTheMiddle.Halves, _ threshold: Double) -> Double {
    let above = halves.count(atLeast: threshold.nextUp)
    return total - above + (threshold < 0 ? contrast.undefined : 0)
  }

  private func absolute(_ halves: MeetInTheMiddle.Halves, _ distance: Double) -> Double {
    guard distance > 0 else { return total }
    let low = total - halves.count(atLeast: (-distance).nextUp)
    return halves.count(atLeast: distance) + low + contrast.undefined
  }

  /// The counts at effect 0 with the ties, and the randomization distribution in classes.
  func atZero() -> (
    greater: Double, less: Double, ties: Double, absolute: Double,
    distribution: [(value: Double, probability: Double)]
  ) {
    let halves = middle.halves(at: 0)
    let (target, tolerance) = (contrast.observed, contrast.tolerance)
    let ties =
      halves.count(atLeast: target - tolerance)
      - halves.count(atLeast: (target + tolerance).nextUp)
    let inTies = target.magnitude <= tolerance ? contrast.undefined : 0
    return (
      atLeast(halves, target - tolerance), atMost(halves, target + tolerance), ties - inTies,
      absolute(halves, target.magnitude - tolerance), distribution(halves)
    )
  }

  private func distribution(_ halves: MeetInTheMiddle.Halves) -> [(Double, Double)] {
    let low = sample.values.min() ?? 0
    let high = sample.values.max() ?? 0
    let classes = 60
    let width = (high - low) / Double(classes - 10)
    guard width > 0 else { return [(low * contrast.unit, 1)] }
    var result: [(Double, Double)] = []
    var above = total
    for index in 0..<classes {
      let from = low + Double(index - 5) * width
      let next = index + 1 == classes ? 0 : halves.count(atLeast: from + width)
      if above > next {
        result.append(((from + width / 2) * contrast.unit, (above - next) / total))
      }
      above = next
    }
    return result
  }

  /// The equal-tailed interval, in units of the statistic.
  func interval(share: Double) -> (lower: Double?, upper: Double?) {
    let limit = share / 2 * total
    let guess = sample.interval(limit: share / 2 * sample.total)
    return (
      root(guess.lower, outwards: -1) { atLeast($0, $1 - tolerance($1)) - limit },
      root(guess.upper, outwards: 1) { atMost($0, $1 + tolerance($1)) - limit }
    )
  }

  /// The interval by inversion of the absolute test; the equal-tailed one is seldom far.
  func intervalAbsolute(
    share: Double, near guess: (lower: Double?, upper: Double?)
  ) -> (lower: Double?, upper: Double?) {
    let limit = share * total
    let excess = { (halves: MeetInTheMiddle.Halves, target: Double) in
      absolute(halves, target.magnitude - tolerance(target)) - limit
    }
    let own = sample.intervalAbsolute(limit: share * sample.total)
    return (
      root(own.lower == nil ? nil : guess.lower ?? own.lower, outwards: -1, excess),
      root(own.upper == nil ? nil : guess.upper ?? own.upper, outwards: 1, excess)
    )
  }

  /// The middle of the effects at which both one-sided p-values are equal.
  func hodgesLehmann() -> Double? {
    root(sample.hodgesLehmann(), outwards: -1) { halves, target in
      atLeast(halves, target - tolerance(target)) - atMost(halves, target + tolerance(target))
    }
  }

  /// Ties away from effect 0, where sums of a and τb are rounded: 10⁻¹³ of their magnitudes.
  private func tolerance(_ target: Double) -> Double {
    let effect = contrast.observed - target
    let sum = contrast.gain.reduce(0) { $0 + $1.magnitude }
    let overlap = contrast.overlapGain.reduce(0) { $0 + $1.magnitude }
    return max(contrast.tolerance, 1e-13 * (sum + effect.magnitude * overlap))
  }

  /// The effect near `guess` at which `excess` changes from positive to negative on the way outwards.
  ///
  /// The bracket is widened until it holds the change, then narrowed by false position and bisection
  /// in turn: p is a step function, so neither alone is quick.
  private func root(
    _ guess: Double?, outwards: Double, _ excess: (MeetInTheMiddle.Halves, Double) -> Double
  ) -> Double? {
    guard let guess else { return nil }
    func value(_ effect: Double) -> Double {
      excess(middle.halves(at: effect), contrast.observed - effect)
    }
    let spread = max((sample.values.max() ?? 0) - (sample.values.min() ?? 0), 1e-300)
    var step = spread * 0.004
    var (inside, atInside) = (guess, value(guess))
    var (outside, atOutside) = (inside, atInside)
    var rounds = 0
    while (atInside > 0) == (atOutside > 0) {
      guard rounds < 40 else { return nil }
      if atInside > 0 {
        (inside, atInside) = (outside, atOutside)
        outside = inside + outwards * step
        atOutside = value(outside)
      } else {
        (outside, atOutside) = (inside, atInside)
        inside = outside - outwards * step
        atInside = value(inside)
      }
      step *= 2
      rounds += 1
    }
    for round in 0..<100 where (outside - inside).magnitude > spread * precision {
      let share = atInside / (atInside - atOutside)
      let place = round % 2 == 0 && round < 6 ? min(0.99, max(0.01, share)) : 0.5
      let next = inside + (outside - inside) * place
      let atNext = value(next)
      if atNext > 0 {
        (inside, atInside) = (next, atNext)
      } else {
        (outside, atOutside) = (next, atNext)
      }
    }
    return inside + (outside - inside) / 2
  }
}
