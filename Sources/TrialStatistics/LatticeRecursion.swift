/// The recursion over slots that counts assignments by (sum, overlap, tally).
///
/// Streitberg and Röhmel's shift algorithm (1986) on the automaton of the scheme, with the overlap
/// added. Where all paths pass through one state the slots since the last such border are taken
/// as one block and convolved at once, if that is less work.
struct LatticeRecursion<Count: PathWeight> {
  let contrast: IntegerContrast
  let reference: ReferenceSet
  private var lattice: Lattice<Count>
  /// What the counts are still to be multiplied with.
  private var owed = 1.0

  private init(
    _ contrast: IntegerContrast, _ reference: ReferenceSet, cells: Int = 0, isPlan: Bool = false
  ) {
    self.contrast = contrast
    self.reference = reference
    lattice = Lattice(
      start: LatticeKey(state: 0, tally: .init()), capacity: cells,
      mirror: contrast.mirror(reference), isPlan: isPlan)
  }

  /// Counts all assignments; paths that end in different states are joined.
  ///
  /// Where the set holds the complement of each of its assignments, only paths of up to half of the
  /// largest overlap are followed; the others are their mirror images, and not in the lattice.
  ///
  /// - Parameter cells: for how many cells there is room from the start.
  static func counted(
    _ contrast: IntegerContrast, _ reference: ReferenceSet, cells: Int = 0
  ) -> Lattice<Count> {
    var recursion = LatticeRecursion(contrast, reference, cells: cells)
    recursion.run()
    return recursion.lattice
  }

  /// For how many cells `counted` needs room, found by placing the rows without counting.
  static func room(_ contrast: IntegerContrast, _ reference: ReferenceSet) -> Int {
    var recursion = LatticeRecursion(contrast, reference, isPlan: true)
    recursion.run()
    return recursion.lattice.peak
  }

  private mutating func run() {
    for segment in Segments(reference, contrast).parts {
      if let entries = segment.entries {
        convolve(entries, upTo: segment.slots.upperBound)
        scale(segment.slots)
      } else {
        for slot in segment.slots {
          step(slot)
          scale(slot..<slot + 1)
        }
      }
    }
  }

  /// Goes to larger units where the set is huge: every so many slots, since it goes through all cells.
  private mutating func scale(_ slots: Range<Int>) {
    guard reference.isHuge else { return }
    for slot in slots { owed *= reference.step(slot) }
    guard owed < 0x1p-64 || slots.upperBound == reference.slotCount else { return }
    lattice.scale(by: owed)
    owed = 1
  }

  /// Goes over one slot.
  private mutating func step(_ slot: Int) {
    var moves = self.moves(upTo: slot + 1)
    for (source, part) in lattice.parts.enumerated() {
      let overlaps = part.overlap...part.overlap + part.rows.count - 1
      for arm in 0...1 {
        guard let next = reference.next(slot, part.key.state, arm) else { continue }
        let tally = contrast.tally(part.key.tally, after: slot, arm: arm)
        moves.add(
          source, overlaps: overlaps, to: key(next, tally, slot + 1),
          overlap: arm == 1 ? Int(contrast.overlapGain[slot]) : 0,
          sum: arm == 1 ? Int(contrast.gain[slot]) : 0, factor: 1)
      }
    }
    lattice.advance(moves.grouped())
  }

  /// Goes over a whole segment.
  private mutating func convolve(_ entries: [Segments.Entry], upTo border: Int) {
    var moves = self.moves(upTo: border)
    for (source, part) in lattice.parts.enumerated() {
      let overlaps = part.overlap...part.overlap + part.rows.count - 1
      for entry in entries {
        moves.add(
          source, overlaps: overlaps,
          to: key(entry.state, part.key.tally.adding(entry.tally), border),
          overlap: entry.overlap, sum: entry.sum, factor: entry.count)
      }
    }
    lattice.advance(moves.grouped())
  }

  private func moves(upTo border: Int) -> LatticeMoves {
    LatticeMoves(
      states: contrast.follows ? nil : max(1, reference.stateCount(border)),
      upTo: lattice.mirror?.half ?? .max)
  }

  private func key(
    _ state: Int32, _ tally: IntegerContrast.Tally, _ border: Int
  ) -> LatticeKey {
    LatticeKey(state: border == reference.slotCount ? 0 : state, tally: tally)
  }
}
