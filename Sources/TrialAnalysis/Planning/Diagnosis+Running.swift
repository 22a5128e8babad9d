import Foundation

extension Diagnosis {
  /// Simulations that one task does before it reports.
  private static let chunk = 10

  /// Simulates a planned trial many times, on several processors.
  ///
  /// Each simulation has its own numbers (`CounterGenerator`) and the figures are put together in the
  /// order of the simulations, so the result does not depend on the number of tasks. A cancelled task
  /// ends with what is done so far.
  ///
  /// - Parameters:
  ///   - model: how ratings come about.
  ///   - withoutEffect: whether every trial is also analysed without an effect, for the size; with the
  ///     same noise.
  ///   - tasks: how many are simulated at once; `nil` for one on each processor.
  ///   - progress: called with the number of trials done.
  /// - Throws: `PlanningFault` where the model cannot be.
  public init(
    of trial: PlannedTrial, under model: OutcomeModel, simulations: Int, seed: UInt64,
    withoutEffect: Bool = true, tasks: Int? = nil,
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws {
    try Diagnosis.check(model, trial, simulations)
    let starts = Array(stride(from: 0, to: simulations, by: Diagnosis.chunk))
    var done: [(trial: SimulatedTrial, null: SimulatedTrial?)?] = Array(
      repeating: nil, count: simulations)
    await withTaskGroup(of: (Int, [(SimulatedTrial, SimulatedTrial?)]).self) { group in
      var next = 0
      func add() {
        guard next < starts.count, next == 0 || !Task.isCancelled else { return }
        let start = starts[next]
        next += 1
        group.addTask {
          var results: [(SimulatedTrial, SimulatedTrial?)] = []
          for simulation in start..<min(start + Diagnosis.chunk, simulations) {
            // What was begun has at least one result, so that an interruption has something to show.
            if simulation > start, Task.isCancelled { break }
            results.append(
              trial.pair(simulation, seed: seed, under: model, withNull: withoutEffect))
          }
          return (start, results)
        }
      }
      for _ in 0..<max(1, tasks ?? ProcessInfo.processInfo.activeProcessorCount) { add() }
      var count = 0
      for await (start, results) in group {
        for (place, result) in results.enumerated() { done[start + place] = result }
        count += results.count
        progress(count)
        add()
      }
    }
    let finished = done.compactMap { $0 }
    self.init(
      finished.map(\.trial), null: finished.compactMap(\.null), of: trial, effect: model.effect,
      requested: simulations, seed: seed)
  }

  /// The same on the processor that asks, to the last digit: where many designs are simulated at once,
  /// each of them is the unit of work.
  package init(
    oneAfterAnother trial: PlannedTrial, under model: OutcomeModel, simulations: Int, seed: UInt64
  ) throws {
    try Diagnosis.check(model, trial, simulations)
    let pairs = (0..<simulations).map {
      trial.pair($0, seed: seed, under: model, withNull: true)
    }
    self.init(
      pairs.map(\.0), null: pairs.compactMap(\.1), of: trial, effect: model.effect,
      requested: simulations, seed: seed)
  }

  private static func check(
    _ model: OutcomeModel, _ trial: PlannedTrial, _ simulations: Int
  ) throws {
    try model.check(in: trial)
    guard simulations >= 1 else {
      throw PlanningFault("found \(simulations) simulations, expected 1 or more")
    }
  }
}

extension PlannedTrial {
  /// One simulated trial with the effect, and the same without.
  fileprivate func pair(
    _ simulation: Int, seed: UInt64, under model: OutcomeModel, withNull: Bool
  ) -> (SimulatedTrial, SimulatedTrial?) {
    let arms = assignment(simulation, seed: seed)
    let real = simulated(simulation, seed: seed, under: model, arms: arms)
    guard withNull else { return (real, nil) }
    if model.effect == 0 { return (real, real) }
    return (real, simulated(simulation, seed: seed, under: model.withoutEffect, arms: arms))
  }
}

extension OutcomeModel {
  /// - Throws: `PlanningFault` also for what the item's scale cannot show.
  func check(in trial: PlannedTrial) throws(PlanningFault) {
    try check()
    guard let range = trial.range else { return }
    let width = range.upperBound - range.lowerBound
    let scale = "\(ShownNumber.text(range.lowerBound)) to \(ShownNumber.text(range.upperBound))"
    if effect.magnitude >= width {
      throw PlanningFault(
        "the effect: found \(ShownNumber.text(effect)), expected less than the whole scale from "
          + scale, hint: "--effect is in the outcome's own unit")
    }
    if trend.magnitude * Double(trial.dayCount) >= width {
      throw PlanningFault(
        "the trend: found \(ShownNumber.text(trend)) a day over \(trial.dayCount) days, expected less "
          + "than the whole scale from " + scale,
        hint: "--trend is what one day adds to all later ones")
    }
    if let mean, !range.contains(mean) {
      throw PlanningFault("the mean: found \(ShownNumber.text(mean)), expected \(scale)")
    }
    if case .known(let sd, _) = noise, sd >= width {
      throw PlanningFault(
        "the standard deviation: found \(ShownNumber.text(sd)), expected less than the whole "
          + "scale from \(scale)", hint: "--sd is in the outcome's own unit")
    }
  }
}
