package import BigInt

/// Weeks that are either a reference week or follow one of the declared day patterns.
///
/// Exactly `activeWeeks` of the weeks follow a pattern. With replacement every choice of weeks and of
/// patterns is equally likely. Without, the patterns are envelopes in a bowl: every way to take them
/// out one after the other is equally likely, and a pattern may be listed, that is lie in the bowl,
/// several times. With `alternating`, an active and a reference week take turns. This is the scheme
/// of the self-blinding citizen-science study (Szigeti et al. 2021, eLife 10:e62878): a bowl with
/// MpMp twice, MppM and pMMp, of which four weeks take all four and alternating weeks two.
public struct WeeklySets: Hashable, Sendable {
  /// Weeks in all.
  public let weeks: Int
  /// Weeks that follow a pattern.
  public let activeWeeks: Int
  /// The arms of one week's slots, for each pattern; all of one length.
  public let patterns: [[Int]]
  /// Whether active and reference weeks take turns.
  public let alternating: Bool
  /// Whether a pattern that was drawn can be drawn again.
  public let replacement: Bool

  /// Makes the scheme.
  public init(
    weeks: Int, activeWeeks: Int, patterns: [[Int]], alternating: Bool = false,
    replacement: Bool = true
  ) {
    self.weeks = weeks
    self.activeWeeks = activeWeeks
    self.patterns = patterns
    self.alternating = alternating
    self.replacement = replacement
  }

  /// Slots in a week.
  public var slotsPerWeek: Int { patterns.first?.count ?? 0 }
}

extension WeeklySets {
  /// The weeks as a rule: what is remembered is prepared once.
  package struct Rule: SlotRule {
    private let scheme: WeeklySets
    /// The different patterns, and how many envelopes hold each.
    private let kinds: [(pattern: [Int], envelopes: Int)]
    package let slotCount: Int
    package let armCount: Int

    /// The active weeks so far, whether the last one was, this week's arms so far, and how many
    /// envelopes of each kind are taken (none are counted where they go back).
    package struct State: Hashable {
      var active = 0
      var last: Bool?
      var week: [Int] = []
      var taken: [Int] = []
    }

    package init(_ scheme: WeeklySets) {
      self.scheme = scheme
      var kinds: [(pattern: [Int], envelopes: Int)] = []
      for pattern in scheme.patterns {
        if let place = kinds.firstIndex(where: { $0.pattern == pattern }) {
          kinds[place].envelopes += 1
        } else {
          kinds.append((pattern, 1))
        }
      }
      self.kinds = kinds
      slotCount = max(0, scheme.weeks) * scheme.slotsPerWeek
      armCount = max(2, (scheme.patterns.joined().max() ?? 0) + 1)
    }

    package var start: State {
      State(taken: scheme.replacement ? [] : kinds.map { _ in 0 })
    }

    package func next(_ state: State, arm: Int, slot: Int) -> State? {
      let week = state.week + [arm]
      var isPossible = week.allSatisfy { $0 == 0 }
      for place in kinds.indices where !isPossible {
        isPossible = isLeft(place, state) && kinds[place].pattern.starts(with: week)
      }
      guard isPossible else { return nil }
      var next = state
      next.week = week
      guard week.count == scheme.slotsPerWeek else { return next }
      let isActive = week.contains { $0 != 0 }
      guard !scheme.alternating || state.last != isActive else { return nil }
      next.week = []
      next.last = scheme.alternating ? isActive : nil
      if isActive {
        next.active += 1
        if !scheme.replacement, let place = kinds.firstIndex(where: { $0.pattern == week }) {
          next.taken[place] += 1
        }
      }
      return next.active <= scheme.activeWeeks ? next : nil
    }

    private func isLeft(_ place: Int, _ state: State) -> Bool {
      scheme.replacement || state.taken[place] < kinds[place].envelopes
    }

    package func accepts(_ state: State) -> Bool { state.active == scheme.activeWeeks }

    /// The ways to take these envelopes in this order: n (n − 1) … for each kind of which n lie there.
    package func draws(_ state: State) -> BigUInt {
      zip(kinds, state.taken).reduce(BigUInt(1)) { ways, kind in
        (0..<kind.1).reduce(ways) { $0 * BigUInt(kind.0.envelopes - $1) }
      }
    }

    package func validate() throws(SchemeError) {
      if scheme.weeks < 1 { throw .tooSmall("weeks", scheme.weeks, least: 1) }
      if scheme.activeWeeks < 1 { throw .tooSmall("activeWeeks", scheme.activeWeeks, least: 1) }
      if scheme.patterns.isEmpty { throw .tooSmall("patterns", 0, least: 1) }
      var seen: Set<[Int]> = []
      for (place, pattern) in scheme.patterns.enumerated() {
        if pattern.count != scheme.slotsPerWeek { throw .unequalLength(place + 1) }
        if pattern.allSatisfy({ $0 == 0 }) { throw .emptyPattern(place + 1) }
        let isNew = seen.insert(pattern).inserted
        if scheme.replacement, !isNew { throw .repeated(place + 1) }
      }
      // Without a reference week, patterns without the reference arm would leave that arm out.
      let without = scheme.patterns.count { !$0.contains(0) }
      if scheme.activeWeeks == scheme.weeks,
        without >= (scheme.replacement ? 1 : scheme.activeWeeks)
      {
        throw .armLeftOut
      }
    }
  }
}
