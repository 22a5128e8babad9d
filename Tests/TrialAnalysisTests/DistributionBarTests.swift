import Testing

@testable import TrialAnalysis

/// The randomization distribution, drawn together into bars.
struct DistributionBarTests {
  @Test func fewValuesStaySingle() {
    let bars = EffectTest.Bar.bars(
      of: [(-1, 0.25), (0, 0.5), (1, 0.25)], observed: 1)
    #expect(bars.map(\.lower) == [-1, 0, 1])
    #expect(bars.map(\.upper) == [-1, 0, 1])
    #expect(bars.map(\.extreme) == [true, false, true])
  }

  /// Middles of classes are not drawn as if they were values.
  @Test func classesAreJoined() {
    let values = (-30...30).map { (value: Double($0) * 0.0629, probability: 1.0 / 61) }
    let bars = EffectTest.Bar.bars(of: values, observed: -1.5, areClasses: true)
    #expect(bars.count < 30)
    #expect(bars.allSatisfy { $0.upper > $0.lower })
    #expect(bars.contains { abs($0.upper + 1.5) < 1e-12 })
  }

  /// No bar mixes values that are as extreme as the observed one with others.
  @Test(arguments: [0.37, -0.37, 0.01, 0, 1.99, 2.0])
  func barsKeepSumAndExtremes(observed: Double) {
    let values = (-200...200).map { Double($0) / 100 }
    let distribution = values.map { (value: $0, probability: 1 / Double(values.count)) }
    let bars = EffectTest.Bar.bars(of: distribution, observed: observed)
    #expect(bars.count <= 90)
    #expect(abs(bars.reduce(0) { $0 + $1.probability } - 1) < 1e-12)
    let share = values.count { abs($0) >= abs(observed) - 1e-12 }
    if abs(observed) > 0.05 {
      let extreme = bars.filter(\.extreme).reduce(0) { $0 + $1.probability }
      #expect(abs(extreme - Double(share) / Double(values.count)) < 1e-12)
    }
    #expect(zip(bars, bars.dropFirst()).allSatisfy { $0.lower < $1.lower })
  }
}
