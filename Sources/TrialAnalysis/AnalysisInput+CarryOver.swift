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
      note: notes.isEmpty ? nil : notes.map(PlainAnswer.capital).joined(separator: " "))
  }

  private func lag(_ series: OutcomeSeries, arm: Int) throws -> CarryOverResult.Lag {
    let found: LagResult
    do {
      found = try carryOverTest(series, arm: arm, level: plan.level).lag()
    } catch StatisticsError.adjustmentsExplainArms where plan.adjustments.isEmpty {
      throw LagFault.alwaysTheSame
    }
    let degrees = found.slots - lagNumbers(series, arm: arm)
    guard degrees >= CarryOverResult.Lag.fewestDegrees else {
      throw LagFault.tooFewSlots(found: found.slots, numbers: found.slots - degrees)
    }
    return CarryOverResult.Lag(
      coefficient: found.before.estimate, effect: found.own.estimate, p: found.before.pDoubled,
      slots: found.slots, degrees: degrees)
  }

  /// How many numbers the fit takes from its slots: a mean, both arms' columns, what the plan takes out,
  /// and an autocorrelation where it is estimated.
  private func lagNumbers(_ series: OutcomeSeries, arm: Int) -> Int {
    let kept = scheme.keptSlots
    let rows = observed.indices.filter { slot in
      slot > 0 && kept[slot] && series.values[slot] != nil
        && [slot, slot - 1].allSatisfy { observed[$0] == 0 || observed[$0] == arm }
    }
    let columns = plan.adjustments.reduce(0) { sum, adjustment in
      let varying = covariates(series, adjustment).count { column in
        Set(rows.map { column[$0] }).count > 1
      }
      // The levels of the weekdays add up to the mean, which is counted already.
      return sum + (adjustment == .weekday ? max(0, varying - 1) : varying)
    }
    return 3 + columns + (plan.whitening == .estimated ? 1 : 0)
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
        count: String(
          arms.count == 2
            ? automaton.count
            : automaton.conditionalCount(of: Assignment(arms: observed), arms: (0, arm))),
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

/// Why the arm of the slot before was not fitted, where the test itself has no word for it.
private enum LagFault: Error, CustomStringConvertible {
  /// The slot before always has the slot's own arm, or always the other.
  case alwaysTheSame
  /// Hardly more slots than numbers to be fitted.
  case tooFewSlots(found: Int, numbers: Int)

  var description: String {
    switch self {
    case .alwaysTheSame:
      "at every slot of the analysis the arm before follows from the slot's own, so the two cannot be "
        + "told apart"
    case .tooFewSlots(let found, let numbers):
      "\(found) slots with one of the two arms before them are too few for the \(numbers) numbers of "
        + "the fit; it needs \(CarryOverResult.Lag.fewestDegrees) more slots than numbers"
    }
  }
}
