import Testing
import TrialTestSupport

@testable import TrialStatistics

@Suite("Studentised differences")
struct StudentisedTests {
  /// t by its definition; `nil` without a standard error.
  func t(_ arms: [Int], _ values: [Double?], _ blocks: [Range<Int>]?) -> Double? {
    func ratio(_ difference: Double, _ square: Double) -> Double {
      if square < 1e-18 {
        return abs(difference) < 1e-9 ? 0 : difference > 0 ? .infinity : -.infinity
      }
      return difference / square.squareRoot()
    }
    func part(_ arm: Int, _ slots: Range<Int>) -> [Double] {
      slots.filter { arms[$0] == arm }.compactMap { values[$0] }
    }
    func mean(_ list: [Double]) -> Double { list.reduce(0, +) / Double(list.count) }
    guard let blocks else {
      let (one, zero) = (part(1, 0..<arms.count), part(0, 0..<arms.count))
      guard one.count > 1, zero.count > 1 else { return nil }
      func square(_ list: [Double]) -> Double {
        list.reduce(0) { $0 + ($1 - mean(list)) * ($1 - mean(list)) }
          / Double(list.count * (list.count - 1))
      }
      return ratio(mean(one) - mean(zero), square(one) + square(zero))
    }
    let found = blocks.map { (part(1, $0), part(0, $0)) }.filter { !$0.isEmpty && !$1.isEmpty }
    guard found.count > 1 else { return nil }
    let weights = found.map { Double($0.count * $1.count) / Double($0.count + $1.count) }
    let differences = found.map { mean($0) - mean($1) }
    let whole = weights.reduce(0, +)
    let centre = zip(weights, differences).reduce(0) { $0 + $1.0 * $1.1 } / whole
    let sum = zip(weights, differences).reduce(0) { sum, block in
      sum + (block.0 * (block.1 - centre)) * (block.0 * (block.1 - centre))
    }
    let count = Double(found.count)
    return ratio(centre, count / (count - 1) * sum / (whole * whole))
  }

  struct Side: Sendable {
    let extreme: @Sendable (Double, Double) -> Bool
    static let greater = Side { there, here in there >= here - 1e-9 * (1 + abs(here)) }
    static let less = Side { there, here in there <= here + 1e-9 * (1 + abs(here)) }
    static let absolute = Side { there, here in abs(there) >= abs(here) - 1e-9 * (1 + abs(here)) }
  }

  func share(
    _ all: [[Int]], _ observed: [Int], _ values: [Double?], _ effect: Double,
    _ blocks: [Range<Int>]?, _ side: Side
  ) -> Double {
    let adjusted = values.enumerated().map { slot, value in
      value.map { $0 - effect * Double(observed[slot]) }
    }
    guard let here = t(observed, adjusted, blocks) else { return .nan }
    let count = all.count { arms in
      guard let there = t(arms, adjusted, blocks) else { return true }
      return there == here || side.extreme(there, here)
    }
    return Double(count) / Double(all.count)
  }

  /// Everything against the definition; limits on a fine scan of effects.
  func compare(
    _ all: [[Int]], _ observed: [Int], _ values: [Double?], _ blocks: [Range<Int>]?,
    level: Double = 0.8
  ) throws {
    let set = NaiveScheme(all).reference
    let result = try RandomizationTest(
      outcome: ExactOutcome(values: values), observed: observed, kept: nil, reference: set,
      statistic: .studentised(blocks: blocks), whitening: .none, level: level
    ).result()
    #expect(result.method == .exact)
    #expect(abs(result.statistic - (t(observed, values, blocks) ?? .nan)) < 1e-9)
    #expect(result.pGreater == share(all, observed, values, 0, blocks, .greater))
    #expect(result.pLess == share(all, observed, values, 0, blocks, .less))
    #expect(result.pAbsolute == share(all, observed, values, 0, blocks, .absolute))
    let tail = (1 - level) / 2
    let place = "\(observed) \(values)"
    for (bound, side, way, level) in [
      (result.interval.lower, Side.greater, -1.0, tail), (result.interval.upper, .less, 1, tail),
      (result.intervalAbsolute.lower, .absolute, -1, 2 * tail),
      (result.intervalAbsolute.upper, .absolute, 1, 2 * tail),
    ] {
      guard let bound else {
        #expect(share(all, observed, values, way * 1e4, blocks, side) > level, "\(place)")
        continue
      }
      let step = 1e-6
      // The limit may be kept alone, where assignments tie.
      let inside = [bound, bound - way * step].map {
        share(all, observed, values, $0, blocks, side)
      }
      #expect(inside.contains { $0 > level + 1e-12 }, "\(place) \(bound)")
      // Nothing beyond is kept.
      for further in [step, 0.01, 0.03, 0.1, 0.2, 0.5, 1, 2, 5, 20, 100] {
        let effect = bound + way * further
        #expect(
          share(all, observed, values, effect, blocks, side) <= level + 1e-12, "\(place) \(effect)")
      }
    }
  }

  @Test("Welch's t against the definition", arguments: 0..<12)
  func welch(seed: Int) throws {
    var generator = SamplingGenerator(seed: UInt64(300 + seed))
    let sizes = [[3, 4], [7], [8], [2, 5]][seed % 4]
    let active = sizes.map { max(1, $0 / 2) }
    let all = blockAssignments(sizes, active)
    let values = (0..<sizes.reduce(0, +)).map { slot -> Double? in
      slot == 1 && seed > 6 ? nil : Double(Int.random(in: 0...9, using: &generator))
    }
    for observed in all.shuffled(using: &generator).prefix(2)
    where t(observed, values, nil) != nil { try compare(all, observed, values, nil) }
  }

  @Test("t over blocks against the definition", arguments: 0..<8)
  func blocks(seed: Int) throws {
    var generator = SamplingGenerator(seed: UInt64(400 + seed))
    let sizes = [[4, 4], [2, 4, 3], [3, 3, 3], [2, 2, 2, 2]][seed % 4]
    let active = sizes.map { max(1, $0 / 2) }
    let all = blockAssignments(sizes, active)
    let values = (0..<sizes.reduce(0, +)).map { slot -> Double? in
      slot == 5 && seed > 3 ? nil : Double(Int.random(in: 0...9, using: &generator))
    }
    let observed = try #require(
      all.shuffled(using: &generator).first { t($0, values, ranges(sizes)) != nil })
    try compare(all, observed, values, ranges(sizes))
  }

  @Test("a coin, where assignments have different numbers and some have no statistic")
  func coin() throws {
    let all = (1..<127).map { bits in (0..<7).map { bits >> $0 & 1 } }
    try compare(all, [0, 1, 1, 0, 1, 0, 0], [3, 7, 5, 4, 9, 4, 2], nil)
    try compare(all, [0, 1, 1, 0, 1, 0, 1], [3, 7, nil, 4, 9, 4, 2], nil, level: 0.6)
  }

  @Test("the reference's counts")
  func reference() throws {
    guard let folder = SharedFiles.url("reference/statistics"),
      let file = try PeerValues("reference/statistics/expected/studentised_sequential.json")
    else { return }
    let cases = try RandomizationCase.all(in: folder)
    let expected = file.expected.studentised
    for one in cases where expected.names.contains(one.id) {
      let wanted = expected[one.id]
      let byBlocks = ["blocks", "pairs"].contains(one.design.kind)
      let result = try RandomizationTest(
        outcome: ExactOutcome(values: one.outcome), observed: one.assignment, kept: one.kept,
        reference: one.set, statistic: .studentised(blocks: byBlocks ? one.blocks : nil),
        whitening: .none, level: 0.95
      ).result()
      let total = wanted.total.number
      #expect(result.pGreater == wanted.ge.number / total, "\(one.id)")
      #expect(result.pLess == wanted.le.number / total, "\(one.id)")
      #expect(result.pAbsolute == wanted.absGe.number / total, "\(one.id)")
      #expect(agree(result.statistic, wanted.observedT.number, 1e-14), "\(one.id)")
    }
    #expect(cases.filter { expected.names.contains($0.id) }.count == 6)
  }

  @Test("the route over the difference agrees with the list")
  func monotone() throws {
    var generator = SamplingGenerator(seed: 77)
    for sizes in [[6, 4], [2, 2, 2, 2, 2]] {
      let set = ReferenceSet(layers: blockLayers(sizes: sizes, active: sizes.map { $0 / 2 }))
      let all = blockAssignments(sizes, sizes.map { $0 / 2 })
      let values = (0..<10).map { _ in Double(Int.random(in: 0...20, using: &generator)) }
      for observed in all.shuffled(using: &generator).prefix(4) {
        let byBlocks = sizes.count > 2
        let test = try RandomizationTest(
          outcome: ExactOutcome(values: values), observed: observed, kept: nil, reference: set,
          statistic: .studentised(blocks: byBlocks ? ranges(sizes) : nil), whitening: .none,
          level: 0.9)
        let fast = try #require(try test.monotoneResult(byBlocks: byBlocks))
        let listed = try test.listedResult(byBlocks: byBlocks)
        #expect(fast.pGreater == listed.pGreater && fast.pLess == listed.pLess)
        #expect(fast.pAbsolute == listed.pAbsolute && fast.midGreater == listed.midGreater)
        #expect(agree(fast.statistic, listed.statistic, 1e-12))
        for (one, two) in [
          (fast.interval, listed.interval), (fast.intervalAbsolute, listed.intervalAbsolute),
        ] {
          #expect(abs((one.lower ?? .nan) - (two.lower ?? .nan)) < 1e-7)
          #expect(abs((one.upper ?? .nan) - (two.upper ?? .nan)) < 1e-7)
        }
      }
    }
  }
}
