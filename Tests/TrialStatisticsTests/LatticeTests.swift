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

  /// Two shapes with rows of random widths, each new row reading some old ones.
  private func step(_ generator: inout SamplingGenerator) -> (
    old: LatticeShape, new: LatticeShape, moves: LatticeMoves
  ) {
    var old = LatticeShape()
    let base = Int.random(in: 0...9, using: &generator)
    for state in 0..<Int.random(in: 1...4, using: &generator) {
      let first = old.rows.count
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let width = Int.random(in: 0...5, using: &generator)
        old.rows.append(LatticeRow(low: 0, width: width, start: base + old.size))
        old.size += width
      }
      old.parts.append(
        LatticePart(
          key: LatticeKey(state: Int32(state), tally: .init()), overlap: 0,
          rows: first..<old.rows.count))
    }
    var moves = LatticeMoves(states: 4, upTo: 5)
    for (source, part) in old.parts.enumerated() {
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let state = Int32.random(in: 0..<4, using: &generator)
        moves.add(
          source, overlaps: 0...part.rows.count - 1, to: LatticeKey(state: state, tally: .init()),
          overlap: Int.random(in: 0...2, using: &generator),
          sum: Int.random(in: 0...3, using: &generator), factor: 1)
      }
    }
    moves = moves.grouped()
    var new = LatticeShape()
    new.follow(old, moves)
    return (old, new, moves)
  }

  /// Whether no cell is overwritten before its last reader, rows being written in order.
  private func isSafe(
    _ step: (old: LatticeShape, new: LatticeShape, moves: LatticeMoves), at start: Int,
    isUpwards: Bool
  ) -> Bool {
    var written: Set<Int> = []
    let order = Array(step.new.rows.indices)
    for index in isUpwards ? order : order.reversed() {
      let row = step.new.rows[index]
      written.formUnion(start + row.start..<start + row.start + row.width)
      for move in step.moves.list {
        let (source, target) = (step.old.parts[move.source], step.new.parts[move.target])
        guard target.rows.contains(index) else { continue }
        let overlap = target.overlap + index - target.rows.lowerBound
        let from = overlap - move.overlap - source.overlap
        guard from >= 0, from < source.rows.count else { continue }
        let read = step.old.rows[source.rows.lowerBound + from]
        let cells = read.start..<read.start + read.width
        if cells.contains(where: written.contains) { return false }
      }
    }
    return true
  }

  @Test("no cell is overwritten before it is read, and no room is wasted")
  func placement() {
    var generator = SamplingGenerator(seed: 12)
    for _ in 0..<500 {
      let step = step(&generator)
      let place = LatticePlacement(from: step.old, to: step.new, step.moves, small: -1)
      guard let base = step.old.rows.first?.start else { continue }
      // The new rows begin at 0 where the old ones begin at `upwards`.
      #expect(isSafe(step, at: base - place.upwards, isUpwards: true))
      #expect(isSafe(step, at: base + place.downwards, isUpwards: false))
      if place.upwards > 0 {
        #expect(!isSafe(step, at: base - place.upwards + 1, isUpwards: true))
      }
      if place.downwards > 0 {
        #expect(!isSafe(step, at: base + place.downwards - 1, isUpwards: false))
      }
      let apart = LatticePlacement(from: step.old, to: step.new, step.moves)
      #expect(apart.upwards == step.new.size && apart.downwards == step.old.size)
    }
  }

  @Test("large counts are rounded to the nearest number")
  func rounding() {
    var generator = SamplingGenerator(seed: 3)
    for _ in 0..<2_000 {
      let bits = UInt128(generator.next()) << 64 | UInt128(generator.next())
      let count = bits >> UInt128.random(in: 2...127, using: &generator)
      #expect(count.approximation == Double(count))
    }
    for count in [UInt128(1) << 117 + 1, UInt128(1) << 64, UInt128.max >> 2, 0] {
      #expect(count.approximation == Double(count))
    }
  }
}
