/// The search for the effect at which a count of assignments comes down to its limit.
struct EffectSearch {
  /// How far a limit may be from where it is reported.
  let tolerance: Double
  /// How far from a crossing it is certain that no tie is left.
  let margin: Double
  /// How widely the statistic spreads.
  let spread: Double

  /// What trying an effect leads to.
  enum Attempt {
    /// By how much the count exceeds its limit.
    case excess(Double)
    /// The effect that is looked for.
    case found(Double)
  }

  /// One effect that was tried, and by how much the count exceeded its limit there.
  private struct Trial {
    let effect: Double
    let excess: Double
  }

  /// The effect near `guess` at which `excess` changes from positive to negative on the way outwards.
  ///
  /// Secants, which are held inside the bracket as soon as there is one; where a bracket does not
  /// fall by half in three trials, or the count did not change, an effect at which assignments cross
  /// is tried from both sides, because p is a step function; without one the bracket is halved.
  ///
  /// - Parameters:
  ///   - perExcess: about how far one unit of excess is, for the second trial.
  ///   - crossing: an effect between two others at which the count changes.
  ///   - attempt: what an effect leads to.
  func root(
    _ guess: Double, outwards: Double, perExcess: Double,
    crossing: (Double, Double) -> Double? = { _, _ in nil }, _ attempt: (Double) -> Attempt
  ) -> Double? {
    // Not at a breakpoint of the sample: there the statistic has ties.
    let first = guess + spread * 1e-9
    var last: Trial
    switch attempt(first) {
    case .found(let effect): return effect
    case .excess(let excess): last = Trial(effect: first, excess: excess)
    }
    var (inside, outside): (Trial?, Trial?) = last.excess > 0 ? (last, nil) : (nil, last)
    let least = spread * 1e-7
    var step = min(max(last.excess.magnitude * perExcess, least), spread * 0.1)
    var next = first + (last.excess > 0 ? outwards : -outwards) * step
    var widths: [Double] = []
    var stays = 0
    for _ in 0..<200 {
      let before = last
      switch attempt(next) {
      case .found(let effect): return effect
      case .excess(let excess): last = Trial(effect: next, excess: excess)
      }
      if last.excess > 0 { inside = last } else { outside = last }
      let change = last.excess - before.excess
      let secant = last.effect - last.excess * (last.effect - before.effect) / change
      step = (last.effect - before.effect).magnitude
      guard let near = inside, let far = outside else {
        guard step < spread * 1e6 else { return nil }
        // Not bracketed: outwards while the count is too large, and at most eight times as far.
        let direction = last.excess > 0 ? outwards : -outwards
        let wish = (secant - last.effect) * direction
        next =
          last.effect
          + direction
          * (wish.isFinite && wish > 0 ? min(max(wish, least / 100), 8 * step) : 2 * step)
        continue
      }
      let width = (far.effect - near.effect).magnitude
      let low = min(near.effect, far.effect)
      if width <= tolerance { return low + width / 2 }
      widths.append(width)
      let isSlow = widths.count > 3 && width > widths[widths.count - 4] / 2
      if change == 0 || isSlow, let pivot = crossing(low, low + width) {
        // From both sides of where many cross at once.
        for probe in [pivot - margin, pivot + margin] where probe > low && probe < low + width {
          switch attempt(probe) {
          case .found(let effect): return effect
          case .excess(let excess): last = Trial(effect: probe, excess: excess)
          }
          if last.excess > 0 { inside = last } else { outside = last }
        }
        let rest = (inside ?? near, outside ?? far)
        if (rest.1.effect - rest.0.effect).magnitude <= 2.1 * margin { return pivot }
        next = rest.0.effect + (rest.1.effect - rest.0.effect) / 2
        continue
      }
      // Secants that stay on one side come closer, but do not enclose: so they go on for longer.
      stays = (last.excess > 0) == (before.excess > 0) ? min(stays + 1, 20) : 0
      let other = (last.excess > 0 ? far : near).effect
      let wish =
        change == 0
        ? last.effect + (other > last.effect ? 64 : -64) * step
        : last.effect + (secant - last.effect) * Double(1 << (3 * stays))
      let isInside = wish > low && wish < low + width
      let room = min(tolerance, width) * 0.45
      next =
        isInside && !isSlow
        ? min(max(wish, low + room), low + width - room) : low + width / 2
    }
    return nil
  }
}
