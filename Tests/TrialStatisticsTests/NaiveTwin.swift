@testable import TrialStatistics

/// An exact fraction, always reduced, with a positive denominator.
struct Ratio: Comparable, Hashable {
  let numerator: Int
  let denominator: Int

  init(_ numerator: Int, _ denominator: Int = 1) {
    var (a, b) = (abs(numerator), abs(denominator))
    while b != 0 { (a, b) = (b, a % b) }
    let sign = denominator < 0 ? -1 : 1
    self.numerator = sign * numerator / max(a, 1)
    self.denominator = sign * denominator / max(a, 1)
  }

  var value: Double { Double(numerator) / Double(denominator) }
  var magnitude: Ratio { Ratio(abs(numerator), denominator) }

  static func + (left: Ratio, right: Ratio) -> Ratio {
    Ratio(
      left.numerator * right.denominator + right.numerator * left.denominator,
      left.denominator * right.denominator)
  }
  static func - (left: Ratio, right: Ratio) -> Ratio { left + Ratio(-1) * right }
  static func * (left: Ratio, right: Ratio) -> Ratio {
    Ratio(left.numerator * right.numerator, left.denominator * right.denominator)
  }
  static func / (left: Ratio, right: Ratio) -> Ratio {
    Ratio(left.numerator * right.denominator, left.denominator * right.numerator)
  }
  static func < (left: Ratio, right: Ratio) -> Bool {
    left.numerator * right.denominator < right.numerator * left.denominator
  }
}

/// The randomization test written as plainly as its definition: every assignment, every effect at
/// which something may change, the outcomes adjusted and the statistic computed anew.
struct NaiveTwin {
  let assignments: [[Int]]
  let observed: [Int]
  let outcome: [Int?]
  let blocks: [Range<Int>]

  /// How many assignments are at least as large, as small, as far from 0, tied, and undefined.
  struct Counts: Equatable {
    var greater = 0
    var less = 0
    var absolute = 0
    var ties = 0
    var undefined = 0
  }

  /// The block-adjusted coefficient; with one block the difference in means.
  func statistic(_ arms: [Int], _ values: [Ratio?]) -> Ratio? {
    var numerator = Ratio(0)
    var weight = Ratio(0)
    for block in blocks {
      let one = block.filter { arms[$0] == 1 }.compactMap { values[$0] }
      let zero = block.filter { arms[$0] == 0 }.compactMap { values[$0] }
      guard !one.isEmpty, !zero.isEmpty else { continue }
      let own = Ratio(one.count * zero.count, one.count + zero.count)
      let difference =
        one.reduce(Ratio(0), +) / Ratio(one.count) - zero.reduce(Ratio(0), +) / Ratio(zero.count)
      numerator = numerator + own * difference
      weight = weight + own
    }
    return weight == Ratio(0) ? nil : numerator / weight
  }

  /// The counts at an effect.
  func counts(_ effect: Ratio) -> Counts {
    let adjusted = outcome.indices.map { slot in
      outcome[slot].map { observed[slot] == 1 ? Ratio($0) - effect : Ratio($0) }
    }
    var counts = Counts()
    guard let here = statistic(observed, adjusted) else { return counts }
    for arms in assignments {
      guard let there = statistic(arms, adjusted) else {
        counts.undefined += 1
        continue
      }
      if there >= here { counts.greater += 1 }
      if there <= here { counts.less += 1 }
      if there == here { counts.ties += 1 }
      if there.magnitude >= here.magnitude { counts.absolute += 1 }
    }
    counts.greater += counts.undefined
    counts.less += counts.undefined
    counts.absolute += counts.undefined
    return counts
  }

  /// Every effect at which a count may change, ascending.
  var effects: [Ratio] {
    let values = outcome.map { $0.map { Ratio($0) } }
    let marks = outcome.indices.map { outcome[$0] == nil ? nil : Ratio(observed[$0]) }
    guard let target = statistic(observed, values) else { return [] }
    var effects: Set<Ratio> = []
    for arms in assignments {
      guard let a = statistic(arms, values), let b = statistic(arms, marks) else { continue }
      if b != Ratio(1) { effects.insert((target - a) / (Ratio(1) - b)) }
      if b != Ratio(-1) { effects.insert((target + a) / (Ratio(1) + b)) }
    }
    return effects.sorted()
  }

  /// The smallest and the largest effect with a count above `limit`; `nil` is unbounded.
  func limits(_ limit: Ratio, _ count: (Counts) -> Int) -> (lower: Ratio?, upper: Ratio?) {
    let effects = effects
    guard let first = effects.first, let last = effects.last else { return (nil, nil) }
    func kept(_ effect: Ratio) -> Bool { Ratio(count(counts(effect))) > limit }
    return (
      kept(first - Ratio(1)) ? nil : effects.first(where: kept),
      kept(last + Ratio(1)) ? nil : effects.last(where: kept)
    )
  }

  /// The middle of the effects at which both one-sided counts are equal; `nil` where it is unbounded.
  var hodgesLehmann: Ratio? {
    let effects = effects
    guard let first = effects.first, let last = effects.last else { return nil }
    func excess(_ effect: Ratio) -> Int {
      let counts = counts(effect)
      return counts.greater - counts.less
    }
    guard excess(first - Ratio(1)) < 0, excess(last + Ratio(1)) > 0 else { return nil }
    func between(_ index: Int) -> Int {
      guard index + 1 < effects.count else { return excess(last + Ratio(1)) }
      return excess((effects[index] + effects[index + 1]) / Ratio(2))
    }
    guard let low = effects.indices.first(where: { excess(effects[$0]) >= 0 || between($0) >= 0 }),
      let high = effects.indices.last(where: {
        excess(effects[$0]) <= 0 || ($0 > 0 && between($0 - 1) <= 0)
      })
    else { return nil }
    return (effects[low] + effects[high]) / Ratio(2)
  }
}
