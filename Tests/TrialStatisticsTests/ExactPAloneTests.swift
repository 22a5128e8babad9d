import Testing

@testable import TrialStatistics

/// p-values by a lattice without overlaps: the route of sets whose intervals are too dear to count.
@Suite("p-values counted without overlaps")
struct ExactPAloneTests {
  /// At most `longest` slots of one arm in a row, as many of each arm.
  private func alternation(_ slots: Int, longest: Int) -> ReferenceSet {
    ReferenceSet(
      layers: layers(slots: slots, start: [0, 0, 0], ends: { $0[2] == slots / 2 }) {
        _, memory, arm in
        let run = memory[1] == arm ? memory[0] + 1 : 1
        return run > longest || memory[2] + arm > slots / 2 ? nil : [run, arm, memory[2] + arm]
      })
  }

  private func test(
    _ set: ReferenceSet, _ units: [Int64?], _ observed: [Int], blocks: [Range<Int>]
  ) throws -> RandomizationTest {
    try RandomizationTest(
      outcome: ExactOutcome(units: units, decimals: 2), observed: observed, kept: nil,
      reference: set,
      statistic: blocks.count == 1 ? .meanDifference : .blockAdjusted(blocks: blocks),
      whitening: .none, level: 0.95)
  }

  @Test("they are those of the lattice with overlaps", arguments: 0..<24)
  func agreement(seed: Int) throws {
    var generator = SamplingGenerator(seed: UInt64(seed) + 900)
    let sets = [
      ReferenceSet(layers: blockLayers(sizes: [4, 2, 4, 2], active: [2, 1, 2, 1])),
      ReferenceSet(layers: blockLayers(sizes: [4, 3, 5], active: [1, 2, 2])),
      alternation(12, longest: 2),
      ReferenceSet(
        layers: layers(slots: 12, start: 0, ends: { (3...9).contains($0) }) { _, active, arm in
          active + arm
        }),
    ]
    let set = sets[seed % 4]
    var observed = [Int](repeating: 0, count: set.slotCount)
    var sampler = Sampler(set, seed: UInt64(seed))
    sampler.draw(into: &observed)
    let units = (0..<set.slotCount).map { slot -> Int64? in
      seed >= 8 && slot % 5 == seed % 5 ? nil : Int64.random(in: 0...300, using: &generator)
    }
    for blocks in [[0..<set.slotCount], [0..<4, 4..<set.slotCount]] {
      let test = try test(set, units, observed, blocks: blocks)
      for carrying in [false, true] {
        guard let contrast = test.contrast(test.outcome, carrying: carrying),
          contrast.statistic(of: observed).weight > 0
        else { continue }
        let whole = test.counted(contrast, room: 0, test.outcome)
        let alone = test.counted(contrast.withoutOverlaps, room: 0, test.outcome)
        #expect(alone.pGreater == whole.pGreater)
        #expect(alone.pLess == whole.pLess)
        #expect(alone.pAbsolute == whole.pAbsolute)
        #expect(alone.midGreater == whole.midGreater)
        #expect(alone.undefinedCount == whole.undefinedCount)
        // Means of classes are summed up in another order.
        #expect(alone.distribution.count == whole.distribution.count)
        let differences = zip(alone.distribution, whole.distribution).map {
          abs($0.value - $1.value) + abs($0.probability - $1.probability)
        }
        #expect((differences.max() ?? 0) < 1e-12)
      }
    }
  }

  @Test("ends that differ by their rounding are one effect")
  func roundedEnds() {
    var sweep = EffectSweep()
    sweep.addAlways(1)
    sweep.add([1, 3], [false, true, false])
    // Begins where the other ceases, but for the last bit.
    sweep.add([3 * (1 + 0x1p-51), 5], [false, true, false])
    let found = sweep.limits(1.5)
    #expect(found.lower == 1 && found.upper == 5 && !found.hasGaps)
    var apart = EffectSweep()
    apart.addAlways(1)
    apart.add([1, 3], [false, true, false])
    apart.add([3.01, 5], [false, true, false])
    #expect(apart.limits(1.5).hasGaps)
  }

  @Test("rounding is decimal and leaves short numbers as they are")
  func decimalRounding() {
    let outcome = ExactOutcome(units: [1_500, 2_499, -1_500, 7_000, nil], decimals: 6)
    let coarser = outcome.coarser()
    #expect(coarser.units == [2, 2, -2, 7, nil])
    #expect(coarser.roundingUnit == 1e-3)
    #expect(ExactOutcome.powerOfTen(38) == 1e38 && ExactOutcome.powerOfTen(-38) == 1e-38)
  }

  /// The lattice with overlaps needs more than the limit here, the one without a small part of it.
  @Test("a long set with a longest run has exact p-values beside a drawn interval")
  func route() throws {
    let set = alternation(112, longest: 3)
    var observed = [Int](repeating: 0, count: 112)
    var sampler = Sampler(set, seed: 5)
    sampler.draw(into: &observed)
    var generator = SamplingGenerator(seed: 6)
    let units = observed.map { Int64.random(in: 0...1_000, using: &generator) + Int64($0) * 60 }
    let test = try test(set, units, observed, blocks: [0..<112])
    let result = try test.result()
    #expect(result.method == .exact)
    #expect(result.intervalDraws == 100_000)
    let drawn = try test.drawing(20_000, seed: 8).result()
    guard case .monteCarlo(_, let error) = drawn.method else {
      Issue.record("expected draws")
      return
    }
    #expect(abs(result.pDoubled - drawn.pDoubled) < 5 * error)
    #expect(drawn.intervalDraws == nil)
    let lower = try #require(result.interval.lower)
    let upper = try #require(result.interval.upper)
    #expect(lower < result.estimate && result.estimate < upper)
    #expect(abs(lower - (drawn.interval.lower ?? .nan)) < 0.15)
  }
}
