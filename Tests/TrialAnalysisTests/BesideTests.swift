import Testing
import TrialDesign
import TrialTestSupport

@testable import TrialAnalysis

/// The t-test that is not used, and the slots that were missing; expected values from scipy 1.
struct BesideTests {
  @Test func welchAgreesWithSciPy() throws {
    // scipy.stats.ttest_ind([6, 7, 5, 8, 6.5, 7], [5, 4, 6, 5, 4.5], equal_var=False)
    let values: [Double?] = [6, 5, 7, 4, nil, 5, 6, 8, 5, 6.5, 4.5, 7]
    let active = [1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 1].map { $0 == 1 }
    let naive = try #require(NaiveComparison(values: values, active: active, level: 0.9))
    #expect(abs(naive.t - 3.1608835968182487) < 1e-12)
    #expect(abs(naive.p - 0.011719721387588465) < 1e-12)
    #expect(abs(naive.degrees - 8.884768471562868) < 1e-12)
    #expect(abs(naive.lower - 0.7056627951977563) < 1e-11)
    #expect(abs(naive.upper - 2.6610038714689086) < 1e-11)
  }

  @Test func neighboursAreSlotsInARow() throws {
    let values: [Double?] = [6, 5, 7, 4, 5, 6, 8, 5, 6.5, 4.5, 7]
    let active = values.indices.map { $0 % 2 == 0 }
    let whole = try #require(NaiveComparison(values: values, active: active, level: 0.95))
    #expect(abs(try #require(whole.neighbours) - 0.12620922384701905) < 1e-12)
    // With every second slot missing there are no neighbours at all.
    let apart = values.flatMap { [$0, nil] }
    let flags = active.flatMap { [$0, false] }
    #expect(
      try #require(NaiveComparison(values: apart, active: flags, level: 0.95)).neighbours == nil)
  }

  @Test func nothingToCompareGivesNothing() {
    #expect(NaiveComparison(values: [1, 2, 3], active: [true, false, false], level: 0.95) == nil)
    #expect(
      NaiveComparison(values: [1, 1, 2, 2], active: [true, true, false, false], level: 0.95) == nil)
  }

  private func further(
    _ lower: Double?, _ upper: Double?, _ ratings: Int, _ scheduled: Int, _ effect: Double,
    level: Double = 0.95
  ) -> FurtherSlots? {
    FurtherSlots(
      EffectTest.Bounds(level: level, lower: lower, upper: upper), degrees: ratings - 2,
      scheduled: scheduled, effect: effect)
  }

  @Test func furtherSlotsAgreeWithSciPy() throws {
    let noisy = try #require(further(-2.28, 1.57, 27, 28, 1))
    #expect(abs(noisy.standardError - 0.9346753899928509) < 1e-12)
    #expect(abs(noisy.reached - 0.16591418344717895) < 1e-12)
    #expect([noisy.slots, noisy.fewest, noisy.most] == [167, 93, 341])
    let ninety = try #require(further(-1, 2, 20, 24, 1.5, level: 0.9))
    #expect(abs(ninety.reached - 0.5) < 1e-12)
    #expect([ninety.slots, ninety.fewest, ninety.most] == [28, 7, 86])
    let enough = try #require(further(-0.2, 0.6, 26, 28, 1))
    #expect([enough.slots, enough.fewest, enough.most] == [0, 0, 0])
  }

  /// Three blocks of four, of which the last has ratings of one arm only.
  ///
  /// Ten ratings, three blocks and the difference: least squares with a level for each block has 10 − 3 − 1.
  @Test func everyBlockWithARatingCostsADegree() throws {
    let design = try ExampleProtocols.read(
      ExampleProtocols.text(scheme: "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}"))
    let input = AnalysisInput(
      arms: design.arms, scheme: design.scheme, automaton: design.automaton,
      observed: [0, 1, 1, 0, 1, 0, 0, 1, 0, 0, 1, 1], plan: design.plan, days: design.days)
    #expect(input.degrees(arm: 1, Set(0..<10)) == 6)
    #expect(input.degrees(arm: 1, Set(0..<12)) == 8)
  }

  @Test func anUnboundedIntervalSaysNothing() {
    #expect(further(nil, 1, 20, 20, 1) == nil)
    #expect(further(-1, 1, 3, 20, 1) == nil)
  }

  private func answer(relevance: Double?, _ further: FurtherSlots?) -> PlainAnswer {
    var contrast = MadeAnswer.contrast(MadeAnswer.test(0.5, -0.25, 1.25))
    contrast.further = further
    return PlainAnswer(
      MadeAnswer.outcome([contrast]), contrast, relevance: relevance, slotWord: "day")
  }

  @Test func theSentencesOfWhatWasMissing() throws {
    #expect(
      answer(relevance: 1, further(-2.28, 1.57, 27, 28, 1)).further
        == "With the same noise, about 167 more days would have been needed to find an effect of "
        + "1 point in 80 % of such trials; as uncertain as the noise is, 93 to 341. The trial as it went "
        + "would have found it in 16.6 %.")
    #expect(
      answer(relevance: 1, further(-0.2, 0.6, 26, 28, 1)).further
        == "The trial had days enough for an effect of 1 point: with this noise it would have been found "
        + "in 99.8 % of such trials.")
    #expect(
      answer(relevance: nil, nil).further
        == "How many more days would have been needed cannot be said without a smallest effect that "
        + "matters; four times as many days would halve the interval.")
    #expect(
      answer(relevance: 1, nil).further
        == "How many more days would have been needed cannot be computed: the interval is not bounded on "
        + "both sides.")
    let sure = MadeAnswer.contrast(MadeAnswer.test(1.5, 1, 2))
    #expect(PlainAnswer(MadeAnswer.outcome([sure]), sure, relevance: 1).further == nil)
  }
}
