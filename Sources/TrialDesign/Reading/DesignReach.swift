import BigInt
import BlindRecord

/// Whether a design can reach its level at all, and which one of its kind can.
///
/// The smallest p-value of a randomization test is one over the number of assignments, and twice that
/// for two sides, whatever is measured. A design above its level could not succeed with any outcome.
struct DesignReach {
  /// The level of the interval, exactly.
  let level: DecimalNumber

  /// The fewest assignments with 2 / count at most 1 - level.
  var fewest: BigUInt {
    let one = BigUInt(10).power(level.decimals)
    let rest = one - BigUInt(level.units)
    return (2 * one + rest - 1) / rest
  }

  /// The smallest design of the same kind that reaches the level, as written in a protocol file.
  ///
  /// Same kind: the same ratio of arms, the same blocks repeated, the same runs, lengths and patterns.
  func smallest(like scheme: RandomizationScheme) -> String? {
    for step in 1...400 {
      guard let (larger, text) = DesignReach.larger(scheme, by: step),
        larger.slotCount <= SchemeError.mostSlots
      else { return nil }
      if let count = try? larger.automaton().count, count >= fewest { return text }
    }
    return nil
  }

  /// The scheme made larger by some steps, and its text; `nil` for lists, which have no steps.
  private static func larger(
    _ scheme: RandomizationScheme, by step: Int
  ) -> (RandomizationScheme, String)? {
    switch scheme {
    case .pairs(let pairs):
      let count = pairs.count + step
      return (.pairs(RandomizedPairs(count: count)), "pairs: {count: \(count)}")
    case .complete(let old):
      let slots = old.slotCount + step
      let active = part(slots, old.counts[old.armCount - 1], of: old.slotCount)
      return (
        .complete(CompleteRandomization(slots: slots, active: active)),
        "complete: {slots: \(slots), active: \(active)}"
      )
    case .blocks(let old):
      let counts = (0..<(old.counts.count + step)).map { old.counts[$0 % old.counts.count] }
      let sizes = counts.map { $0.reduce(0, +) }
      return (
        .blocks(PermutedBlocks(counts: counts)),
        "blocks: {sizes: \(sizes), active: \(counts.map { $0.last ?? 0 })}"
      )
    case .alternation(let old):
      let slots = old.slots + step
      let active = part(slots, old.active, of: old.slots)
      return (
        .alternation(
          RestrictedAlternation(slots: slots, active: active, longestRun: old.longestRun)),
        "alternation: {slots: \(slots), active: \(active), longestRun: \(old.longestRun)}"
      )
    case .periods(let old):
      let pairs = old.pairs + step
      return (
        .periods(RandomizedPeriods(pairs: pairs, length: old.length, drop: old.drop)),
        "periods: {pairs: \(pairs), length: \(old.length), drop: \(old.drop)}"
      )
    case .phases(let old):
      let slots = old.slots + step
      return (
        .phases(RandomizedPhases(kind: old.kind, slots: slots, shortest: old.shortest)),
        "phases: {kind: \(old.kind.rawValue), slots: \(slots), shortest: \(old.shortest)}"
      )
    case .coin(let old):
      let slots = old.slots + step
      return (
        .coin(BoundedCoin(slots: slots, fewest: old.fewest)),
        "coin: {slots: \(slots), fewest: \(old.fewest)}"
      )
    case .weekly(let old):
      let weeks = old.weeks + step
      let active = part(weeks, old.activeWeeks, of: old.weeks)
      return (
        .weekly(
          WeeklySets(
            weeks: weeks, activeWeeks: active, patterns: old.patterns,
            alternating: old.alternating)),
        "weekly with \(weeks) weeks and \(active) active weeks"
      )
    case .listed: return nil
    }
  }

  /// The part of `whole` in the ratio `part` to `of`, rounded to the nearest, at least 1.
  private static func part(_ whole: Int, _ part: Int, of other: Int) -> Int {
    max(1, (2 * whole * part + other) / (2 * max(1, other)))
  }
}
