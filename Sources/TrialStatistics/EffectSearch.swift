/// The search for the effect at which a count of assignments comes down to its limit.
struct EffectSearch {
  /// How far a limit may be from where it is reported.
  let tolerance: Double
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
  /// fall by half in three trials it is halved, because p is a step function.
  ///
  /// - Parameters:
  ///   - perExcess: about how far one unit of excess is, for the second trial.
  ///   - attempt: what an effect leads to.
  func root(
    _ guess: Double, outwards: Double, perExcess: Double, _ attempt: (Double) -> Attempt
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
      guard let inside, let outside else {
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
      let width = (outside.effect - inside.effect).magnitude
      let middle = inside.effect + (outside.effect - inside.effect) / 2
      if width <= tolerance { return middle }
      let low = min(inside.effect, outside.effect)
      // Secants that stay on one side come closer, but do not enclose: so they go on for longer.
      stays = (last.excess > 0) == (before.excess > 0) ? min(stays + 1, 20) : 0
      let far = (last.excess > 0 ? outside : inside).effect
      let wish =
        change == 0
        ? last.effect + (far > last.effect ? 64 : -64) * step
        : last.effect + (secant - last.effect) * Double(1 << (3 * stays))
      let isInside = wish > low && wish < low + width
      widths.append(width)
      let isSlow = widths.count > 3 && width > widths[widths.count - 4] / 2
      let margin = min(tolerance, width) * 0.45
      next = isInside && !isSlow ? min(max(wish, low + margin), low + width - margin) : middle
    }
    return nil
  }
}
