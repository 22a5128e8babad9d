import BlindRecord
import Testing
import TrialDesign
import TrialTestSupport

@testable import TrialAnalysis

/// Operating characteristics by simulation.
struct DiagnosisTests {
  private func planned(_ bytes: [UInt8] = ExampleProtocols.pairs) throws -> PlannedTrial {
    try PlannedTrial(ExampleProtocols.read(bytes))
  }

  private func model(_ effect: Double, sd: Double = 2, phi: Double = 0) -> OutcomeModel {
    OutcomeModel(effect: effect, noise: .known(sd: sd, autocorrelation: phi))
  }

  /// 14 pairs, half a standard deviation: 22.5 % by the calibration of Documentation/Design.
  @Test func powerAndSizeAreThoseOfTheCalibration() async throws {
    let found = try await Diagnosis(
      of: planned(), under: model(1), simulations: 400, seed: 1)
    let (power, size) = (try #require(found.power.value), try #require(found.size.value))
    #expect(abs(power - 0.225) < 4 * 0.021)
    #expect(size <= 0.05 + 4 * 0.011)
    let coverage = try #require(found.coverage.value)
    #expect(coverage > 0.95 - 4 * 0.011)
    #expect(abs(try #require(found.bias.value)) < 4 * (found.bias.error ?? 0))
    // A significant estimate of an effect that is mostly missed must be too large.
    #expect(try #require(found.typeM.value) > 1.3)
    #expect(try #require(found.typeS.value) < 0.1)
    // The threshold of relevance is 1: what is not claimed is left open.
    #expect(abs(power + (found.cannotTell.value ?? 0) - 1) < 0.01)
    #expect(try #require(found.estimateSD) > 0.5)
  }

  @Test func theNumberOfTasksChangesNothing() async throws {
    let trial = try planned(ExampleProtocols.blocks)
    let one = try await Diagnosis(
      of: trial, under: model(1), simulations: 33, seed: 9, tasks: 1)
    let three = try await Diagnosis(
      of: trial, under: model(1), simulations: 33, seed: 9, tasks: 3)
    #expect(one.power == three.power && one.width == three.width && one.bias == three.bias)
    #expect(one.typeM == three.typeM && one.size == three.size)
    let other = try await Diagnosis(of: trial, under: model(1), simulations: 33, seed: 10)
    #expect(other.bias != one.bias)
  }

  @Test func moreSimulationsBeginWithTheSameTrials() throws {
    let trial = try planned()
    let arms = trial.assignment(20, seed: 3)
    let alone = trial.simulated(20, seed: 3, under: model(1), arms: arms)
    #expect(alone == trial.simulated(20, seed: 3, under: model(1), arms: arms))
    #expect(alone.estimate != nil)
  }

  /// Belief that follows the arm makes a difference where the pill makes none.
  @Test func aBrokenBlindIsSeenInSizeAndBias() async throws {
    var broken = model(0, sd: 1)
    broken.recognized = 0.8
    broken.expectancy = 2
    let found = try await Diagnosis(of: planned(), under: broken, simulations: 60, seed: 1)
    #expect(try #require(found.size.value) > 0.7)
    // Recognized slots differ by 2, the others by nothing.
    #expect(abs(try #require(found.bias.value) - 1.6) < 4 * (found.bias.error ?? 0) + 0.05)
    #expect(found.typeS.value == nil && found.typeM.value == nil)
  }

  @Test func carryOverPullsTheEstimateDown() async throws {
    var lasting = model(2, sd: 1)
    lasting.carryOver = 0.6
    let found = try await Diagnosis(of: planned(), under: lasting, simulations: 60, seed: 1)
    #expect(try #require(found.bias.value) < -0.3)
    #expect(try #require(found.coverage.value) < 0.9)
  }

  @Test func anInterruptionKeepsWhatIsDone() async throws {
    let trial = try planned()
    let model = model(1)
    let started = Task {
      try await Diagnosis(of: trial, under: model, simulations: 100_000, seed: 1, tasks: 2) {
        done in
        if done >= 20 { withUnsafeCurrentTask { $0?.cancel() } }
      }
    }
    let found = try await started.value
    #expect(found.isInterrupted)
    #expect((20..<100_000).contains(found.simulations))
    #expect(found.power.count == found.simulations)
    #expect(found.power.error != nil)
  }

  @Test func everyShareHasAnError() {
    let none = Diagnosand(share: 0, of: 100)
    #expect(none.value == 0)
    // √(p (1 − p) / n) with p = 0.5 / 101.
    #expect(abs((none.error ?? 0) - 0.0070187) < 1e-6)
    #expect(Diagnosand(share: 0, of: 0).value == nil)
    let mean = Diagnosand(mean: [1, 2, 3, 6])
    #expect(mean.value == 3)
    #expect(abs((mean.error ?? 0) - (14.0 / 3 / 4).squareRoot()) < 1e-12)
    #expect(Diagnosand(mean: [4]).error == nil)
  }

  @Test func severalArmsAndDrawsAreSimulatedToo() async throws {
    var three = try planned(ExampleProtocols.threeArms)
    let exact = try await Diagnosis(
      of: three, under: model(3, sd: 1), simulations: 10, seed: 1, withoutEffect: false)
    #expect(try #require(exact.power.value) > 0.5)
    #expect(exact.size.value == nil)
    three.draws = 199
    let drawn = try await Diagnosis(
      of: three, under: model(3, sd: 1), simulations: 10, seed: 1, withoutEffect: false)
    #expect(try #require(drawn.power.value) > 0.5)
    #expect(drawn.bias == exact.bias)
  }

  @Test(arguments: [
    (
      "the standard deviation is 0: ratings that never vary show any difference on two days", 0.0,
      0.3
    ),
    ("the standard deviation: found −1, expected more than 0", -1, 0.3),
    ("the autocorrelation: found 1, expected more than −1 and less than 1", 1, 1),
    (
      "the standard deviation: found 12, expected less than the whole scale from 0 to 10", 12, 0.3
    ),
  ])
  func noiseThatCannotBe(_ sentence: String, _ sd: Double, _ phi: Double) async throws {
    let trial = try planned()
    do {
      _ = try await Diagnosis(of: trial, under: model(1, sd: sd, phi: phi), simulations: 1, seed: 1)
      Issue.record("accepted")
    } catch let fault as PlanningFault { #expect(fault.message == sentence) }
  }

  @Test func assumptionsThatCannotBe() throws {
    let trial = try planned()
    func refused(_ sentence: String, _ change: (inout OutcomeModel) -> Void) {
      var model = model(1)
      change(&model)
      do throws(PlanningFault) {
        try model.check(in: trial)
        Issue.record("accepted: \(sentence)")
      } catch { #expect(error.message == sentence) }
    }
    refused("the effect: found 10, expected less than the whole scale from 0 to 10") {
      $0.effect = 10
    }
    refused("the mean: found 11, expected 0 to 10") { $0.mean = 11 }
    refused("the share of missing slots: found 1, expected 0 or more, below 1") { $0.missing = 1 }
    refused("the carry-over: found −0.1, expected 0 or more, below 1") { $0.carryOver = -0.1 }
    refused("the share of recognized slots: found 2, expected 0 to 1") { $0.recognized = 2 }
    refused("the trend: found ∞, expected a number") { $0.trend = .infinity }
    #expect(throws: PlanningFault.self) {
      try PlannedTrial(ExampleProtocols.read(ExampleProtocols.pairs), arm: "nothing")
    }
  }

  @Test func negativeAutocorrelationIsSaid() {
    #expect(model(1, phi: 0.3).cautions.isEmpty)
    #expect(model(1, phi: -0.3).cautions.first?.contains("good and bad days alternate") == true)
  }
}
