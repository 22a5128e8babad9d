/// A declared way to choose an assignment, and with it the set it was chosen from.
///
/// The same value draws the allocation and defines the reference set of the randomization test, so
/// the two cannot disagree. Every element of the set is equally likely. A closed list and not a Swift
/// protocol: the protocol file can name every case, the report can describe it, and a stranger can
/// draw it again.
public indirect enum RandomizationScheme: Hashable, Sendable {
  /// A fixed number of slots of each arm, in any order.
  case complete(CompleteRandomization)
  /// Balanced within blocks of equal or mixed sizes, in a fixed or a hidden order.
  case blocks(PermutedBlocks)
  /// Each pair of slots AB or BA.
  case pairs(RandomizedPairs)
  /// A fixed number of slots of each arm, with a longest run.
  case alternation(RestrictedAlternation)
  /// Pairs or larger sets of whole periods, with washout.
  case periods(RandomizedPeriods)
  /// AB or ABAB with random change points.
  case phases(RandomizedPhases)
  /// A coin or die per slot, with at least a stated number of each arm.
  case coin(BoundedCoin)
  /// Reference weeks and weeks after a pattern.
  case weekly(WeeklySets)
  /// An explicit set.
  case listed([Assignment])

  /// The name of the scheme in protocol files.
  public var name: String {
    switch self {
    case .complete: "complete"
    case .blocks: "blocks"
    case .pairs: "pairs"
    case .alternation: "alternation"
    case .periods: "periods"
    case .phases: "phases"
    case .coin: "coin"
    case .weekly: "weekly"
    case .listed: "listed"
    }
  }

  /// The rule that the automaton is compiled from.
  package var rule: any SlotRule {
    switch self {
    case .complete(let scheme): scheme
    case .blocks(let scheme) where scheme.isShuffled: PermutedBlocks.ShuffledRule(scheme)
    case .blocks(let scheme): PermutedBlocks.Rule(scheme)
    case .pairs(let scheme): PermutedBlocks.Rule(scheme.blocks)
    case .alternation(let scheme): scheme
    case .periods(let scheme): scheme
    case .phases(let scheme): scheme
    case .coin(let scheme): scheme
    case .weekly(let scheme): WeeklySets.Rule(scheme)
    case .listed(let assignments): ListedAssignments(assignments)
    }
  }

  /// Slots in the trial.
  public var slotCount: Int { rule.slotCount }

  /// Arms that the scheme gives.
  public var armCount: Int { rule.armCount }

  /// Which slots count for the endpoint: all but the dropped ones of `periods`.
  public var keptSlots: [Bool] {
    guard case .periods(let scheme) = self, scheme.length > 0 else {
      return Array(repeating: true, count: slotCount)
    }
    return (0..<slotCount).map { $0 % scheme.length >= scheme.drop }
  }

  /// The sets of slots in which the arms are balanced, for the block-adjusted statistic.
  ///
  /// Blocks, pairs and sets of periods; one block over the whole trial for every other scheme, and
  /// for blocks in a hidden order, whose borders are another for every sequence.
  public var blocks: [Range<Int>] {
    switch self {
    case .blocks(let scheme) where !scheme.isShuffled: return scheme.ranges
    case .pairs(let scheme): return scheme.blocks.ranges
    case .periods(let scheme):
      let size = scheme.arms * scheme.length
      guard size > 0 else { return [] }
      return stride(from: 0, to: slotCount, by: size).map { $0..<($0 + size) }
    default: return slotCount > 0 ? [0..<slotCount] : []
    }
  }

  /// The compiled scheme.
  ///
  /// - Throws: `SchemeError` when the parameters allow no reference set.
  public func automaton() throws(SchemeError) -> SlotAutomaton {
    try rule.compiled()
  }
}
