import RealModule

/// The answers of a randomization test where assignments are counted and not listed.
///
/// p-values at effect 0 are exact counts. For the limits of the intervals assignments are counted at
/// trial effects; near enough to a limit those that cross there are listed, and it is one of their
/// crossings.
struct MiddleEvaluation {
  let middle: MeetInTheMiddle
  let total: Double
  /// The interval of a small sample, where the search starts.
  let sample: LinearSample

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

  /// The shares of sixty classes, from every n-th sum of long halves: for the figure.
  private func distribution(_ halves: MeetInTheMiddle.Halves) -> [(Double, Double)] {
    let low = sample.values.min() ?? 0
    let high = sample.values.max() ?? 0
    let classes = 60
    let width = (high - low) / Double(classes - 10)
    guard width > 0 else { return [(low * contrast.unit, 1)] }
    let (few, all) = halves.thinned(to: 20_000)
    var result: [(Double, Double)] = []
    var above = all
    for index in 0..<classes {
      let from = low + Double(index - 5) * width
      let next = index + 1 == classes ? 0 : few.count(atLeast: from + width)
      if above > next {
        result.append(((from + width / 2) * contrast.unit, (above - next) / all))
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
      tail(guess.lower, outwards: -1, limit, .greater) { atLeast($0, $1 - tolerance($1)) },
      tail(guess.upper, outwards: 1, limit, .less) { atMost($0, $1 + tolerance($1)) }
    )
  }

  /// The interval by inversion of the absolute test; the equal-tailed one is seldom far.
  func intervalAbsolute(
    share: Double, near guess: (lower: Double?, upper: Double?)
  ) -> (lower: Double?, upper: Double?) {
    let count = { (halves: MeetInTheMiddle.Halves, target: Double) in
      absolute(halves, target.magnitude - tolerance(target))
    }
    let own = sample.intervalAbsolute(limit: share * sample.total)
    let lower = own.lower == nil ? nil : guess.lower ?? own.lower
    let upper = own.upper == nil ? nil : guess.upper ?? own.upper
    return (
      tail(lower, outwards: -1, share * total, .absolute, count),
      tail(upper, outwards: 1, share * total, .absolute, count)
    )
  }

  /// The middle of the effects at which both one-sided p-values are equal.
  func hodgesLehmann() -> Double? {
    // Where the complement of every assignment is in the set too, it is the estimate itself.
    guard sample.hodgesLehmann() != nil else { return nil }
    return search.root(contrast.observed, outwards: -1, perExcess: search.spread / 6) { effect in
      let halves = middle.halves(at: effect)
      let target = contrast.observed - effect
      let found =
        atLeast(halves, target - tolerance(target)) - atMost(halves, target + tolerance(target))
      let walk = CrossingWalk(contrast, halves, at: effect, side: .both)
      if let end = walk.end(from: found, limit: 0, outwards: -1, total, search.spread) {
        return .found(end)
      }
      return .excess(found / total)
    }
  }

  /// The effect at which a count comes down to `limit`; its logarithm bends less than the count.
  private func tail(
    _ guess: Double?, outwards: Double, _ limit: Double, _ side: CrossingWalk.Side,
    _ count: (MeetInTheMiddle.Halves, Double) -> Double
  ) -> Double? {
    guard let guess else { return nil }
    let distance = (guess - contrast.observed).magnitude
    return search.root(guess, outwards: outwards, perExcess: distance / 5) { effect in
      let halves = middle.halves(at: effect)
      let found = count(halves, contrast.observed - effect)
      let walk = CrossingWalk(contrast, halves, at: effect, side: side)
      if let end = walk.end(from: found, limit: limit, outwards: outwards, total, search.spread) {
        return .found(end)
      }
      return .excess(
        found > limit ? Double.log(found / limit) : Double.log((found + 0.5) / (limit + 1)))
    }
  }

  /// Without a list a limit is bracketed to 10⁻¹¹ of the spread.
  private var search: EffectSearch {
    let spread = max((sample.values.max() ?? 0) - (sample.values.min() ?? 0), 1e-300)
    return EffectSearch(tolerance: spread * 1e-11, spread: spread)
  }

  /// Ties away from effect 0, where sums of a and τb are rounded: 10⁻¹³ of their magnitudes.
  private func tolerance(_ target: Double) -> Double {
    let effect = contrast.observed - target
    let sum = contrast.gain.reduce(0) { $0 + $1.magnitude }
    let overlap = contrast.overlapGain.reduce(0) { $0 + $1.magnitude }
    return max(contrast.tolerance, 1e-13 * (sum + effect.magnitude * overlap))
  }
}
