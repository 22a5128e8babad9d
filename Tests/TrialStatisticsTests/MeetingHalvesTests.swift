import Testing

@testable import TrialStatistics

/// Counting pairs of sums in buckets against looking at every pair.
@Suite("Two halves")
struct MeetingHalvesTests {
  /// Ratings of several kinds: distinct, tied, in clumps a rounding error apart, all the same.
  private func sums(_ kind: Int, _ count: Int, _ generator: inout SamplingGenerator) -> [PartialSum]
  {
    (0..<count).map { _ in
      let value = 10 * generator.unit()
      let rating =
        switch kind {
        case 0: value
        case 1: value.rounded()
        case 2: value.rounded() + (generator.unit() * 8).rounded() * 0x1p-50
        case 3: 5.0
        default: value < 0.5 ? value * 1e12 : 1 + value * 1e-9
        }
      return PartialSum(value: rating - 5, overlap: kind == 3 ? 0 : generator.unit() - 0.5)
    }
  }

  private struct Brute {
    let pairs: [(before: [PartialSum], after: [PartialSum])]

    func values(at effect: Double) -> [Double] {
      pairs.flatMap { pair in
        pair.before.flatMap { one in
          pair.after.map { one.value(at: effect) + $0.value(at: effect) }
        }
      }
    }
  }

  @Test("counts and lists are those of every pair, at any effect", arguments: 0..<20)
  func everyPair(seed: Int) throws {
    var generator = SamplingGenerator(seed: UInt64(seed))
    let brute = Brute(
      pairs: (0..<(1 + seed % 3)).map { _ in
        let sizes = (0..<2).map { _ in Int.random(in: 1...60, using: &generator) }
        return (sums(seed % 5, sizes[0], &generator), sums(seed % 5, sizes[1], &generator))
      })
    var halves = MeetingHalves(brute.pairs)
    for effect in [0, 0.3, 0.3001, -2, 40, 0] {
      halves.move(to: effect)
      let values = brute.values(at: effect).sorted()
      let (least, most) = (try #require(values.first), try #require(values.last))
      var thresholds = [least - 1, most + 1, least.nextDown, most.nextUp, 1e9, -1e9]
      for _ in 0..<40 {
        let value = values[Int.random(in: values.indices, using: &generator)]
        thresholds += [value, value.nextUp, value.nextDown, value + 0.01]
      }
      for threshold in thresholds {
        #expect(halves.count(atLeast: threshold) == Double(values.count { $0 >= threshold }))
        let end = threshold + generator.unit()
        let listed = halves.list(from: threshold, to: end, most: 100_000)
        let found: [Double] = try #require(listed).map(\.value).sorted()
        let expected: [Double] = values.filter { $0 >= threshold && $0 <= end }
        #expect(found == expected)
      }
      #expect(halves.list(from: least, to: most, most: values.count - 1) == nil || values.count < 2)
      let shares = halves.shares(atLeast: [least, most.nextUp])
      #expect(shares == [1, 0])
    }
  }

  @Test("the overlap of a listed pair is the sum of both")
  func overlaps() {
    let before = [PartialSum(value: 1, overlap: 0.25), PartialSum(value: 2, overlap: -0.5)]
    let after = [PartialSum(value: 10, overlap: 0.125)]
    var halves = MeetingHalves([(before, after)])
    halves.move(to: 2)
    let listed = halves.list(from: 0, to: 20, most: 9) ?? []
    #expect(listed.map(\.overlap).sorted() == [-0.375, 0.375])
    #expect(listed.map(\.value).sorted() == [10.25, 12.75])
    #expect(halves.largestOverlap == 0.625)
  }

  @Test("a coarse count is close to the exact one")
  func coarse() {
    var generator = SamplingGenerator(seed: 8)
    let (before, after) = (sums(0, 20_000, &generator), sums(0, 500, &generator))
    var halves = MeetingHalves([(before, after)])
    var coarse = CoarseSums(before)
    for effect in [0, -1.5, 30] {
      halves.move(to: effect)
      coarse.move(to: effect)
      for threshold in [-40, -3, 0, 2.5, 60] {
        let exact = halves.count(atLeast: threshold)
        let found = coarse.pairs(after, at: effect, atLeast: threshold)
        #expect(abs(found - exact) <= 1e-4 * 1e7, "\(effect) \(threshold)")
      }
    }
  }

  @Test("the search ends at a limit also where very many assignments cross at once")
  func clumps() throws {
    // Ratings of 0 and 1: all sums are tied in a few clumps.
    let observed = (0..<16).flatMap { $0 % 3 == 0 ? [1, 0] : [0, 1] }
    let set = ReferenceSet(
      layers: blockLayers(
        sizes: [Int](repeating: 2, count: 16), active: [Int](repeating: 1, count: 16)))
    let units = observed.indices.map { Int64(($0 * 7 % 5) / 3 + observed[$0] * ($0 % 2)) }
    let test = try RandomizationTest(
      outcome: ExactOutcome(units: units, decimals: 0), observed: observed, kept: nil,
      reference: set, statistic: .meanDifference, whitening: .none, level: 0.9)
    let exact = try test.result()
    let contrast = try #require(
      IntegerContrast.make(
        units: units, used: test.used, observed: observed, reference: set, blocks: test.blocks))
    let linear = try #require(
      LinearContrast(contrast, observed: observed, outcome: test.outcome))
    let middle = MeetInTheMiddle(set, linear)
    #expect(middle.isMirrored)
    let halves = test.result(middle)
    #expect(halves.pGreater == exact.pGreater && halves.pAbsolute == exact.pAbsolute)
    for (found, expected) in [
      (halves.interval, exact.interval), (halves.intervalAbsolute, exact.intervalAbsolute),
    ] {
      #expect(abs((found.lower ?? .nan) - (expected.lower ?? .nan)) < 1e-9)
      #expect(abs((found.upper ?? .nan) - (expected.upper ?? .nan)) < 1e-9)
    }
    #expect(abs((halves.hodgesLehmann ?? .nan) - (exact.hodgesLehmann ?? .nan)) < 1e-9)
    let shares = halves.distribution.reduce(0) { $0 + $1.probability }
    #expect(abs(shares - 1) < 1e-12)
  }
}
