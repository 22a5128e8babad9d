import TrialDesign
import TrialStatistics

/// Whether what a report says of further slots is right: for the calibration, which simulates it.
extension PlannedTrial {
  /// What the report of a simulated trial says of further slots; `nil` where it says nothing.
  package func further(
    _ simulation: Int, seed: UInt64, under model: OutcomeModel, effect: Double
  ) -> FurtherSlots? {
    let trial = drawn(simulation, seed: seed, under: model)
    guard let interval = trial.test?.result.interval else { return nil }
    return FurtherSlots(
      EffectTest.Bounds(interval), degrees: trial.degrees, scheduled: slotCount, effect: effect)
  }

  /// Whether the planned test of a simulated trial finds an effect at its level.
  package func finds(_ simulation: Int, seed: UInt64, under model: OutcomeModel) -> Bool {
    let p = drawn(simulation, seed: seed, under: model).test?.planned.p ?? 1
    return p <= 1 - input.plan.level + 1e-12
  }

  private func drawn(
    _ simulation: Int, seed: UInt64, under model: OutcomeModel
  ) -> (degrees: Int, test: (result: RandomizationResult, planned: EffectTest.Planned)?) {
    let arms = assignment(simulation, seed: seed)
    let series = series(simulation, seed: seed, arms: arms, under: model)
    let trial = input.observing(arms)
    let kept = input.scheme.keptSlots
    let used = Set(arms.indices.filter { kept[$0] && series.values[$0] != nil })
    return (trial.degrees(arm: arm, used), try? trial.plannedTest(series, arm: arm))
  }
}
