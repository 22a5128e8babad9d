extension PermutedBlocks {
  /// The rule of blocks in a hidden order, by subset construction.
  ///
  /// The same sequence may come from several orders of the blocks. A state is the set of all ways to
  /// stand in the blocks that agree with the past, so each sequence is one path, counted once.
  package struct ShuffledRule: SlotRule {
    /// One way to stand in the blocks.
    package struct Place: Hashable {
      /// How many blocks of each kind are still to come.
      var left: [Int]
      /// The kind of the block that has begun; `nil` between two blocks.
      var kind: Int?
      /// Slots of each arm that it has had.
      var used: [Int] = []
    }

    private let counts: [[Int]]
    private let kinds: [[Int]]
    package let slotCount: Int
    package let start: Set<Place>

    init(_ scheme: PermutedBlocks) {
      counts = scheme.counts
      var kinds: [[Int]] = []
      for block in scheme.counts where !kinds.contains(block) { kinds.append(block) }
      self.kinds = kinds
      slotCount = scheme.counts.joined().reduce(0) { $0 + max(0, $1) }
      start = [Place(left: kinds.map { kind in scheme.counts.count { $0 == kind } }, kind: nil)]
    }

    package var armCount: Int { counts.first?.count ?? 0 }

    package func next(_ places: Set<Place>, arm: Int, slot: Int) -> Set<Place>? {
      var following: Set<Place> = []
      for place in places {
        for begun in open(place) {
          guard let kind = begun.kind, begun.used[arm] < kinds[kind][arm] else { continue }
          var next = begun
          next.used[arm] += 1
          if next.used == kinds[kind] { next = Place(left: next.left, kind: nil) }
          following.insert(next)
        }
      }
      return following.isEmpty ? nil : following
    }

    /// The place itself, or, between two blocks, every block that may begin.
    private func open(_ place: Place) -> [Place] {
      guard place.kind == nil else { return [place] }
      return kinds.indices.filter { place.left[$0] > 0 }.map { kind in
        var left = place.left
        left[kind] -= 1
        return Place(left: left, kind: kind, used: kinds[kind].map { _ in 0 })
      }
    }

    package func validate() throws(SchemeError) { try PermutedBlocks.validate(counts) }
  }
}
