import Testing

@testable import TrialStatistics

@Suite("Bad input to the randomization test")
struct BadInputTests {
  private let pairs = ReferenceSet(layers: blockLayers(sizes: [2, 2, 2], active: [1, 1, 1]))

  private func run(
    _ values: [Double?], _ observed: [Int] = [0, 1, 1, 0, 0, 1], kept: [Bool]? = nil,
    reference: ReferenceSet? = nil, statistic: StatisticKind = .meanDifference,
    whitening: Whitening = .none, level: Double = 0.95
  ) throws -> RandomizationResult {
    try RandomizationTest(
      outcome: ExactOutcome(values: values), observed: observed, kept: kept,
      reference: reference ?? pairs, statistic: statistic, whitening: whitening, level: level
    ).result()
  }

  private func refused(
    _ error: StatisticsError, _ sentence: String, _ body: () throws -> RandomizationResult
  ) {
    #expect(throws: error) { _ = try body() }
    #expect(error.description == sentence)
  }

  @Test("outcomes that cannot be analysed")
  func outcomes() {
    refused(.allMissing, "no kept slot has an outcome: there is nothing to analyse") {
      try run([nil, nil, nil, nil, nil, nil])
    }
    refused(.allMissing, "no kept slot has an outcome: there is nothing to analyse") {
      try run([1, 2, 3, 4, 5, 6], kept: [Bool](repeating: false, count: 6))
    }
    refused(
      .armUnobserved(active: true),
      "the active arm has no observed slot: there is nothing to compare"
    ) { try run([1, nil, nil, 3, 4, nil]) }
    refused(
      .armUnobserved(active: false),
      "the reference arm has no observed slot: there is nothing to compare"
    ) { try run([nil, 1, 3, nil, nil, 5]) }
    refused(.notFinite(slot: 2), "slot 2: found a value that is not a finite number") {
      try run([1, .nan, 3, 4, 5, 6])
    }
    refused(.notFinite(slot: 6), "slot 6: found a value that is not a finite number") {
      try run([1, 2, 3, 4, 5, -.infinity])
    }
    refused(
      .lengthsDiffer(name: "outcome", found: 2, expected: 6),
      "outcome: found 2 slots, expected 6"
    ) { try run([1, 2]) }
    refused(
      .lengthsDiffer(name: "kept slots", found: 1, expected: 6),
      "kept slots: found 1 slots, expected 6"
    ) { try run([1, 2, 3, 4, 5, 6], kept: [true]) }
  }

  @Test("assignments and sets that do not belong together")
  func sets() {
    let values: [Double?] = [1, 2, 3, 4, 5, 6]
    refused(
      .observedNotInSet(slot: 4),
      "slot 4: the observed arm is not possible under the declared scheme"
    ) { try run(values, [0, 1, 1, 1, 0, 1]) }
    refused(
      .observedNotInSet(slot: 1),
      "slot 1: the observed arm is not possible under the declared scheme"
    ) { try run(values, [2, 1, 1, 0, 0, 1]) }
    refused(
      .lengthsDiffer(name: "observed assignment", found: 1, expected: 6),
      "observed assignment: found 1 slots, expected 6"
    ) { try run(values, [0]) }
    refused(
      .singleAssignment,
      "the declared scheme has one assignment only: nothing was randomized, so nothing can be tested"
    ) { try run(values, reference: NaiveScheme([[0, 1, 1, 0, 0, 1]]).reference) }
    refused(.emptySet, "the declared scheme has no assignment") {
      try run([1], [0], reference: ReferenceSet(layers: [[]]))
    }
  }

  @Test("plans that cannot be carried out")
  func plans() {
    let values: [Double?] = [1, 2, 3, 4, 5, 6]
    let covers = "the blocks must follow each other from the first slot to the last"
    for blocks in [[0..<2, 3..<6], [0..<2], [], [0..<7], [0..<2, 2..<2, 2..<6]] {
      refused(.blocksDoNotCover, covers) {
        try run(values, statistic: .blockAdjusted(blocks: blocks))
      }
    }
    for level in [0, 1, -1, 95, .nan] {
      refused(
        .levelOutOfRange, "the level of the interval must be more than 0 and less than 1"
      ) { try run(values, level: level) }
    }
    for phi in [1, -1, 2, .nan] {
      refused(
        .autocorrelationOutOfRange, "the autocorrelation must be more than -1 and less than 1"
      ) { try run(values, whitening: .fixed(phi)) }
    }
    let sentence =
      "no block has both arms observed: the block-adjusted statistic is not defined"
    for whitening in [Whitening.none, .fixed(0.5)] {
      refused(.noBlockWithBothArms, sentence) {
        try run(
          [nil, 2, 3, nil, 4, nil],
          statistic: .blockAdjusted(blocks: [0..<2, 2..<4, 4..<6]), whitening: whitening)
      }
    }
  }

  @Test("a constant outcome has an answer", arguments: [Whitening.none, .estimated, .fixed(0.5)])
  func constant(whitening: Whitening) throws {
    let result = try run([4.5, 4.5, 4.5, 4.5, 4.5, 4.5], whitening: whitening, level: 0.5)
    #expect(result.pDoubled == 1 && result.pAbsolute == 1 && result.pGreater == 1)
    #expect(result.midGreater == 0.5)
    #expect(result.estimate == 0 && result.hodgesLehmann == 0)
    #expect(result.interval == Interval(level: 0.5, lower: 0, upper: 0))
    #expect(result.distribution.count == 1)
  }

  @Test("decimals are read as they are written")
  func decimals() throws {
    let outcome = try ExactOutcome(values: [0.1, 71.12, -3, nil, 1e-5, 2e3])
    #expect(outcome.decimals == 5)
    #expect(outcome.units == [10_000, 7_112_000, -300_000, nil, 1, 200_000_000])
    #expect(try ExactOutcome(values: [10, 20]).units == [10, 20])
    #expect(try ExactOutcome(values: [0, -0.0]).units == [0, 0])
  }

  @Test("values of any size are analysed", arguments: [1e-300, 1e-12, 1e9, 1e18, 1e300])
  func scales(scale: Double) throws {
    let values: [Double?] = [1.25, 3.5, 4.75, 2.125, 1.0 / 3, 2.0 / 3]
    let plain = try run(values, level: 0.5)
    let result = try run(values.map { $0.map { $0 * scale } }, level: 0.5)
    #expect(result.pGreater == plain.pGreater && result.pAbsolute == plain.pAbsolute)
    #expect(abs(result.estimate / scale - plain.estimate) < 1e-9)
    #expect(abs((result.interval.lower ?? .nan) / scale - (plain.interval.lower ?? .nan)) < 1e-9)
  }

  @Test("a set without single-state borders that is too large for a list is drawn from")
  func monteCarlo() throws {
    let set = ReferenceSet(layers: layers(slots: 60, start: 0) { _, state, _ in state })
    var generator = SamplingGenerator(seed: 60)
    let observed = (0..<60).map { $0 % 2 }
    let values = observed.map { Double($0) * 0.5 + Double.random(in: 0..<1, using: &generator) }
    let result = try run(values, observed, reference: set)
    guard case .monteCarlo(let draws, let error) = result.method else {
      Issue.record("expected draws, found \(result.method)")
      return
    }
    #expect(draws > 10_000 && error > 0)
    #expect(result.pGreater >= 1 / Double(draws + 1))
    #expect((result.interval.lower ?? .nan) < result.estimate)
  }
}
