import Foundation
import Testing

@testable import TrialStatistics

/// Sets in which assignments stand several times, against the same sets with slots that tell the copies
/// apart and have no rating.
@Suite("Draws that give the same assignment")
struct LotsTests {
  /// A list with repetitions, and the same list with each copy's number in three slots more.
  private func lists(_ seed: Int, arms: Int, slots: Int) -> (drawn: [[Int]], told: [[Int]]) {
    var generator = SamplingGenerator(seed: UInt64(300 + seed))
    var different: Set<[Int]> = []
    while different.count < (arms == 2 ? 14 : 400) {
      different.insert((0..<slots).map { _ in Int.random(in: 0..<arms, using: &generator) })
    }
    var drawn: [[Int]] = []
    var told: [[Int]] = []
    // Of three arms many, so that a third arm leaves several assignments of the other two.
    for one in different.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      for copy in 0..<Int.random(in: 1...(arms == 2 ? 8 : 3), using: &generator) {
        drawn.append(one)
        told.append(one + (0..<3).map { copy >> $0 & 1 })
      }
    }
    return (drawn, told)
  }

  private func values(_ seed: Int, _ slots: Int) -> [Double?] {
    var generator = SamplingGenerator(seed: UInt64(900 + seed))
    return (0..<slots).map { slot in
      slot == seed % slots ? nil : Double(Int.random(in: 0...60, using: &generator)) / 4
    }
  }

  private func same(_ one: RandomizationResult, _ other: RandomizationResult) -> Bool {
    one.pGreater == other.pGreater && one.pLess == other.pLess
      && one.pAbsolute == other.pAbsolute && one.midGreater == other.midGreater
      && one.interval == other.interval && one.intervalAbsolute == other.intervalAbsolute
      && one.hodgesLehmann == other.hodgesLehmann && one.estimate == other.estimate
      && one.undefinedCount == other.undefinedCount && one.method == other.method
  }

  private let kinds: [StatisticKind] = [
    .meanDifference, .studentised(blocks: nil), .rankSum(blocks: nil),
  ]

  @Test("every statistic, adjusted and not", arguments: 0..<6)
  func statistics(seed: Int) throws {
    let (drawn, told) = lists(seed, arms: 2, slots: 8)
    let (few, many) = (NaiveScheme(drawn).reference, NaiveScheme(told).reference)
    #expect(few.lots > 0 && many.lots == 0 && few.count == many.count)
    let outcome = values(seed, 8)
    let place = (seed * 7) % drawn.count
    let trend = Covariates.trend(days: Array(0..<8))
    for kind in kinds {
      for whitening in [Whitening.none, .estimated] {
        for columns in [[], trend] {
          func test(_ set: ReferenceSet, _ arms: [Int], _ more: Int) throws -> RandomizationResult {
            try RandomizationTest(
              outcome: ExactOutcome(values: outcome + Array(repeating: nil, count: more)),
              observed: arms, kept: nil, reference: set, statistic: kind, whitening: whitening,
              covariates: columns.map { $0 + Array(repeating: 0, count: more) }, level: 0.8
            ).result()
          }
          do {
            let wanted = try test(many, told[place], 3)
            #expect(same(try test(few, drawn[place], 0), wanted), "\(seed) \(kind) \(whitening)")
          } catch let error as StatisticsError {
            // Where the slots that are told apart cannot be tested, neither can the others.
            #expect(throws: error) { try test(few, drawn[place], 0) }
          }
        }
      }
    }
  }

  @Test("what stands beside the test: carry-over, several outcomes, guesses, evidence")
  func others() throws {
    let (drawn, told) = lists(1, arms: 2, slots: 8)
    let (few, many) = (NaiveScheme(drawn).reference, NaiveScheme(told).reference)
    let none = [Double?](repeating: nil, count: 3)
    let outcome = values(2, 8)
    let tables = try [(few, drawn[9], outcome), (many, told[9], outcome + none)].map {
      try CarryOverTest(
        outcome: ExactOutcome(values: $0.2), observed: $0.1, kept: nil, reference: $0.0, level: 0.8
      ).table(upTo: 2)
    }
    for (one, other) in zip(tables[0], tables[1]) {
      #expect(one.slots == other.slots)
      #expect(one.reason == other.reason)
      if let here = one.result, let there = other.result { #expect(same(here, there)) }
    }
    let joint = try [(few, drawn[9], 0), (many, told[9], 3)].map { set, arms, more in
      try JointTest(
        outcomes: (2...4).map {
          JointTest.Outcome(
            try ExactOutcome(values: values($0, 8) + Array(repeating: nil, count: more)))
        }, observed: arms, kept: nil, reference: set, statistic: .meanDifference, level: 0.8
      ).result()
    }
    #expect(joint[0].maxT == joint[1].maxT && joint[0].minP == joint[1].minP)
    let guesses = (0..<8).map { SlotGuess.probability(Double($0 * 37 % 10) / 10) }
    let asked = try [
      (few, drawn[9], guesses), (many, told[9], guesses + Array(repeating: .notAsked, count: 3)),
    ].map { try GuessTest(guesses: $0.2, observed: $0.1, reference: $0.0) }
    #expect(asked[0].pGreater == asked[1].pGreater && asked[0].pLess == asked[1].pLess)
    #expect(asked[0].pDoubled == asked[1].pDoubled && asked[0].method == asked[1].method)
    // The process of one block, from its definition over all draws.
    let evidence = try BlockEProcess(
      outcome: outcome, observed: drawn[9], reference: few, blocks: [0..<8], tilts: [0.25])
    func difference(_ arms: [Int]) -> Double {
      let means = [0, 1].map { arm in
        let rated = arms.indices.filter { arms[$0] == arm }.compactMap { outcome[$0] }
        return rated.isEmpty ? nil : rated.reduce(0, +) / Double(rated.count)
      }
      guard let low = means[0], let high = means[1] else { return 0 }
      return high - low
    }
    let mean = drawn.reduce(0) { $0 + exp(0.25 * difference($1)) } / Double(drawn.count)
    let wanted = exp(0.25 * difference(drawn[9])) / mean
    #expect(abs(evidence.path()[0] / wanted - 1) < 1e-12)
  }

  @Test("one assignment that is drawn twice leaves nothing to test")
  func single() throws {
    let set = NaiveScheme([[0, 1, 0], [0, 1, 0]]).reference
    #expect(set.count == 2)
    #expect(throws: StatisticsError.singleAssignment) {
      try RandomizationTest(
        outcome: ExactOutcome(values: [1, 2, 3]), observed: [0, 1, 0], kept: nil, reference: set,
        statistic: .meanDifference, whitening: .none, level: 0.95)
    }
  }

  @Test("three arms", arguments: 0..<4)
  func arms(seed: Int) throws {
    let (drawn, told) = lists(20 + seed, arms: 3, slots: 6)
    let layersOf = ArmsTests().layers
    let different = drawn.reduce(into: [[Int]]()) { if $0.last != $1 { $0.append($1) } }
    let ends = different.map { one in UInt64(drawn.count { $0 == one }) }
    let outcome = values(seed + 1, 6)
    let place = try #require(
      drawn.indices.first { at in
        Set(outcome.indices.filter { outcome[$0] != nil }.map { drawn[at][$0] }).count == 3
      })
    func result(_ list: [[Int]], _ ends: [UInt64], _ arms: [Int], _ more: Int) throws -> ArmsResult
    {
      try ArmsTest(
        outcome: ExactOutcome(values: outcome + Array(repeating: nil, count: more)),
        observed: arms, kept: nil, layers: layersOf(list, 3), ends: ends, armCount: 3,
        statistic: .meanDifference, level: 0.8
      ).result()
    }
    let few = try result(different, ends, drawn[place], 0)
    let whole = ArmsSet(layers: layersOf(different, 3), ends: ends, armCount: 3)
    #expect(whole.count == Double(drawn.count))
    var shares: [Double] = []
    _ = whole.forEach(most: 0, observed: drawn[place], draws: 40_000) { arms in
      shares.append(arms == different[0] ? 1 : 0)
    }
    let share = Double(ends[0]) / Double(drawn.count)
    let error = (share * (1 - share) / 40_000).squareRoot()
    #expect(abs(shares.reduce(0, +) / Double(shares.count) - share) < 5 * error)
    let many = try result(told, [], told[place], 3)
    #expect(few.global.p == many.global.p)
    #expect(few.global.undefinedShare == many.global.undefinedShare)
    for arm in 1...2 {
      let rest = drawn.filter { ArmsTests().same($0, drawn[place], outside: [0, arm]) }
      let seen = outcome.enumerated().map { [0, arm].contains(drawn[place][$0]) ? $1 : nil }
      let alone = try? RandomizationTest(
        outcome: ExactOutcome(values: seen), observed: drawn[place].map { $0 == arm ? 1 : 0 },
        kept: nil, reference: NaiveScheme(rest.map { $0.map { $0 == arm ? 1 : 0 } }).reference,
        statistic: .meanDifference, whitening: .none, level: 0.8
      ).result()
      #expect(few.contrasts[arm - 1].test?.pGreater == alone?.pGreater)
      #expect(few.contrasts[arm - 1].test?.interval == alone?.interval)
    }
  }
}
