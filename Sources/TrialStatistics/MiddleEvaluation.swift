import RealModule

/// The answers of a randomization test where assignments are counted and not listed.
///
/// p-values at effect 0 are exact counts. For the limits of the intervals assignments are counted at
/// trial effects; near enough to a limit those that cross there are listed, and it is one of their
/// crossings.
struct MiddleEvaluation {
  private let contrast: LinearContrast
  private var halves: MeetingHalves
  private var coarse: CoarseSearch
  private let isMirrored: Bool
  private let total: Double
  /// The interval of a small sample, where the search starts.
  private let sample: LinearSample

  init(_ middle: MeetInTheMiddle, sample: LinearSample) {
    contrast = middle.contrast
    halves = middle.halves()
    coarse = CoarseSearch(middle.contrast, halves, total: middle.reference.count)
    isMirrored = middle.isMirrored
    total = middle.reference.count
    self.sample = sample
  }

  /// Assignments without a statistic sum to 0 and count on every side.
  private mutating func atLeast(_ threshold: Double) -> Double {
    halves.count(atLeast: threshold) + (threshold > 0 ? contrast.undefined : 0)
  }

  private mutating func atMost(_ threshold: Double) -> Double {
    let above = halves.count(atLeast: threshold.nextUp)
    return total - above + (threshold < 0 ? contrast.undefined : 0)
  }

  private mutating func absolute(_ distance: Double) -> Double {
    guard distance > 0 else { return total }
    let low = total - halves.count(atLeast: (-distance).nextUp)
    return halves.count(atLeast: distance) + low + contrast.undefined
  }

  /// The counts at effect 0 with the ties, and the randomization distribution in classes.
  mutating func atZero() -> (
    greater: Double, less: Double, ties: Double, absolute: Double,
    distribution: [(value: Double, probability: Double)]
  ) {
    halves.move(to: 0)
    let (target, tolerance) = (contrast.observed, contrast.tolerance)
    let ties =
      halves.count(atLeast: target - tolerance)
      - halves.count(atLeast: (target + tolerance).nextUp)
    let inTies = target.magnitude <= tolerance ? contrast.undefined : 0
    return (
      atLeast(target - tolerance), atMost(target + tolerance), ties - inTies,
      absolute(target.magnitude - tolerance), distribution()
    )
  }

  /// The shares of sixty classes: for the figure.
  private func distribution() -> [(Double, Double)] {
    let low = sample.values.min() ?? 0
    let high = sample.values.max() ?? 0
    let classes = 60
    let width = (high - low) / Double(classes - 10)
    guard width > 0 else { return [(low * contrast.unit, 1)] }
    let shares = halves.shares(
      atLeast: (0..<classes).map { low + Double($0 - 5) * width })
    // What lies below the first class and above the last one belongs to them.
    return (0..<classes).compactMap { index in
      let from = index == 0 ? 1 : shares[index]
      let share = from - (index + 1 == classes ? 0 : shares[index + 1])
      guard share > 0 else { return nil }
      return ((low + (Double(index - 5) + 0.5) * width) * contrast.unit, share)
    }
  }

  /// The equal-tailed interval, in units of the statistic.
  ///
  /// Between the first effects that are rejected and infinity nothing is looked at: where the test
  /// does not reject even there, a side is unbounded.
  mutating func interval(share: Double) -> LinearSample.Limits {
    let limit = share / 2 * total
    let guess = sample.interval(limit: share / 2 * sample.total)
    return limits(
      tail(guess.lower, outwards: -1, limit, .greater) { $0.atLeast($1 - $0.tolerance($1)) },
      tail(guess.upper, outwards: 1, limit, .less) { $0.atMost($1 + $0.tolerance($1)) })
  }

  private func limits(_ lower: Tail, _ upper: Tail) -> LinearSample.Limits {
    LinearSample.Limits(
      lower: lower.end, upper: upper.end,
      hasGaps: lower.returns || upper.returns)
  }

  /// One end of an interval.
  private struct Tail {
    let end: Double?
    /// Whether effects beyond rejected ones are not rejected.
    let returns: Bool
  }

  /// The interval by inversion of the absolute test; the equal-tailed one is seldom far, and the
  /// same where the distribution is its own mirror image.
  mutating func intervalAbsolute(
    share: Double, near guess: LinearSample.Limits
  ) -> LinearSample.Limits {
    guard !isMirrored else { return guess }
    let own = sample.intervalAbsolute(limit: share * sample.total)
    let lower = own.lower == nil ? nil : guess.lower ?? own.lower
    let upper = own.upper == nil ? nil : guess.upper ?? own.upper
    func count(_ evaluation: inout MiddleEvaluation, _ target: Double) -> Double {
      evaluation.absolute(target.magnitude - evaluation.tolerance(target))
    }
    return limits(
      tail(lower, outwards: -1, share * total, .absolute, count),
      tail(upper, outwards: 1, share * total, .absolute, count))
  }

  /// The middle of the effects at which both one-sided p-values are equal.
  mutating func hodgesLehmann() -> Double? {
    // Where the complement of every assignment is in the set too, it is next to the estimate.
    guard sample.hodgesLehmann() != nil else { return nil }
    let (search, start) = (search, contrast.observed)
    return search.root(start, outwards: -1, perExcess: search.spread / 6) { effect in
      halves.move(to: effect)
      let target = start - effect
      let found = atLeast(target - tolerance(target)) - atMost(target + tolerance(target))
      let walk = CrossingWalk(contrast, halves, side: .both)
      if let end = walk.end(from: found, limit: 0, outwards: -1, total, search.spread) {
        return .found(end)
      }
      return .excess(found / total)
    }
  }

  /// The effect at which a count comes down to `limit`; its logarithm bends less than the count.
  private mutating func tail(
    _ guess: Double?, outwards: Double, _ limit: Double, _ side: CrossingWalk.Side,
    _ count: (inout MiddleEvaluation, Double) -> Double
  ) -> Tail {
    guard let rough = guess else { return Tail(end: nil, returns: false) }
    let search = search
    let far = contrast.observed + outwards * 1e6 * search.spread
    halves.move(to: far)
    if count(&self, contrast.observed - far) > limit { return Tail(end: nil, returns: true) }
    let guess = coarse.refined(rough, limit: limit, side, search.spread)
    let distance = (guess - contrast.observed).magnitude
    let end = search.root(
      guess, outwards: outwards, perExcess: distance / 5,
      crossing: { CrossingWalk(contrast, halves, side: side).crossing(between: $0, $1) }
    ) { effect in
      halves.move(to: effect)
      let found = count(&self, contrast.observed - effect)
      let walk = CrossingWalk(contrast, halves, side: side)
      if let end = walk.end(from: found, limit: limit, outwards: outwards, total, search.spread) {
        return .found(end)
      }
      return .excess(
        found > limit ? Double.log(found / limit) : Double.log((found + 0.5) / (limit + 1)))
    }
    return Tail(end: end, returns: false)
  }

  /// Without a list a limit is bracketed to 10⁻¹¹ of the spread.
  private var search: EffectSearch {
    let spread = max((sample.values.max() ?? 0) - (sample.values.min() ?? 0), 1e-300)
    return EffectSearch(
      tolerance: spread * 1e-11, margin: 64 * max(contrast.tolerance, spread * 1e-13),
      spread: spread)
  }

  /// Ties away from effect 0, where sums of a and τb are rounded: 10⁻¹³ of their magnitudes.
  private func tolerance(_ target: Double) -> Double {
    let effect = contrast.observed - target
    let sum = contrast.gain.reduce(0) { $0 + $1.magnitude }
    let overlap = contrast.overlapGain.reduce(0) { $0 + $1.magnitude }
    return max(contrast.tolerance, 1e-13 * (sum + effect.magnitude * overlap))
  }
}
