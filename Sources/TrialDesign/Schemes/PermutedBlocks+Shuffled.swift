extension PermutedBlocks {
  /// The rule of blocks in a hidden order, by subset construction.
  ///
  /// The same sequence may come from several orders of the blocks. A state is the set of all places at
  /// which a block may have ended, as far as the past allows, so each sequence is one path and counted
  /// once.
  package struct ShuffledRule: SlotRule {
    /// What is remembered.
    package struct State: Hashable {
      /// Slots of each arm so far.
      var given: [Int]
      /// The ends of blocks after which another block may be under way, in increasing order.
      ///
      /// An end is a choice of blocks that came before it, in any order: how many of each kind, as the
      /// digits of one number. It says where it lies and how many slots each arm had there.
      var ends: [Int]
    }

    private let counts: [[Int]]
    /// The different blocks.
    private let kinds: [[Int]]
    /// How many blocks there are of each kind.
    private let blocks: [Int]
    /// What one block of each kind adds to the number of an end; `nil` beyond the range of numbers.
    private let units: [Int]?
    /// The slots that each arm had at an end: those of end 0, of end 1, and so on.
    private let totals: [Int]
    package let slotCount: Int

    init(_ scheme: PermutedBlocks) {
      counts = scheme.counts
      var places: [[Int]: Int] = [:]
      var kinds: [[Int]] = []
      var blocks: [Int] = []
      for block in scheme.counts {
        if let place = places[block] {
          blocks[place] += 1
        } else {
          places[block] = kinds.count
          kinds.append(block)
          blocks.append(1)
        }
      }
      self.kinds = kinds
      self.blocks = blocks
      units = ShuffledRule.units(blocks)
      totals = units == nil ? [] : ShuffledRule.totals(kinds, blocks)
      slotCount = scheme.counts.joined().reduce(0) { $0 + max(0, $1) }
    }

    private static func units(_ blocks: [Int]) -> [Int]? {
      var unit = 1
      var units: [Int] = []
      for count in blocks {
        units.append(unit)
        unit *= count + 1
        // Every end is reached by some sequence, so that there are at least as many states.
        guard unit <= SlotAutomaton.mostStates else { return nil }
      }
      return units
    }

    /// In the order of the ends' numbers: the first kind is their lowest digit.
    private static func totals(_ kinds: [[Int]], _ blocks: [Int]) -> [Int] {
      var totals = kinds.first?.map { _ in 0 } ?? []
      for (kind, count) in zip(kinds, blocks) where kind.count == kinds[0].count {
        let without = totals
        for more in 1...count {
          totals += without.indices.map { without[$0] + more * kind[$0 % kind.count] }
        }
      }
      return totals
    }

    package var armCount: Int { counts.first?.count ?? 0 }
    package var start: State { State(given: counts.first?.map { _ in 0 } ?? [], ends: [0]) }

    package func next(_ state: State, arm: Int, slot: Int) -> State? {
      guard let units else { return nil }
      var given = state.given
      given[arm] += 1
      var ends: [Int] = []
      for end in state.ends {
        var isOpen = false
        for kind in kinds.indices
        where end / units[kind] % (blocks[kind] + 1) < blocks[kind] {
          switch isOver(kind, after: end, given) {
          case true?: ends.append(end + units[kind])
          case false?: isOpen = true
          case nil: break
          }
        }
        if isOpen { ends.append(end) }
      }
      guard !ends.isEmpty else { return nil }
      ends.sort()
      // Two orders of the blocks may lead to the same end.
      var kept = 0
      for place in ends.indices where place == 0 || ends[place] != ends[kept - 1] {
        ends[kept] = ends[place]
        kept += 1
      }
      ends.removeLast(ends.count - kept)
      return State(given: given, ends: ends)
    }

    /// Whether a block that began after an end is over now; `nil` where it cannot be under way.
    private func isOver(_ kind: Int, after end: Int, _ given: [Int]) -> Bool? {
      var isOver = true
      for arm in given.indices {
        let missing = kinds[kind][arm] - (given[arm] - totals[end * given.count + arm])
        if missing < 0 { return nil }
        if missing > 0 { isOver = false }
      }
      return isOver
    }

    package func size(of state: State) -> Int { state.ends.count }

    package func validate() throws(SchemeError) {
      try PermutedBlocks.validate(counts)
      if units == nil { throw .tooManyStates }
    }
  }
}
