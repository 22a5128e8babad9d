import Testing

@testable import TrialStatistics

@Suite("The naive twin")
struct TwinTests {
  /// Compares everything at three levels.
  private func compare(_ twin: NaiveTwin, _ reference: ReferenceSet? = nil, intervals: Bool = true)
    throws
  {
    let total = twin.assignments.count
    let set = reference ?? NaiveScheme(twin.assignments).reference
    let counts = twin.counts(Ratio(0))
    guard twin.statistic(twin.observed, twin.outcome.map { $0.map { Ratio($0) } }) != nil,
      total > 1
    else { return }
    let kind: StatisticKind =
      twin.blocks.count == 1 ? .meanDifference : .blockAdjusted(blocks: twin.blocks)
    for (level, part) in [(0.9, Ratio(1, 10)), (0.5, Ratio(1, 2))] {
      let result = try RandomizationTest(
        outcome: ExactOutcome(units: twin.outcome.map { $0.map { Int64($0) } }, decimals: 0),
        observed: twin.observed, kept: nil, reference: set, statistic: kind, whitening: .none,
        level: level
      ).result()
      let size = Double(total)
      #expect(result.pGreater == Double(counts.greater) / size, "\(twin)")
      #expect(result.pLess == Double(counts.less) / size, "\(twin)")
      #expect(result.pAbsolute == Double(counts.absolute) / size, "\(twin)")
      #expect(result.undefinedCount == UInt128(counts.undefined), "\(twin)")
      let mid = (Double(counts.greater) - Double(counts.ties) / 2) / size
      #expect(abs(result.midGreater - mid) < 1e-15, "\(twin)")
      guard intervals else { return }
      if let middle = twin.hodgesLehmann {
        #expect(same(result.hodgesLehmann, middle), "\(twin)")
      }
      let tail = part * Ratio(total) / Ratio(2)
      let lower = twin.limits(tail) { $0.greater }.lower
      let upper = twin.limits(tail) { $0.less }.upper
      #expect(same(result.interval.lower, lower), "\(twin) \(level)")
      #expect(same(result.interval.upper, upper), "\(twin) \(level)")
      let absolute = twin.limits(part * Ratio(total)) { $0.absolute }
      #expect(same(result.intervalAbsolute.lower, absolute.lower), "\(twin) \(level)")
      #expect(same(result.intervalAbsolute.upper, absolute.upper), "\(twin) \(level)")
    }
  }

  /// Both forms of the contrast, counted on the lattice.
  private func compareForms(_ twin: NaiveTwin, _ reference: ReferenceSet) throws {
    let outcome = ExactOutcome(units: twin.outcome.map { $0.map { Int64($0) } }, decimals: 0)
    guard
      let test = try? RandomizationTest(
        outcome: outcome, observed: twin.observed, kept: nil, reference: reference,
        statistic: .blockAdjusted(blocks: twin.blocks), whitening: .none, level: 0.8),
      twin.statistic(twin.observed, twin.outcome.map { $0.map { Ratio($0) } }) != nil
    else { return }
    let counts = twin.counts(Ratio(0))
    let results = try [false, true].flatMap { carrying in
      let contrast = try #require(test.contrast(test.outcome, carrying: carrying))
      let lattice = LatticeRecursion<Double>.counted(contrast, reference)
      return [
        test.evaluate(lattice, contrast, test.outcome),
        test.evaluate(Cells(lattice, contrast), contrast, test.outcome),
      ]
    }
    for result in results {
      #expect(result.pGreater == Double(counts.greater) / Double(twin.assignments.count), "\(twin)")
      #expect(result.pAbsolute == Double(counts.absolute) / Double(twin.assignments.count))
      #expect(result.interval == results[0].interval, "\(twin)")
      #expect(result.intervalAbsolute == results[0].intervalAbsolute, "\(twin)")
      #expect(result.hodgesLehmann == results[0].hodgesLehmann, "\(twin)")
      #expect(result.undefinedShare == results[0].undefinedShare, "\(twin)")
    }
  }

  private func same(_ found: Double?, _ expected: Ratio?) -> Bool {
    guard let found, let expected else { return found == nil && expected == nil }
    return abs(found - expected.value) < 1e-12
  }

  /// All sequences of a length, in order.
  private func sequences(_ slots: Int) -> [[Int]] {
    (0..<(1 << slots)).map { number in (0..<slots).map { (number >> $0) & 1 } }
  }

  @Test("every set of assignments over three slots, every element as the observed one")
  func everySmallSet() throws {
    let all = sequences(3)
    for members in 1..<256 {
      let list = all.indices.filter { (members >> $0) & 1 == 1 }.map { all[$0] }
      for observed in list {
        try compare(
          NaiveTwin(assignments: list, observed: observed, outcome: [4, -1, 2], blocks: [0..<3]))
        if members % 5 == 0 {
          try compare(
            NaiveTwin(
              assignments: list, observed: observed, outcome: [4, nil, 2], blocks: [0..<2, 2..<3]))
        }
      }
    }
  }

  @Test("random blocks, ratios, missing slots and outcomes", arguments: 0..<40)
  func randomBlocks(seed: Int) throws {
    var generator = SamplingGenerator(seed: UInt64(seed))
    let sizes = (0..<2).map { _ in Int.random(in: 2...4, using: &generator) }
    let active = sizes.map { Int.random(in: 1..<$0, using: &generator) }
    let slots = sizes.reduce(0, +)
    let all = sequences(slots).filter { arms in
      zip(ranges(sizes), active).allSatisfy { arms[$0.0].reduce(0, +) == $0.1 }
    }
    let outcome = (0..<slots).map { _ in
      Int.random(in: 0..<6, using: &generator) == 0
        ? nil : Int.random(in: -3...5, using: &generator)
    }
    let set = ReferenceSet(layers: blockLayers(sizes: sizes, active: active))
    #expect(set.exactCount == UInt128(all.count))
    for blocks in [[0..<slots], ranges(sizes)] {
      for observed in all.shuffled(using: &generator).prefix(2) {
        let twin = NaiveTwin(
          assignments: all, observed: observed, outcome: outcome, blocks: blocks)
        try compare(twin)
        try compare(twin, set)
        try compareForms(twin, set)
      }
    }
  }

  @Test("random lists with missing slots", arguments: 0..<20)
  func randomLists(seed: Int) throws {
    var generator = SamplingGenerator(seed: UInt64(1_000 + seed))
    let slots = Int.random(in: 4...6, using: &generator)
    let list = Array(sequences(slots).shuffled(using: &generator).prefix(24))
    try compare(list, slots, seed, &generator)
  }

  @Test("lists with some assignments several times", arguments: 0..<40)
  func draws(seed: Int) throws {
    var generator = SamplingGenerator(seed: UInt64(7_000 + seed))
    let slots = Int.random(in: 3...6, using: &generator)
    let list = sequences(slots).shuffled(using: &generator).prefix(12).flatMap { arms in
      repeatElement(arms, count: Int.random(in: 1...(seed % 2 == 0 ? 3 : 9), using: &generator))
    }
    try compare(list, slots, seed, &generator)
  }

  /// A list with random outcomes, some of them missing, as one block and as two.
  private func compare(
    _ list: [[Int]], _ slots: Int, _ seed: Int, _ generator: inout SamplingGenerator
  ) throws {
    let outcome = (0..<slots).map { _ in
      Int.random(in: 0..<5, using: &generator) == 0 ? nil : Int.random(in: 0...9, using: &generator)
    }
    let cut = Int.random(in: 1..<slots, using: &generator)
    for blocks in [[0..<slots], [0..<cut, cut..<slots]] {
      let twin = NaiveTwin(
        assignments: list, observed: list[seed % list.count], outcome: outcome, blocks: blocks)
      try compare(twin)
      try compareForms(twin, NaiveScheme(list).reference)
    }
  }

  @Test("large blocks of different sizes do not overflow")
  func largeDenominators() throws {
    let sizes = [11, 13, 7, 9, 16, 5]
    let active = [5, 6, 3, 4, 8, 2]
    let set = ReferenceSet(layers: blockLayers(sizes: sizes, active: active))
    let observed = zip(sizes, active).flatMap { size, active in
      (0..<size).map { $0 < active ? 1 : 0 }
    }
    for value in [3, 9_999] {
      let units = observed.indices.map { $0 == 3 ? nil : Int64($0 % 2 == 0 ? 3 : value) }
      let result = try RandomizationTest(
        outcome: ExactOutcome(units: units, decimals: 2), observed: observed, kept: nil,
        reference: set, statistic: .blockAdjusted(blocks: ranges(sizes)), whitening: .none,
        level: 0.95
      ).result()
      #expect(result.method == .exact)
      #expect(result.pDoubled > 0 && result.pDoubled <= 1)
      #expect(result.hodgesLehmann != nil)
    }
  }

  @Test("all 4,096 sequences of a coin over twelve slots")
  func coin() throws {
    let set = ReferenceSet(layers: layers(slots: 12, start: 0) { _, state, _ in state })
    let outcome = [3, 1, 4, nil, 5, 9, 2, 6, 5, 3, nil, 8]
    for observed in [[0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1], [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1]] {
      for blocks in [[0..<12], [0..<5, 5..<12]] {
        try compare(
          NaiveTwin(
            assignments: sequences(12), observed: observed, outcome: outcome, blocks: blocks),
          set, intervals: false)
      }
    }
  }

  @Test("the lattice, the list and the halves agree", arguments: [0, 1, 2, 3])
  func routes(seed: Int) throws {
    var generator = SamplingGenerator(seed: UInt64(50 + seed))
    let set = ReferenceSet(layers: blockLayers(sizes: [4, 4, 3, 4], active: [2, 2, 1, 2]))
    let observed = [0, 1, 1, 0, 1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 1]
    let outcome = ExactOutcome(
      units: observed.map { _ in Int64.random(in: -40...60, using: &generator) }, decimals: 1)
    let test = try RandomizationTest(
      outcome: outcome, observed: observed, kept: nil, reference: set, statistic: .meanDifference,
      whitening: .none, level: 0.9)
    let contrast = try #require(
      IntegerContrast.make(
        units: outcome.units, used: test.used, observed: observed, reference: set,
        blocks: test.blocks))
    let exact = test.evaluate(LatticeRecursion<Double>.counted(contrast, set), contrast, outcome)
    let wide = test.evaluate(LatticeRecursion<UInt128>.counted(contrast, set), contrast, outcome)
    let listed = test.evaluate(Enumeration(reference: set).cells(contrast), contrast, outcome)
    let linear = try #require(LinearContrast(contrast, observed: observed, outcome: outcome))
    let sample = test.result(
      linear, LinearSample.all(linear, set, used: test.used, blocks: test.blocks)
    ) { _, _ in .exact }
    let halves = test.result(MeetInTheMiddle(set, linear))
    for other in [wide, listed, sample, halves] {
      #expect(other.pGreater == exact.pGreater)
      #expect(other.pLess == exact.pLess)
      #expect(other.pAbsolute == exact.pAbsolute)
      #expect(other.midGreater == exact.midGreater)
      #expect(near(other.estimate, exact.estimate))
      #expect(near(other.hodgesLehmann, exact.hodgesLehmann))
      #expect(near(other.interval.lower, exact.interval.lower))
      #expect(near(other.interval.upper, exact.interval.upper))
      #expect(near(other.intervalAbsolute.lower, exact.intervalAbsolute.lower))
      #expect(near(other.intervalAbsolute.upper, exact.intervalAbsolute.upper))
    }
  }

  private func near(_ found: Double?, _ expected: Double?) -> Bool {
    guard let found, let expected else { return found == nil && expected == nil }
    return abs(found - expected) < 1e-9
  }

  @Test("the test is of its size: over all assignments at most the level is rejected")
  func size() throws {
    let sizes = [4, 4]
    let set = ReferenceSet(layers: blockLayers(sizes: sizes, active: [2, 2]))
    let all = sequences(8).filter { arms in
      ranges(sizes).allSatisfy { arms[$0].reduce(0, +) == 2 }
    }
    for whitening in [Whitening.none, .estimated, .fixed(0.5)] {
      let levels = try all.map { observed in
        try RandomizationTest(
          outcome: ExactOutcome(units: [3, 5, 4, 4, 7, 6, 8, 8], decimals: 0), observed: observed,
          kept: nil, reference: set, statistic: .meanDifference, whitening: whitening, level: 0.9
        ).result().pDoubled
      }
      for level in [0.06, 0.1, 0.25, 0.5] {
        let rejected = levels.filter { $0 <= level }.count
        #expect(Double(rejected) <= level * Double(all.count), "\(whitening) \(level)")
      }
    }
  }
}
