import BlindRecord
import Testing
import TrialDesign
import TrialStatistics
import TrialTestSupport

@testable import TrialAnalysis

/// One simulated trial: what is drawn, what is rated, and what the plan says of it.
struct PlannedTrialTests {
  private func model(_ effect: Double = 1.5) -> OutcomeModel {
    var model = OutcomeModel(effect: effect, noise: .known(sd: 1.5, autocorrelation: 0.3))
    model.missing = 0.1
    model.trend = 0.02
    return model
  }

  private static let protocols = [
    ExampleProtocols.pairs, ExampleProtocols.blocks, ExampleProtocols.periods,
    ExampleProtocols.text(scheme: "pairs: {count: 8}", whitening: "estimated"),
    ExampleProtocols.text(scheme: "complete: {slots: 16, active: 8}", statistic: "rank-sum"),
  ]

  /// The simulation calls the test alone; the report is made of the same trial as a locked record.
  @Test(arguments: protocols)
  func theFastPathIsTheWholeAnalysis(_ bytes: [UInt8]) throws {
    let planned = try PlannedTrial(ExampleProtocols.read(bytes))
    var claims: Set<Int> = []
    for simulation in 0..<4 {
      let model = model(simulation % 2 == 0 ? 3 : 0)
      let arms = planned.assignment(simulation, seed: 5)
      let ratings = planned.ratings(simulation, seed: 5, arms: arms, under: model)
      var made = try MadeTrial(protocol: bytes, arms: arms)
      for (place, rating) in ratings.enumerated() {
        guard let rating else { continue }
        made.rate(place + 1, mood: rating.description)
      }
      let result = try made.result()
      let fast = planned.simulated(simulation, seed: 5, under: model, arms: arms)
      let test = try #require(result.primary.test)
      #expect(fast.verdict == result.answer.verdict)
      #expect(fast.estimate == test.estimate)
      #expect(fast.p == test.planned.p)
      #expect(fast.interval == test.planned.interval)
      claims.insert(fast.claim)
    }
    #expect(claims.count > 1, "all trials say the same: a comparison that cannot fail")
  }

  @Test func ratingsAreWrittenAsTheItemAllows() throws {
    let planned = try PlannedTrial(ExampleProtocols.read(ExampleProtocols.pairs))
    var model = OutcomeModel(effect: 5, noise: .known(sd: 6, autocorrelation: 0))
    model.mean = 8
    let arms = planned.assignment(0, seed: 1)
    let ratings = planned.ratings(0, seed: 1, arms: arms, under: model).compactMap { $0 }
    #expect(ratings.count == 28)
    #expect(ratings.allSatisfy { $0.decimals == 0 && (0...10).contains($0.units) })
    #expect(ratings.contains { $0.units == 10 })
  }

  /// Sixteen sequences of four pairs, each equally likely: χ² of 15 degrees, 0.1 % point 37.7.
  @Test func assignmentsAreDrawnUniformly() throws {
    let bytes = ExampleProtocols.text(scheme: "pairs: {count: 4}", level: "0.5")
    let planned = try PlannedTrial(ExampleProtocols.read(bytes))
    var counts: [[Int]: Int] = [:]
    for simulation in 0..<3_200 {
      counts[planned.assignment(simulation, seed: 2), default: 0] += 1
    }
    #expect(counts.count == 16)
    let chi = counts.values.reduce(0.0) { $0 + Double(($1 - 200) * ($1 - 200)) / 200 }
    #expect(chi < 37.7)
  }

  /// Without noise of any size a rating shows what was put into it.
  @Test func effectsFadeTrendsRiseAndBeliefAdds() throws {
    let bytes = ExampleProtocols.text(
      scheme: "listed: {assignments: [zqzzq, zzqqz, qzzqz, zqqzz]}", level: "0.5")
    let text = String(decoding: bytes, as: UTF8.self)
      .replacing("range: [0, 10]", with: "range: [-100, 100]\n    decimals: 3")
    guard let design = try? ExampleProtocols.read(Array(text.utf8)) else {
      Issue.record("the protocol is not read")
      return
    }
    let planned = try PlannedTrial(design)
    func values(_ change: (inout OutcomeModel) -> Void) -> [Double] {
      var model = OutcomeModel(effect: 8, noise: .known(sd: 1e-9, autocorrelation: 0))
      change(&model)
      return planned.ratings(0, seed: 1, arms: [0, 1, 0, 0, 1], under: model)
        .map { $0?.value ?? .nan }
    }
    let plain = values { _ in }
    #expect(plain == [0, 8, 0, 0, 8])
    let lasting = values { $0.carryOver = 0.5 }
    #expect(lasting == [0, 8, 4, 2, 8])
    let rising = values { $0.trend = 1 }
    #expect(rising == [-2, 7, 0, 1, 10])
    let believed = values {
      $0.recognized = 1
      $0.expectancy = 3
    }
    #expect(believed == [0, 11, 0, 0, 11])
    let higher = values { $0.mean = 10 }
    #expect(higher == [10, 18, 10, 10, 18])
    let missing = values { $0.missing = 0.999_999 }
    let isAllMissing = missing.allSatisfy(\.isNaN)
    #expect(isAllMissing)
  }

  @Test func noiseIsStationaryAndCorrelated() throws {
    let text = String(decoding: ExampleProtocols.pairs, as: UTF8.self)
      .replacing("range: [0, 10]", with: "range: [-100, 100]\n    decimals: 3")
    let planned = try PlannedTrial(ExampleProtocols.read(Array(text.utf8)))
    let model = OutcomeModel(effect: 0, noise: .known(sd: 2, autocorrelation: 0.6))
    var (squares, products, count) = (0.0, 0.0, 0.0)
    for simulation in 0..<300 {
      let values = planned.ratings(
        simulation, seed: 4, arms: Array(repeating: 0, count: 28), under: model
      ).map { $0?.value ?? 0 }
      squares += values.reduce(0) { $0 + $1 * $1 } / 28
      products += zip(values, values.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 } / 27
      count += 1
    }
    // Standard errors of about 0.1 each, by the variance of the mean square of AR(1).
    #expect(abs(squares / count - 4) < 0.4)
    #expect(abs(products / count - 2.4) < 0.4)
  }
}
