import Testing

@testable import TrialStatistics

@Suite("Completely randomized sets, counted by groups")
struct CompleteCountTests {
  private func complete(_ slots: Int, _ active: Int) -> ReferenceSet {
    ReferenceSet(layers: blockLayers(sizes: [slots], active: [active]))
  }

  @Test("a set is known as complete where its list is")
  func detection() {
    let all = (0..<16).map { number in (0..<4).map { (number >> $0) & 1 } }
    var found = 0
    for members in 1..<(1 << 16) where members % 7 == 0 || members.nonzeroBitCount < 7 {
      let list = all.indices.filter { (members >> $0) & 1 == 1 }.map { all[$0] }
      let active = list[0].reduce(0, +)
      let isComplete =
        list.allSatisfy { $0.reduce(0, +) == active } && (1...3).contains(active)
        && list.count == [1: 4, 2: 6, 3: 4][active]
      let set = NaiveScheme(list).reference
      // A list is a tree, whose states are told apart although the same may follow; it may be missed,
      // but nothing else may be taken for it.
      if let known = set.activeOfComplete { #expect(isComplete && known == active) }
      found += isComplete ? 1 : 0
    }
    #expect(found == 3)
    for slots in 2...9 {
      for active in 1..<slots {
        #expect(complete(slots, active).activeOfComplete == active)
      }
    }
    #expect(complete(4, 0).activeOfComplete == nil)
    let others = [
      ReferenceSet(layers: blockLayers(sizes: [4, 4], active: [2, 2])),
      ReferenceSet(layers: layers(slots: 9, start: 0) { _, state, _ in state }),
      // Half of each arm, but never all active ones at the end.
      ReferenceSet(
        layers: layers(slots: 6, start: 0, ends: { $0 == 3 }) { slot, state, arm in
          slot == 3 && state == 0 && arm == 1 ? nil : state + arm
        }),
    ]
    for set in others { #expect(set.activeOfComplete == nil) }
  }

  /// The cells with the same statistic together.
  private func gathered<Count: PathWeight>(_ cells: Cells<Count>) -> [[Int64]: Double] {
    var result: [[Int64]: Double] = [:]
    for place in cells.counts.indices {
      let key = [cells.numerators[place], cells.overlaps[place], cells.weights[place]]
      result[key, default: 0] += cells.counts[place].approximation
    }
    return result
  }

  @Test("every cell is that of the recursion over slots", arguments: 0..<60)
  func cells(seed: Int) throws {
    var generator = SamplingGenerator(seed: UInt64(4_000 + seed))
    let slots = Int.random(in: 2...(seed < 50 ? 14 : 70), using: &generator)
    let active =
      seed % 3 == 0 && slots % 2 == 0 ? slots / 2 : Int.random(in: 1..<slots, using: &generator)
    let set = complete(slots, active)
    let observed = Array((0..<slots).map { $0 < active ? 1 : 0 }.shuffled(using: &generator))
    let missing = seed % 2 == 0 ? 0 : 4
    let units = (0..<slots).map { _ -> Int64? in
      Int.random(in: 0..<10, using: &generator) < missing
        ? nil : Int64.random(in: -3...9, using: &generator)
    }
    let used = units.map { $0 != nil }
    guard used.contains(true) else { return }
    let made = try #require(
      IntegerContrast.make(
        units: units, used: used, observed: observed, reference: set, blocks: [0..<slots]))
    for contrast in [made, made.withoutOverlaps] {
      let fast = try #require(CompleteCount(contrast, set))
      let slow = gathered(Cells(LatticeRecursion<Double>.counted(contrast, set), contrast))
      let wide = gathered(Cells(fast.counted() as Lattice<UInt128>, contrast))
      let plain = gathered(Cells(fast.counted() as Lattice<Double>, contrast))
      #expect(Set(wide.keys) == Set(slow.keys) && Set(plain.keys) == Set(slow.keys))
      for (key, count) in slow {
        for found in [wide[key], plain[key]] {
          #expect(abs((found ?? 0) - count) <= 1e-13 * count, "\(slots) \(active) \(key)")
        }
      }
      if slots <= 14 {
        #expect(slow.values.reduce(0, +) == set.count && wide == slow && plain == slow)
      }
    }
  }

  /// Half of 170 slots can be chosen in more ways than 128 bits count, although nobody asks for them.
  @Test("many more of one arm than of the other", arguments: [(200, 170), (150, 139), (200, 30)])
  func unequal(slots: Int, active: Int) throws {
    let set = complete(slots, active)
    let observed = (0..<slots).map { $0 % 10 < 10 * active / slots ? 1 : 0 }
    let given = observed.reduce(0, +)
    let arms = observed.enumerated().map { $0 >= slots - (active - given) ? 1 : $1 }
    let units = (0..<slots).map { Int64($0 * 7 % 5) }
    let test = try RandomizationTest(
      outcome: ExactOutcome(units: units, decimals: 0),
      observed: arms.reduce(0, +) == active ? arms : (0..<slots).map { $0 < active ? 1 : 0 },
      kept: nil, reference: set, statistic: .meanDifference, whitening: .none, level: 0.95)
    let contrast = try #require(test.contrast(test.outcome))
    for one in [contrast, contrast.withoutOverlaps] {
      let fast = try #require(CompleteCount(one, set))
      let wide = gathered(Cells(fast.counted() as Lattice<UInt128>, one))
      let slow = gathered(Cells(LatticeRecursion<Double>.counted(one, set), one))
      #expect(Set(wide.keys) == Set(slow.keys))
      for (key, count) in slow { #expect(abs((wide[key] ?? 0) - count) <= 1e-12 * count) }
    }
    #expect(try test.result().pDoubled <= 1)
  }
}
