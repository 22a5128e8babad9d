/// The recursion over slots that counts assignments by (sum, overlap, tally).
///
/// Streitberg and Röhmel's shift algorithm (1986) on the automaton of the scheme, with the overlap
/// added. Where all paths pass through one state the slots since the last such border are taken
/// as one block and convolved at once, if that is less work.
struct LatticeRecursion<Count: PathWeight> {
  let contrast: IntegerContrast
  let reference: ReferenceSet
  private var keys: [Key] = [Key(state: 0, tally: .init())]
  private var lattices: [Lattice<Count>] = [.start]

  /// What the future of a path depends on, beside its sums.
  struct Key: Hashable {
    var state: Int32
    var tally: IntegerContrast.Tally
  }

  /// One addition of a lattice to another.
  private struct Move {
    let source: Int
    let target: Int
    let overlap: Int
    let sum: Int
    let factor: Int
  }

  init(_ contrast: IntegerContrast, _ reference: ReferenceSet) {
    self.contrast = contrast
    self.reference = reference
  }

  /// Counts all assignments.
  static func cells(_ contrast: IntegerContrast, _ reference: ReferenceSet) -> Cells<Count> {
    var recursion = LatticeRecursion(contrast, reference)
    for segment in Segments(reference, contrast).parts {
      if let entries = segment.entries {
        recursion.convolve(entries)
      } else {
        for slot in segment.slots { recursion.step(slot) }
      }
    }
    return recursion.collected()
  }

  /// Goes over one slot.
  private mutating func step(_ slot: Int) {
    let (contrast, reference) = (contrast, reference)
    advance { key, visit in
      for arm in 0...1 {
        guard let next = reference.next(slot, key.state, arm) else { continue }
        let tally = contrast.tally(key.tally, after: slot, arm: arm)
        visit(
          Key(state: next, tally: tally), arm == 1 ? Int(contrast.overlapGain[slot]) : 0,
          arm == 1 ? Int(contrast.gain[slot]) : 0, 1)
      }
    }
  }

  /// Goes over a whole segment.
  private mutating func convolve(_ entries: [Segments.Entry]) {
    advance { key, visit in
      for entry in entries {
        let tally = key.tally.adding(entry.tally)
        visit(Key(state: entry.state, tally: tally), entry.overlap, entry.sum, entry.count)
      }
    }
  }

  private mutating func advance(_ moves: (Key, (Key, Int, Int, Int) -> Void) -> Void) {
    var index: [Key: Int] = [:]
    var targets: [Key] = []
    var bounds: [Lattice<Count>.Bounds] = []
    var list: [Move] = []
    for source in keys.indices {
      moves(keys[source]) { key, overlap, sum, factor in
        let moved = lattices[source].bounds.moved(overlap, sum)
        let target: Int
        if let known = index[key] {
          target = known
          bounds[known] = bounds[known].joined(moved)
        } else {
          target = targets.count
          index[key] = target
          targets.append(key)
          bounds.append(moved)
        }
        list.append(
          Move(source: source, target: target, overlap: overlap, sum: sum, factor: factor))
      }
    }
    var next = bounds.map { Lattice<Count>($0) }
    for move in list {
      next[move.target].add(
        lattices[move.source], overlap: move.overlap, sum: move.sum, factor: move.factor)
    }
    keys = targets
    lattices = next
  }

  /// The cells that are reached, as integers of the statistic.
  private func collected() -> Cells<Count> {
    var cells = Cells<Count>()
    for (key, lattice) in zip(keys, lattices) {
      for row in lattice.first.indices where lattice.first[row] < lattice.last[row] {
        let start = row * lattice.bounds.columns
        for column in lattice.first[row]..<lattice.last[row] {
          let count = lattice.cells[start + column]
          guard count != .zero else { continue }
          let sum = Int64(lattice.bounds.lowSum + column)
          let overlap = Int64(lattice.bounds.lowOverlap + row)
          cells.append(contrast.finished(sum, overlap, key.tally), count)
        }
      }
    }
    return cells
  }
}
