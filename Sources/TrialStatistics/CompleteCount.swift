/// Counts a completely randomized set by (sum, overlap) without following it slot by slot.
///
/// Among all assignments with m active slots those with k of the truly active ones are the choices of
/// k from these and of m − k from the others. So the sums at an overlap of k are those of the k-subsets
/// of one group convolved with those of the (m − k)-subsets of the other, and no lattice over both has
/// to be stepped through. Slots without an outcome are a third group, which has neither sum nor overlap.
struct CompleteCount {
  private let contrast: IntegerContrast
  private let mirror: IntegerContrast.Mirror?
  /// What the used slots add, those that are truly active and the others.
  private let inside, outside: [Int]
  /// The slots that are not used.
  private let unused: Int
  private let active: Int

  /// Additions in all, weighted as those of `LatticeWork`.
  private(set) var additions = 0.0
  private var cells = 0.0
  private let bytes: Double

  /// - Returns: `nil` for a set that is not completely randomized, and for statistics that look at
  ///   more than the two groups.
  init?(_ contrast: IntegerContrast, _ reference: ReferenceSet) {
    guard contrast.closings.isEmpty, !reference.isHuge,
      zip(contrast.gain, contrast.overlapGain).allSatisfy({ $0 >= 0 && ($1 == 0 || $1 == 1) }),
      let active = reference.activeOfComplete
    else { return nil }
    self.contrast = contrast
    self.active = active
    mirror = contrast.mirror(reference)
    let used = contrast.used.indices.filter { contrast.used[$0] }
    inside = used.filter { contrast.overlapGain[$0] == 1 }.map { Int(contrast.gain[$0]) }
    outside = used.filter { contrast.overlapGain[$0] == 0 }.map { Int(contrast.gain[$0]) }
    unused = contrast.used.count - used.count
    let isWide = reference.count > 0x1p53 && reference.exactCount != nil
    bytes = isWide ? 16 : 8
    let rows = [inside, outside].map { group in
      SubsetSums<Double>.rows(group.sorted(), upTo: min(active, group.count))
    }
    for (group, rows) in zip([inside, outside], rows) {
      let size = rows.reduce(0.0) { $0 + Double($1.width) }
      cells += size
      additions += size * Double(group.count)
    }
    for observed in observedCounts {
      for overlap in overlaps(observed) {
        let (own, others) = (rows[0][overlap].width, rows[1][observed - overlap].width)
        additions += Double(own) * Double(others)
        cells += Double(own + others - 1)
      }
    }
    if isWide { additions *= 4 }
  }

  /// Whether memory and time allow it.
  var fits: Bool { cells * bytes <= Limits.bytes && additions <= Limits.additions }

  /// Whether it is done before anything else is thought about.
  ///
  /// To find out what another way would cost takes longer than this where the set is too large to be listed.
  func isSmall(for reference: ReferenceSet) -> Bool {
    fits && additions < (reference.count > Limits.enumerated ? 0x1p26 : 0x1p18)
  }

  /// How many of the used slots may be active.
  private var observedCounts: ClosedRange<Int> {
    max(0, active - unused)...min(active, inside.count + outside.count)
  }

  /// How many of so many active used slots may be truly active ones; without mirror images.
  private func overlaps(_ observed: Int) -> Range<Int> {
    let low = max(0, observed - outside.count)
    let high = min(inside.count, observed, mirror?.half ?? .max)
    return low..<max(low, high + 1)
  }

  /// All assignments, in the form of the recursion over slots.
  func counted<Count: PathWeight>() -> Lattice<Count> {
    let own = SubsetSums<Count>(inside, upTo: active)
    let others = SubsetSums<Count>(outside, upTo: active)
    let numbers = observedCounts.filter { !overlaps($0).isEmpty }
    var parts: [LatticePart] = []
    var rows: [LatticeRow] = []
    var start = 0
    for observed in numbers {
      let overlaps = overlaps(observed)
      let tally = IntegerContrast.Tally(active: contrast.follows ? Int32(observed) : 0)
      parts.append(
        LatticePart(
          key: LatticeKey(state: 0, tally: tally), overlap: overlaps.lowerBound,
          rows: rows.count..<rows.count + overlaps.count))
      for overlap in overlaps {
        let (left, right) = (own.rows[overlap], others.rows[observed - overlap])
        let width = left.width + right.width - 1
        rows.append(LatticeRow(low: left.low + right.low, width: width, start: start))
        start += width
      }
    }
    var lattice = Lattice<Count>(parts: parts, rows: rows, size: start, mirror: mirror)
    let ways: [Count] = choices()
    lattice.withMemory { memory in
      for (observed, part) in zip(numbers, parts) {
        let left = active - observed
        for (place, row) in part.rows.enumerated() {
          let overlap = part.overlap + place
          own.convolve(
            overlap, others, observed - overlap, times: ways[min(left, unused - left)],
            into: memory + rows[row].start)
        }
      }
    }
    return lattice
  }

  /// In how many ways so few of the unused slots are chosen, or all but so few.
  private func choices<Count: PathWeight>() -> [Count] {
    // No further than needed, so that no number is larger than that of all assignments.
    let most = observedCounts.map { min(active - $0, unused - active + $0) }.max() ?? 0
    var row = [Count(1)] + [Count](repeating: .zero, count: most)
    for _ in 0..<unused {
      for place in stride(from: most, to: 0, by: -1) { row[place] += row[place - 1] }
    }
    return row
  }
}

extension SubsetSums {
  /// Writes the sums of a size here and a size there, over all pairs of subsets, `factor` times.
  fileprivate func convolve(
    _ size: Int, _ other: SubsetSums, _ otherSize: Int, times factor: Count,
    into target: UnsafeMutablePointer<Count>
  ) {
    let (own, others) = (rows[size], other.rows[otherSize])
    target.update(repeating: .zero, count: own.width + others.width - 1)
    cells.withUnsafeBufferPointer { mine in
      other.cells.withUnsafeBufferPointer { theirs in
        guard let mine = mine.baseAddress, let theirs = theirs.baseAddress else { return }
        let pair = [
          (cells: mine + own.start, width: own.width),
          (cells: theirs + others.start, width: others.width),
        ]
        // The longer row is run over, so that the loop is worth its start.
        let (short, long) = own.width < others.width ? (pair[0], pair[1]) : (pair[1], pair[0])
        for place in 0..<short.width where short.cells[place] != .zero {
          (target + place).add(long.cells, long.width, times: short.cells[place].times(factor))
        }
      }
    }
  }
}
