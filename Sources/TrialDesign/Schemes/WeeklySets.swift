/// Weeks that are either a reference week or follow one of the declared day patterns.
///
/// Exactly `activeWeeks` of the weeks follow a pattern; every choice of weeks and of patterns is
/// equally likely. With `alternating`, an active and a reference week take turns. This is the scheme
/// of the self-blinding citizen-science study (Szigeti et al. 2021, eLife 10:e62878), drawn uniformly
/// from its declared set instead of by hand from a bowl of envelopes.
public struct WeeklySets: Hashable, Sendable {
  /// Weeks in all.
  public let weeks: Int
  /// Weeks that follow a pattern.
  public let activeWeeks: Int
  /// The arms of one week's slots, for each pattern; all of one length.
  public let patterns: [[Int]]
  /// Whether active and reference weeks take turns.
  public let alternating: Bool

  /// Makes the scheme.
  public init(weeks: Int, activeWeeks: Int, patterns: [[Int]], alternating: Bool = false) {
    self.weeks = weeks
    self.activeWeeks = activeWeeks
    self.patterns = patterns
    self.alternating = alternating
  }

  /// Slots in a week.
  public var slotsPerWeek: Int { patterns.first?.count ?? 0 }
}

extension WeeklySets: SlotRule {
  /// What is remembered: active weeks so far, whether the last one was, this week's arms so far.
  package struct State: Hashable {
    var active = 0
    var last: Bool?
    var week: [Int] = []
  }

  package var slotCount: Int { max(0, weeks) * slotsPerWeek }
  package var armCount: Int { max(2, (patterns.joined().max() ?? 0) + 1) }
  package var start: State { State() }

  package func next(_ state: State, arm: Int, slot: Int) -> State? {
    let week = state.week + [arm]
    guard week.allSatisfy({ $0 == 0 }) || patterns.contains(where: { $0.starts(with: week) })
    else { return nil }
    if week.count < slotsPerWeek {
      return State(active: state.active, last: alternating ? state.last : nil, week: week)
    }
    let isActive = week.contains { $0 != 0 }
    let active = state.active + (isActive ? 1 : 0)
    guard active <= activeWeeks, !alternating || state.last != isActive else { return nil }
    return State(active: active, last: alternating ? isActive : nil, week: [])
  }

  package func accepts(_ state: State) -> Bool { state.active == activeWeeks }

  package func validate() throws(SchemeError) {
    if weeks < 1 { throw .tooSmall("weeks", weeks, least: 1) }
    if activeWeeks < 1 { throw .tooSmall("activeWeeks", activeWeeks, least: 1) }
    if patterns.isEmpty { throw .tooSmall("patterns", 0, least: 1) }
    var seen: Set<[Int]> = []
    for (place, pattern) in patterns.enumerated() {
      if pattern.count != slotsPerWeek { throw .unequalLength(place + 1) }
      if pattern.allSatisfy({ $0 == 0 }) { throw .emptyPattern(place + 1) }
      if !seen.insert(pattern).inserted { throw .repeated(place + 1) }
    }
    // Without a reference week, a pattern without the reference arm would leave that arm out.
    if activeWeeks == weeks, patterns.contains(where: { !$0.contains(0) }) { throw .armLeftOut }
  }
}
