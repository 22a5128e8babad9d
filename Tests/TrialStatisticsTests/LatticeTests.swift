import Testing

@testable import TrialStatistics

/// The lattice, which is written over itself and counted by halves, against listing all assignments.
@Suite("The lattice")
struct LatticeTests {
  private struct Statistic: Hashable {
    let numerator: Int64
    let overlap: Int64
    let weight: Int64
  }

  private func gathered<Count: PathWeight>(_ cells: Cells<Count>) -> [Statistic: Double] {
    var counts: [Statistic: Double] = [:]
    for index in cells.counts.indices {
      let place = Statistic(
        numerator: cells.numerators[index], overlap: cells.overlaps[index],
        weight: cells.weights[index])
      counts[place, default: 0] += cells.counts[index].approximation
    }
    return counts
  }

  /// Schemes that are closed under exchanging the arms, and others.
  private var schemes: [(name: String, layers: [[[Int32]]])] {
    [
      ("blocks", blockLayers(sizes: [4, 2, 4, 2], active: [2, 1, 2, 1])),
      ("unequal blocks", blockLayers(sizes: [4, 3, 5], active: [1, 2, 2])),
      ("complete", blockLayers(sizes: [12], active: [6])),
      ("unequal", blockLayers(sizes: [12], active: [4])),
      (
        "longest run 2",
        layers(slots: 12, start: [0, 0, 0], ends: { $0[2] == 6 }) { _, memory, arm in
          let run = memory[1] == arm ? memory[0] + 1 : 1
          return run > 2 ? nil : [run, arm, memory[2] + arm]
        }
      ),
      (
        "coin, at least 3",
        layers(slots: 11, start: 0, ends: { (3...8).contains($0) }) { _, active, arm in
          active + arm
        }
      ),
    ]
  }

  @Test("every cell is the one that listing all assignments finds", arguments: 0..<12)
  func cells(seed: Int) throws {
    var generator = SamplingGenerator(seed: UInt64(seed) + 70)
    let scheme = schemes[seed % 6]
    let set = ReferenceSet(layers: scheme.layers)
    // Values so far apart that the rows of neighbouring overlaps overwrite each other.
    let units = (0..<set.slotCount).map { _ -> Int64? in
      seed >= 6 && Int.random(in: 0..<5, using: &generator) == 0
        ? nil : Int64.random(in: 0...3_000, using: &generator)
    }
    let paths = (0..<(1 << set.slotCount)).lazy
      .map { path in (0..<set.slotCount).map { (path >> $0) & 1 } }
      .filter { set.firstImpossibleSlot(of: $0) == nil }
    let observed = try #require(paths.dropFirst(seed * 7).first)
    let used = units.map { $0 != nil }
    for blocks in [[0..<set.slotCount], [0..<4, 4..<set.slotCount]] {
      let contrast = try #require(
        IntegerContrast.make(
          units: units, used: used, observed: observed, reference: set, blocks: blocks))
      let listed = gathered(Enumeration(reference: set).cells(contrast) as Cells<Double>)
      let counted = LatticeRecursion<Double>.counted(contrast, set)
      #expect(gathered(Cells(counted, contrast)) == listed, "\(scheme.name)")
      let wide = LatticeRecursion<UInt128>.counted(contrast, set, cells: 100_000)
      #expect(gathered(Cells(wide, contrast)) == listed, "\(scheme.name)")
      let work = LatticeWork(contrast, set)
      #expect(Double(counted.rows.reduce(0) { $0 + $1.width }) <= 2 * work.cells)
    }
  }

  @Test("a set is closed under exchanging the arms where its list is")
  func complement() {
    let all = (0..<8).map { number in (0..<3).map { (number >> $0) & 1 } }
    var closed = 0
    for members in 1..<256 {
      let list = all.indices.filter { (members >> $0) & 1 == 1 }.map { all[$0] }
      let isClosed = list.allSatisfy { arms in list.contains(arms.map { 1 - $0 }) }
      closed += isClosed ? 1 : 0
      #expect(NaiveScheme(list).reference.isClosedUnderComplement == isClosed)
    }
    #expect(closed == 15)
    for (scheme, expected) in zip(schemes, [true, false, true, false, true, true]) {
      #expect(ReferenceSet(layers: scheme.layers).isClosedUnderComplement == expected)
    }
  }
}
