package import BigInt
import BlindRecord

/// Whether a design can reach its level at all, and which one of its kind can.
///
/// The smallest p-value of a randomization test is one over the number of assignments, or its share of
/// the draws where these differ: then the commonest assignment decides. It is twice that for two sides,
/// whatever is measured; by the absolute difference only where with each assignment the set holds the one
/// with the arms exchanged. Holm's rule multiplies it by the number of comparisons. A
/// claim needs that value and the interval, which knows no mid-p. A design above its level could not
/// succeed with any outcome.
struct DesignReach {
  /// The level of the interval, exactly.
  let level: DecimalNumber
  /// The comparisons that Holm's rule allows for; 1 where another rule holds, or one comparison.
  let comparisons: Int
  /// Twice what the smallest p-value is over one over the number of assignments.
  private let halves: Int

  /// The rule of a plan over the assignments of a scheme.
  init(_ plan: AnalysisPlan, _ automaton: SlotAutomaton) {
    // The level was read from a decimal number, and its shortest text is that number again.
    level = DecimalNumber("\(plan.level)") ?? DecimalNumber(units: 0)
    let others = automaton.armCount - 1
    let isByHolm =
      plan.sides.isOneSided || plan.midP || (!plan.alsoTested.isEmpty && others > 1)
    comparisons = isByHolm ? (1 + plan.alsoTested.count) * others : 1
    let hasTwoSides =
      plan.sides == .doubled
      || (plan.sides == .absolute && (1...others).allSatisfy(automaton.isClosedUnderExchange))
    let sides = hasTwoSides ? 2 : 1
    halves = max(2 * sides, comparisons * sides * (plan.midP ? 1 : 2))
  }

  /// The fewest assignments over which the smallest p-value is at most 1 - level.
  var fewest: BigUInt {
    let one = BigUInt(10).power(level.decimals)
    let rest = 2 * (one - BigUInt(level.units))
    return (BigUInt(halves) * one + rest - 1) / rest
  }

  /// The smallest p-value over so many assignments.
  func smallestP(_ count: BigUInt) -> Double { min(1, Double(halves) / 2 / Double(count)) }

  /// The number of ways to choose.
  static func binomial(_ all: Int, _ part: Int) -> BigUInt {
    (0..<part).reduce(BigUInt(1)) { $0 * BigUInt(all - $1) / BigUInt($1 + 1) }
  }

  /// The smallest design of the same kind that reaches the level, as written in a protocol file.
  ///
  /// Same kind: the same ratio of arms, the same blocks repeated, the same runs, lengths and patterns.
  /// `nil` where there is none, or where the number of assignments did not grow for `patience` steps:
  /// a rule that leaves no choice leaves none at any size. Also `nil` where to look for it would take longer
  /// than a hint is worth.
  func smallest(like scheme: RandomizationScheme) -> String? {
    let (patience, mostImpossible) = (24, 6)
    var most = BigUInt(0)
    var (withoutGrowth, states, impossible) = (0, 0, 0)
    for step in 1...400 {
      guard withoutGrowth < patience, states < DesignReach.mostStates,
        let larger = scheme.larger(by: step), larger.slotCount <= SchemeError.mostSlots
      else { return nil }
      let count: BigUInt
      do throws(SchemeError) {
        if let known = larger.fewestOfContrasts {
          count = known
        } else {
          count = counted(larger, try compiled(larger, &states))
        }
      } catch .tooManyStates {
        return nil
      } catch {
        // To find out that a scheme allows nothing takes as long as to compile one that does.
        impossible += 1
        guard impossible < mostImpossible else { return nil }
        count = 0
      }
      if count >= fewest { return larger.text }
      withoutGrowth = count > most ? 0 : withoutGrowth + 1
      most = Swift.max(most, count)
    }
    return nil
  }

  /// The states of all larger schemes that are compiled in the search for the smallest.
  private static let mostStates = 20_000

  /// A scheme's automaton, its states counted in.
  private func compiled(
    _ scheme: RandomizationScheme, _ states: inout Int
  ) throws(SchemeError) -> SlotAutomaton {
    let automaton = try scheme.automaton()
    states += automaton.layers.reduce(0) { $0 + $1.count }
    return automaton
  }

  /// The number of assignments over which the level has to be reached.
  ///
  /// With more than two arms each contrast has its own, which may differ from assignment to
  /// assignment: of the largest of each contrast the smallest.
  func largestCount(_ scheme: RandomizationScheme, _ automaton: SlotAutomaton) -> BigUInt {
    scheme.fewestOfContrasts ?? counted(scheme, automaton)
  }

  /// The same for a scheme whose contrasts differ, from its automaton.
  private func counted(_ scheme: RandomizationScheme, _ automaton: SlotAutomaton) -> BigUInt {
    guard scheme.armCount > 2 else {
      return automaton.count / BigUInt(automaton.ends.max() ?? 1)
    }
    return automaton.contrastCounts(enough: fewest).map(\.most).min() ?? automaton.count
  }
}

extension AnalysisPlan {
  /// The fewest assignments over which a comparison can be claimed.
  package func fewestAssignments(_ automaton: SlotAutomaton) -> BigUInt {
    DesignReach(self, automaton).fewest
  }
}

extension SlotAutomaton {
  /// Whether with every assignment the one with the reference and another arm exchanged is in the set.
  ///
  /// Follows an assignment and its image at once; states from which the same may follow are one.
  func isClosedUnderExchange(of arm: Int) -> Bool {
    var images: [Int32] = [0]
    for (slot, layer) in layers.enumerated() {
      let width = slot + 1 < layers.count ? layers[slot + 1].count : completions[slot + 1].count
      var next = [Int32](repeating: -1, count: width)
      for (state, image) in images.enumerated() where image >= 0 {
        for own in 0..<armCount where layer[state][own] >= 0 {
          let other = layer[Int(image)][own == 0 ? arm : own == arm ? 0 : own]
          let target = Int(layer[state][own])
          guard other >= 0, next[target] < 0 || next[target] == other else { return false }
          next[target] = other
        }
      }
      images = next
    }
    // Equally many draws are one end, so an image that is as likely ends where its assignment does.
    return images.enumerated().allSatisfy { $1 < 0 || Int($1) == $0 }
  }
}

extension RandomizationScheme {
  /// With more than two arms, the fewest assignments over which an arm is compared with the reference;
  /// `nil` with two arms, and where the number differs from one assignment to the next.
  package var fewestForContrast: BigUInt? { armCount > 2 ? fewestOfContrasts : nil }

  /// The assignments over which a contrast is tested, the fewest of all contrasts.
  ///
  /// With two arms the whole set. With more, the assignments that the other arms' places leave open:
  /// the same number for every assignment of a complete randomization, of blocks and of sets of
  /// periods, a product of binomials. `nil` for other schemes: with two arms it is the whole set, with
  /// more it differs from one assignment to the next (`SlotAutomaton.contrastCounts`).
  var fewestOfContrasts: BigUInt? {
    guard let blocks = fixedBlocks else { return nil }
    return (1..<max(2, armCount)).map { arm in
      blocks.reduce(BigUInt(1)) {
        $0 * DesignReach.binomial($1[0] + $1[arm], $1[arm])
      }
    }.min()
  }

  /// The counts of each arm in each block, where blocks in a fixed order are all that there is.
  var fixedBlocks: [[Int]]? {
    switch self {
    case .complete(let complete): [complete.counts]
    case .pairs(let pairs): pairs.blocks.counts
    case .blocks(let blocks): blocks.isShuffled ? nil : blocks.counts
    case .periods(let periods):
      Array(repeating: Array(repeating: 1, count: periods.arms), count: periods.sets)
    case .alternation, .phases, .coin, .weekly, .listed: nil
    }
  }

  /// The scheme made larger by some steps; `nil` for lists, which have no steps.
  fileprivate func larger(by step: Int) -> RandomizationScheme? {
    switch self {
    case .pairs(let old): return .pairs(RandomizedPairs(count: old.count + step))
    case .complete(let old):
      return .complete(CompleteRandomization(counts: Self.grown(old.counts, by: step)))
    case .blocks(let old):
      let counts = (0..<(old.counts.count + step)).map { old.counts[$0 % old.counts.count] }
      return .blocks(PermutedBlocks(counts: counts, isShuffled: old.isShuffled))
    case .alternation(let old):
      return .alternation(
        RestrictedAlternation(
          counts: Self.grown(old.counts, by: step), longestRun: old.longestRun))
    case .periods(let old):
      return .periods(
        RandomizedPeriods(
          sets: old.sets + step, arms: old.arms, length: old.length, drop: old.drop))
    case .phases(let old):
      return .phases(
        RandomizedPhases(kind: old.kind, slots: old.slots + step, shortest: old.shortest))
    case .coin(let old):
      return .coin(BoundedCoin(slots: old.slots + step, fewest: old.fewest, arms: old.arms))
    case .weekly(let old) where !old.replacement:
      // A bowl has an end: all of it several times.
      return .weekly(
        WeeklySets(
          weeks: old.weeks * (step + 1), activeWeeks: old.activeWeeks * (step + 1),
          patterns: Array(repeatElement(old.patterns, count: step + 1).joined()),
          alternating: old.alternating, replacement: false))
    case .weekly(let old):
      let weeks = old.weeks + step
      return .weekly(
        WeeklySets(
          weeks: weeks, activeWeeks: Self.part(weeks, old.activeWeeks, of: old.weeks),
          patterns: old.patterns, alternating: old.alternating))
    case .listed: return nil
    }
  }

  /// The scheme as it is written in a protocol file; patterns and lists are not written out.
  package var text: String {
    switch self {
    case .pairs(let pairs): "pairs: {count: \(pairs.count)}"
    case .complete(let complete): "complete: {\(Self.text(complete.counts))}"
    case .blocks(let blocks):
      (blocks.counts.first?.count == 2
        ? "blocks: {sizes: \(blocks.counts.map { $0.reduce(0, +) }), "
          + "active: \(blocks.counts.map { $0[1] })" : "blocks: {counts: \(blocks.counts)")
        + (blocks.isShuffled ? ", order: shuffled}" : "}")
    case .alternation(let rule):
      "alternation: {\(Self.text(rule.counts)), longestRun: \(rule.longestRun)}"
    case .periods(let periods):
      "periods: {\(periods.arms == 2 ? "pairs" : "sets"): \(periods.sets), "
        + "length: \(periods.length), drop: \(periods.drop)}"
    case .phases(let phases):
      "phases: {kind: \(phases.kind.rawValue), slots: \(phases.slots), "
        + "shortest: \(phases.shortest)}"
    case .coin(let coin): "coin: {slots: \(coin.slots), fewest: \(coin.fewest)}"
    case .weekly(let weeks):
      "weekly: {weeks: \(weeks.weeks), activeWeeks: \(weeks.activeWeeks)"
        + (weeks.alternating ? ", alternating: true" : "")
        + (weeks.replacement
          ? "} with the same patterns"
          : ", replacement: false} with \(weeks.patterns.count) patterns, the same in turn")
    case .listed(let list): "listed with \(list.count) assignments"
    }
  }

  /// Slots of each arm: `slots` and `active` for two, `counts` for more.
  private static func text(_ counts: [Int]) -> String {
    counts.count == 2
      ? "slots: \(counts[0] + counts[1]), active: \(counts[1])" : "counts: \(counts)"
  }

  /// So many slots more, in the same ratio of the arms as nearly as whole slots allow.
  private static func grown(_ counts: [Int], by step: Int) -> [Int] {
    let old = counts.reduce(0, +)
    let others = counts.dropFirst().map { part(old + step, $0, of: old) }
    return [max(1, old + step - others.reduce(0, +))] + others
  }

  /// The part of `whole` in the ratio `part` to `of`, rounded to the nearest, at least 1.
  private static func part(_ whole: Int, _ part: Int, of other: Int) -> Int {
    max(1, (2 * whole * part + other) / (2 * max(1, other)))
  }
}
