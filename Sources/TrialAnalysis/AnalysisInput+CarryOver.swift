import TrialDesign
import TrialStatistics

extension AnalysisInput {
  /// What the plan asks about effects that outlast their slot; `nil` where it asks nothing.
  func carryOver(_ series: OutcomeSeries, arm: Int) -> CarryOverResult? {
    guard let asked = plan.carryOver else { return nil }
    var notes: [String] = []
    func noted<Part>(_ what: String, _ part: () throws -> Part?) -> Part? {
      do {
        return try part()
      } catch {
        notes.append("\(what): \(reason(error, arm: arm))")
        return nil
      }
    }
    let lag =
      asked.lag
      ? noted("the arm of the slot before was not fitted") { try self.lag(series, arm: arm) } : nil
    let lagBayes =
      asked.lag
      ? noted("the Bayesian model with the slot before was not computed") {
        try lagInModel(series, arm: arm)
      } : nil
    let rows =
      asked.dropUpTo > 0
      ? noted("the table of slots left out was not computed") {
        try carryOverRows(series, arm: arm, upTo: asked.dropUpTo)
      } : nil
    return CarryOverResult(
      lag: lag, lagBayes: lagBayes, rows: rows ?? [],
      note: notes.isEmpty ? nil : notes.joined(separator: "; "))
  }

  private func lag(_ series: OutcomeSeries, arm: Int) throws -> CarryOverResult.Lag {
    let found = try carryOverTest(series, arm: arm, level: plan.level).lag()
    return CarryOverResult.Lag(
      coefficient: found.before.estimate, effect: found.own.estimate, p: found.before.pDoubled)
  }

  private func carryOverRows(
    _ series: OutcomeSeries, arm: Int, upTo most: Int
  ) throws -> [CarryOverResult.Row] {
    let table = try carryOverTest(series, arm: arm, level: plan.level).table(upTo: most)
    return try table.map { row in
      let test = try row.result.map {
        try effectTest($0, of: series, arm: arm, dropped: row.dropped)
      }
      return CarryOverResult.Row(
        dropped: row.dropped, ratings: row.slots, test: test,
        note: row.reason.map { reason($0, arm: arm) })
    }
  }

  /// The effect without the first slots after each change of arm.
  func effectAfterChanges(
    _ series: OutcomeSeries, arm: Int, dropped: Int
  ) throws -> EffectTest {
    let result = try carryOverTest(series, arm: arm, level: plan.level).leavingOut(dropped)
    return try effectTest(result, of: series, arm: arm, dropped: dropped)
  }

  private func effectTest(
    _ result: RandomizationResult, of series: OutcomeSeries, arm: Int, dropped: Int
  ) throws -> EffectTest {
    EffectTest(
      result,
      planned: try planned(result) { level in
        try carryOverTest(series, arm: arm, level: level).leavingOut(dropped)
      },
      referenceSet: EffectTest.ReferenceCount(
        count: String(automaton.count),
        undefined: result.undefinedCount.map { String($0) } ?? "0"))
  }

  private func carryOverTest(
    _ series: OutcomeSeries, arm: Int, level: Double
  ) throws -> CarryOverTest {
    let (reference, observed, kept) = comparing(arm)
    return try CarryOverTest(
      outcome: series.exact(), observed: observed, kept: kept, reference: reference,
      elsewhere: self.observed.map { $0 != 0 && $0 != arm }, whitening: whitening,
      covariates: covariates(series), level: level)
  }
}
