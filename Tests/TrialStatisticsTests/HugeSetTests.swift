import Testing

@testable import TrialStatistics

/// Sets with more assignments than a `Double` can count: ten years of pairs have 2¹⁸²⁵.
///
/// The twins work with chances in place of counts, which stay between 0 and 1 for any set.
struct HugeSetTests {
  /// Ratings without a pattern that the arms could follow.
  private static func rating(_ slot: Int, upTo most: Int) -> Int64 {
    Int64((slot * slot * 7 + slot * 3 + slot / 5) % (most + 1))
  }

  private static func blocks(_ size: Int, _ count: Int) -> ReferenceSet {
    ReferenceSet(
      layers: blockLayers(
        sizes: [Int](repeating: size, count: count),
        active: [Int](repeating: size / 2, count: count)))
  }

  private static func pairs(_ count: Int) -> (set: ReferenceSet, observed: [Int]) {
    let set = blocks(2, count)
    return (set, (0..<count).flatMap { $0 % 3 == 0 || $0 % 7 == 1 ? [1, 0] : [0, 1] })
  }

  private static func fours(_ count: Int) -> (set: ReferenceSet, observed: [Int]) {
    let set = blocks(4, count)
    let patterns = [[0, 0, 1, 1], [1, 0, 1, 0], [0, 1, 1, 0], [1, 1, 0, 0], [0, 1, 0, 1]]
    return (set, (0..<count).flatMap { patterns[($0 * 3 + $0 / 4) % 5] })
  }

  /// The chances of sums that are at least, and at most, the observed one, block by block.
  private static func twin(
    _ units: [Int64], _ observed: [Int], size: Int, _ patterns: [[Int]]
  ) -> (greater: Double, less: Double) {
    var chances: [Int64: Double] = [0: 1]
    var own: Int64 = 0
    for start in stride(from: 0, to: units.count, by: size) {
      var next: [Int64: Double] = [:]
      for pattern in patterns {
        let gain = (0..<size).reduce(Int64(0)) { $0 + Int64(pattern[$1]) * units[start + $1] }
        for (sum, chance) in chances {
          next[sum + gain, default: 0] += chance / Double(patterns.count)
        }
      }
      chances = next
      own += (0..<size).reduce(0) { $0 + Int64(observed[start + $1]) * units[start + $1] }
    }
    return (
      chances.reduce(0) { $0 + ($1.key >= own ? $1.value : 0) },
      chances.reduce(0) { $0 + ($1.key <= own ? $1.value : 0) }
    )
  }

  private static func result(
    _ set: ReferenceSet, _ observed: [Int], _ units: [Int64],
    _ statistic: StatisticKind = .meanDifference, whitening: Whitening = .none
  ) throws -> RandomizationResult {
    try RandomizationTest(
      outcome: ExactOutcome(units: units.map { $0 }, decimals: 0), observed: observed, kept: nil,
      reference: set, statistic: statistic, whitening: whitening, level: 0.95
    ).result()
  }

  /// From 2⁵¹² on counts are scaled; the answers are those of the twin, and the interval is there.
  @Test(arguments: [500, 520, 600])
  func pairsAreCountedAtAnySize(_ count: Int) throws {
    let (set, observed) = Self.pairs(count)
    #expect(set.isHuge == (count > 512))
    let units = observed.indices.map { Self.rating($0, upTo: 2) }
    let result = try Self.result(set, observed, units)
    let twin = Self.twin(units, observed, size: 2, [[0, 1], [1, 0]])
    #expect(result.method == .exact)
    #expect(abs(result.pGreater - twin.greater) < 1e-12)
    #expect(abs(result.pLess - twin.less) < 1e-12)
    let (lower, upper) = (
      try #require(result.interval.lower), try #require(result.interval.upper)
    )
    #expect(lower <= result.estimate && result.estimate <= upper && upper - lower < 1)
  }

  @Test func blocksBeyondADouble() throws {
    let (set, observed) = Self.fours(400)
    #expect(set.count == .infinity && set.scaledCount.isFinite)
    let units = observed.indices.map { Self.rating($0, upTo: 1) }
    let result = try Self.result(set, observed, units)
    let patterns = [
      [0, 0, 1, 1], [0, 1, 0, 1], [0, 1, 1, 0], [1, 0, 0, 1], [1, 0, 1, 0], [1, 1, 0, 0],
    ]
    let twin = Self.twin(units, observed, size: 4, patterns)
    #expect(abs(result.pGreater - twin.greater) < 1e-12)
    #expect(abs(result.pLess - twin.less) < 1e-12)
    #expect(result.interval.lower != nil && result.interval.upper != nil)
  }

  /// Every pair favours the arm: the share of one in 2¹¹⁰⁰ is below the smallest number, and not 0.
  @Test func aShareBelowTheSmallestNumberIsNotZero() throws {
    let set = Self.pairs(1_100).set
    let observed = (0..<2_200).map { $0 % 2 }
    let result = try Self.result(set, observed, observed.map { Int64($0) })
    #expect(result.pGreater == .leastNonzeroMagnitude)
    #expect(result.pAbsolute == .leastNonzeroMagnitude)
    #expect(result.pLess == 1)
  }

  /// In pairs the sum of ranks is the number of pairs that favour the arm: a binomial one.
  @Test func rankSumsBeyondADouble() throws {
    let (set, observed) = Self.pairs(1_100)
    let units = observed.indices.map { Int64($0 % 2 == 0 ? $0 % 5 : 10) }
    let blocks = stride(from: 0, to: 2_200, by: 2).map { $0..<$0 + 2 }
    let result = try Self.result(set, observed, units, .rankSum(blocks: blocks))
    let favours = observed.indices.map { Int64($0 % 2) }
    let twin = Self.twin(favours, observed, size: 2, [[0, 1], [1, 0]])
    #expect(abs(result.pGreater - twin.greater) < 1e-12)
    #expect(result.undefinedShare == 0 && result.undefinedCount == nil)
  }

  /// The sampler draws both arms; its chances were no numbers where the counts were infinite.
  @Test func drawsAreUniformAtAnySize() {
    let slots = 1_600
    // At most two of an arm in a row, which Fibonacci's numbers count: about 2^1111.
    let set = ReferenceSet(layers: atMostTwoInARow(slots))
    #expect(set.count == .infinity)
    var sampler = Sampler(set)
    var arms = [Int](repeating: 0, count: slots)
    var active = 0
    for _ in 0..<200 {
      sampler.draw(into: &arms)
      #expect(set.firstImpossibleSlot(of: arms) == nil)
      active += arms[800]
    }
    // Half by symmetry; six standard errors of 200 draws.
    #expect(abs(active - 100) < 43)
  }

  /// Blocks of the three arms, each once: by the arms that a block has used already.
  @Test func drawsOfThreeArms() {
    let first: [[Int32]] = [[0, 1, 2]]
    let second: [[Int32]] = [[-1, 0, 1], [0, -1, 2], [1, 2, -1]]
    let third: [[Int32]] = [[-1, -1, 0], [-1, 0, -1], [0, -1, -1]]
    let set = ArmsSet(layers: (0..<700).flatMap { _ in [first, second, third] }, armCount: 3)
    #expect(set.count == .infinity)
    var seen = [0, 0, 0]
    let observed = (0..<700).flatMap { _ in [0, 1, 2] }
    _ = set.forEach(most: 10, observed: observed, draws: 599) { seen[$0[2_097]] += 1 }
    for count in seen { #expect(abs(count - 200) < 70) }
  }

  /// What is not huge counts in ones, whatever its size.
  @Test func smallerSetsAreNotScaled() throws {
    for count in [1, 60, 130, 512] {
      let set = Self.pairs(count).set
      #expect(!set.isHuge && set.scaledCount == set.count)
      #expect((0..<set.slotCount).allSatisfy { set.step($0) == 1 })
    }
  }
}
