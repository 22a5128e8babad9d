import Testing
import TrialStatistics

@Suite("All effect sizes at once")
struct EffectSizesTests {
  private let low: [Double] = [5, 4, 4, 6, 3, 4, 4, 3, 5, 3]
  private let high: [Double] = [5, 7, 4, 5, 5, 5, 8, 6, 7, 4, 4, 7]

  @Test("with two reference ratings Glass's delta has no corrected value, and does not look like 0")
  func twoReferenceRatings() throws {
    let sizes = try EffectSizes(outcome: [1, 2, 5, 6], active: [0, 0, 1, 1])
    let glass = try #require(sizes[.glassDelta])
    #expect(glass.value == nil && glass.lower == nil && glass.upper == nil)
    #expect(glass.reason == "reference arm: found 2 values, expected at least 3")
    let three = try EffectSizes(outcome: [1, 2, 3, 5, 6], active: [0, 0, 0, 1, 1])
    #expect(try #require(three[.glassDelta]?.value) > 0)
  }

  @Test("each size is the one its own type gives, with what its interval assumes")
  func together() throws {
    // A missing slot and one of a third arm take no part.
    let outcome: [Double?] = high + [nil, 99] + low
    let active = high.map { _ in 1 } + [0, 2] + low.map { _ in 0 }
    let sizes = try EffectSizes(outcome: outcome, active: active, level: 0.9)
    #expect(
      sizes.sizes.map(\.kind) == [
        .meanDifference, .cohensD, .hedgesG, .glassDelta, .nonoverlap, .tau,
      ])
    #expect(sizes.level == 0.9)
    let mean = try MeanDifference(active: high, reference: low)
    let pooled = try StandardizedDifference(active: high, reference: low, standardiser: .pooled)
    let glass = try StandardizedDifference(active: high, reference: low, standardiser: .reference)
    let overlap = try NonoverlapOfAllPairs(active: high, reference: low)
    func check(
      _ kind: EffectSizes.Kind, _ value: Double, _ limits: (lower: Double, upper: Double)?,
      _ standardiser: Standardiser? = nil
    ) {
      let size = sizes[kind]
      #expect(agree(size?.value ?? .nan, value, 1e-15), "\(kind)")
      #expect(size?.lower == limits?.lower && size?.upper == limits?.upper, "\(kind)")
      #expect(size?.standardiser == standardiser && size?.reason == nil, "\(kind)")
      #expect(size?.assumes.contains("independent slots") == true, "\(kind)")
    }
    check(.meanDifference, mean.estimate, try mean.interval(level: 0.9))
    check(.cohensD, pooled.d, try pooled.exactInterval(level: 0.9), .pooled)
    check(.hedgesG, pooled.g, try pooled.exactInterval(level: 0.9), .pooled)
    check(.glassDelta, glass.g, try glass.interval(level: 0.9), .reference)
    let limits = try overlap.interval(level: 0.9)
    check(.nonoverlap, overlap.estimate, limits)
    check(.tau, overlap.tau, (2 * limits.lower - 1, 2 * limits.upper - 1))
    // By hand: 67 / 12 − 41 / 10.
    #expect(agree(sizes[.meanDifference]?.value ?? .nan, 67.0 / 12 - 4.1, 1e-14))
    #expect(agree(sizes[.nonoverlap]?.value ?? .nan, 96.5 / 120, 1e-14))
  }

  @Test("one phase after the other has Tau-U too, in both variants")
  func phases() throws {
    let sizes = try EffectSizes(
      outcome: low + high, active: low.map { _ in 0 } + high.map { _ in 1 })
    #expect(sizes.sizes.count == EffectSizes.Kind.allCases.count)
    let subtracted = try TauU(baseline: low, treatment: high, variant: .minusBaselineTrend)
    #expect(sizes[.tauMinusBaselineTrend]?.value == subtracted.estimate)
    #expect(sizes[.tauMinusBaselineTrend]?.lower == nil)
    #expect(
      sizes[.tauMinusBaselineTrend]?.assumes == "no interval: none that is published holds for it")
    let corrected = try TauU(baseline: low, treatment: high, variant: .baselineCorrected)
    #expect(sizes[.tauBaselineCorrected]?.value == corrected.estimate)
    #expect(sizes[.tauBaselineCorrected]?.upper != nil)
    #expect(EffectSizes.Kind.hedgesG.name == "standardised difference, corrected (Hedges's g)")
  }

  @Test("degenerate input: what is not defined says why, what is not one sample is refused")
  func degenerate() throws {
    let constant = try EffectSizes(outcome: [2, 2, 1, 1], active: [1, 1, 0, 0])
    #expect(constant[.meanDifference]?.value == 1 && constant[.meanDifference]?.lower == nil)
    #expect(
      constant[.meanDifference]?.assumes
        == "no interval: it needs two values in each arm that vary")
    #expect(constant[.hedgesG]?.value == nil && constant[.hedgesG]?.standardiser == .pooled)
    #expect(
      constant[.hedgesG]?.reason
        == "both arms: the values do not vary, so there is nothing to measure the difference by")
    #expect(constant[.nonoverlap]?.value == 1 && constant[.nonoverlap]?.upper == 1)
    let single = try EffectSizes(outcome: [3, 1, 2], active: [1, 0, 0])
    #expect(single[.cohensD]?.reason == "active arm: found 1 values, expected at least 2")
    #expect(single[.tau]?.value == 1)
    #expect(throws: SampleError.tooFew(sample: "reference arm", found: 0, needed: 1)) {
      try EffectSizes(outcome: [3, nil], active: [1, 0])
    }
    #expect(throws: SampleError.notFinite(sample: "active arm", position: 1)) {
      try EffectSizes(outcome: [.infinity, 1], active: [1, 0])
    }
    #expect(throws: SampleError.lengthsDiffer(sample: "assignment", found: 1, expected: 2)) {
      try EffectSizes(outcome: [3, 1], active: [1])
    }
    #expect(throws: SampleError.levelOutOfRange) {
      try EffectSizes(outcome: [3, 1], active: [1, 0], level: 0)
    }
  }
}
