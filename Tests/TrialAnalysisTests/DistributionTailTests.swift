import Testing
import TrialDesign

@testable import TrialAnalysis
@testable import TrialReport

/// The bars that are drawn strong are those that the planned p-value counts.
struct DistributionTailTests {
  private static let values = [-2.0, -1, 0, 1, 2]

  private func strong(_ sides: AnalysisPlan.Sides, observed: Double) -> [Double] {
    let tail = DistributionTail(MadeAnswer.test(observed, nil, nil, sides: sides))
    return Self.values.filter { value in
      tail.holds(
        EffectTest.Bar(
          lower: value, upper: value, probability: 0.2,
          extreme: value.magnitude >= observed.magnitude))
    }
  }

  @Test func theSideOfThePlan() {
    #expect(strong(.absolute, observed: 1) == [-2, -1, 1, 2])
    #expect(strong(.greater, observed: 1) == [1, 2])
    #expect(strong(.greater, observed: -1) == [-1, 0, 1, 2])
    #expect(strong(.less, observed: -1) == [-2, -1])
    // Made tests have a p of 0.02 for higher and 0.99 for lower ratings: the smaller side is doubled.
    #expect(strong(.doubled, observed: 1) == [1, 2])
  }

  @Test func whatThePValueMakesOfTheShare() {
    let doubled = DistributionTail(MadeAnswer.test(1, nil, nil))
    #expect(doubled.share == 0.02)
    #expect(doubled.meaning == " The two-sided p-value is twice their share, at most 1.")
    let half = DistributionTail(MadeAnswer.test(1, nil, nil, sides: .greater, isMidP: true))
    #expect(half.meaning == " The plan counts those that are exactly as large half.")
  }
}
