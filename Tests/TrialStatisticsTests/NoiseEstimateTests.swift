import Testing

@testable import TrialStatistics

@Suite("Noise from a run-in")
struct NoiseEstimateTests {
  private func series(_ count: Int, sd: Double, phi: Double, simulation: Int) -> [Double] {
    var generator = CounterGenerator(seed: 3, simulation: simulation, stream: .noise)
    var deviate = generator.normal()
    return (0..<count).map { slot in
      if slot > 0 {
        deviate = phi * deviate + (1 - phi * phi).squareRoot() * generator.normal()
      }
      return 5 + sd * deviate
    }
  }

  @Test("a long series gives its own parameters")
  func longSeries() throws {
    for (sd, phi) in [(1.5, 0.4), (0.8, -0.5), (2.0, 0.0)] {
      let found = try #require(
        NoiseEstimate(values: series(1_000, sd: sd, phi: phi, simulation: 1)))
      #expect(abs(found.sd.median - sd) < 0.12 * sd)
      #expect(abs(found.autocorrelation.median - phi) < 0.1)
      #expect(found.sd.lower < found.sd.median && found.sd.median < found.sd.upper)
    }
  }

  /// The intervals hold the truth as often as they say: 120 series, four standard errors of 80 %.
  @Test("intervals of 80 % from two weeks")
  func coverage() throws {
    var held = 0
    for simulation in 0..<120 {
      let found = try #require(
        NoiseEstimate(values: series(14, sd: 1, phi: 0.3, simulation: simulation)))
      if found.sd.lower <= 1, 1 <= found.sd.upper { held += 1 }
    }
    #expect(abs(Double(held) / 120 - 0.8) < 4 * 0.0365)
  }

  @Test("draws have the quantiles of the estimate")
  func draws() throws {
    let found = try #require(NoiseEstimate(values: series(21, sd: 1, phi: 0.3, simulation: 5)))
    let drawn = (0..<4_000).map { simulation in
      var generator = CounterGenerator(seed: 9, simulation: simulation, stream: .parameters)
      return found.draw(&generator)
    }
    let below = drawn.count { $0.sd < found.sd.lower }
    #expect(abs(Double(below) / 4_000 - 0.1) < 4 * 0.0048)
    let above = drawn.count { $0.sd > found.sd.upper }
    #expect(abs(Double(above) / 4_000 - 0.1) < 4 * 0.0048)
    let high = drawn.count { $0.autocorrelation > found.autocorrelation.median }
    #expect(high < 2_000 + 130)
  }

  /// Every other day missing is the series of every other day with gaps of two.
  @Test("gaps count as days")
  func gaps() throws {
    let values = series(40, sd: 1, phi: 0.6, simulation: 2)
    let holes = values.enumerated().map { $0.offset % 2 == 0 ? $0.element : nil }
    let stepped = stride(from: 0, to: 40, by: 2).map { values[$0] }
    let days = Array(stride(from: 0, to: 40, by: 2))
    let first = try #require(NoiseEstimate(values: holes))
    let second = try #require(NoiseEstimate(values: stepped, days: days))
    #expect(first.sd == second.sd)
    #expect(first.autocorrelation == second.autocorrelation)
    #expect(first.sd != NoiseEstimate(values: stepped)?.sd)
  }

  @Test("too few, equal, or disordered ratings give nothing")
  func nothing() {
    #expect(NoiseEstimate(values: [1, 2, 3, 4, 5, 7]) == nil)
    #expect(NoiseEstimate(values: Array(repeating: 4, count: 20)) == nil)
    #expect(NoiseEstimate(values: [1, 2, 3, 1, 2, 3, 1], days: [1, 2, 3, 4, 5, 5, 6]) == nil)
    #expect(NoiseEstimate(values: [1, 2, 3, 1, 2, 3, 1], days: [1, 2]) == nil)
  }
}
