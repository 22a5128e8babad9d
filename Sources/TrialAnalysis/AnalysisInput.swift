import BlindRecord
import TrialDesign
import TrialStatistics

/// What every analysis of one trial shares: the scheme, the true assignment, the plan.
struct AnalysisInput {
  /// The arms' names, the reference first.
  let arms: [String]
  /// Which arms are something to take.
  let hasPill: [Bool]
  /// The scheme that drew the assignment.
  var scheme: RandomizationScheme
  /// The same, compiled.
  let automaton: SlotAutomaton
  /// The arm of each slot.
  private(set) var observed: [Int]
  /// The analysis as it was fixed, or as a question after the end has it.
  var plan: AnalysisPlan
  /// The day of each slot, for the model with time in it; `nil` where slots are all there is.
  let days: [CalendarDay]?
  /// The scheme's assignments as the tests take them.
  let reference: ReferenceSet

  /// A trial by its design.
  init(
    arms: [Arm], scheme: RandomizationScheme, automaton: SlotAutomaton, observed: [Int],
    plan: AnalysisPlan, days: [CalendarDay]?
  ) {
    self.arms = arms.map(\.name)
    hasPill = arms.map(\.hasPill)
    self.scheme = scheme
    self.automaton = automaton
    self.observed = observed
    self.plan = plan
    self.days = days
    reference = ReferenceSet(layers: automaton.layers, ends: automaton.ends)
  }

  /// The same trial with another assignment; nothing is compiled again.
  func observing(_ arms: [Int]) -> AnalysisInput {
    var input = self
    input.observed = arms
    return input
  }

  /// What an outcome is in the plan.
  enum Role {
    /// The primary one: relevance, carry-over and other priors are about it.
    case primary
    /// Tested together with the primary one.
    case alsoTested
    /// A sensitivity analysis, or an item that the plan does not name.
    case beside
    /// One of the plan in one of very many trials: the test and the model, nothing beside them.
    case brief
  }

  /// The analysis of one outcome over one set of slots, each arm against the reference.
  func outcome(
    _ series: OutcomeSeries, item: Item?, set: String = "as scheduled", role: Role = .beside
  ) -> OutcomeResult {
    let kept = scheme.keptSlots
    let used = Set(series.values.indices.filter { kept[$0] && series.values[$0] != nil })
    let summaries = arms.indices.map { arm in
      ArmSummary(arm: arms[arm], values: ratings(series, arm: arm, used))
    }
    return OutcomeResult(
      name: series.name, prompt: item?.prompt ?? series.name, scale: item?.scaleInWords,
      unit: item?.unit, set: set,
      arms: summaries,
      contrasts: AtOnce.map(
        Array(arms.indices.dropFirst()), workers: role == .brief ? 1 : AtOnce.processors
      ) {
        contrast(series, arm: $0, used: used, summaries, role: role)
      },
      global: nil, better: item?.better)
  }

  /// The ratings under an arm, in the order of the slots.
  func ratings(_ series: OutcomeSeries, arm: Int, _ used: Set<Int>) -> [Double] {
    observed.indices.filter { observed[$0] == arm && used.contains($0) }
      .compactMap { series.values[$0] }
  }

  /// A reason in the words of the trial: which arm has no rating, how many there are.
  func reason(_ error: any Error, arm: Int) -> String {
    switch error as? StatisticsError {
    case .armUnobserved(let isActive):
      return "the arm \(arms[isActive ? arm : 0]) has no rating: there is nothing to compare"
    case .tooFewSlots(let found, let needed):
      return "\(found) ratings, but the plan needs at least \(needed)"
    case .singleAssignment where arms.count > 2:
      return
        "the slots of the other arms leave one assignment of \(arms[0]) and \(arms[arm]) only, "
        + "so these two cannot be compared"
    default: return "\(error)"
    }
  }

  private func contrast(
    _ series: OutcomeSeries, arm: Int, used: Set<Int>, _ summaries: [ArmSummary], role: Role
  ) -> Contrast {
    var notes: [String] = []
    func noted<Part>(_ what: String, _ part: () throws -> Part?) -> Part? {
      do {
        return try part()
      } catch {
        notes.append("\(what): \(reason(error, arm: arm))")
        return nil
      }
    }
    let test = noted(series.name) { try randomizationTest(series, arm: arm, used: used) }
    if let test { notes += remarks(test) }
    let bayes = noted("the Bayesian model of \(series.name) was not computed") {
      try self.bayes(series, arm: arm, isPrimary: role == .primary)
    }
    if let bayes, bayes.sd == nil {
      notes.append(
        "the posterior has no standard deviation: the arm alternates at every rated slot, so its "
          + "effect cannot be told from noise that changes its sign every slot")
    }
    // Without a test its reason is enough: what else cannot be computed follows from it.
    let note = test == nil ? notes.first : notes.isEmpty ? nil : notes.joined(separator: "; ")
    var difference: Double?
    if summaries[0].mean != nil, summaries[arm].mean != nil {
      let values = series.differences
      let means = [0, arm].map { one in
        let rated = used.filter { observed[$0] == one }.sorted().compactMap { values[$0] }
        return rated.reduce(0, +) / Double(rated.count)
      }
      difference = means[1] - means[0]
    }
    var contrast = Contrast(
      arm: arm, name: arms[arm], reference: arms[0], meanDifference: difference, test: test,
      adjusted: nil, bayes: bayes,
      effectSizes: role == .brief ? [] : effectSizes(series, arm: arm, used),
      carryOver: role == .primary ? carryOver(series, arm: arm) : nil,
      note: note)
    if role == .primary || role == .alsoTested {
      contrast.naive = naive(series, arm: arm, used)
    }
    if role == .primary {
      contrast.further = further(test, arm: arm, used)
      contrast.parts = test.map { primaryTest(series, arm: arm, phi: $0.autocorrelation) }
    }
    return contrast
  }

  /// What must be known of a test to read its numbers rightly.
  private func remarks(_ test: EffectTest) -> [String] {
    var remarks: [String] = []
    if test.isInfinite {
      remarks.append(
        "nothing varies beside the difference, so the studentised statistic is infinite")
    }
    if let unit = test.roundingUnit {
      remarks.append(
        "the ratings have more digits than can be compared exactly and were rounded to multiples "
          + "of \(unit); ties are those of the rounded ratings")
    }
    return remarks
  }
}

extension Item {
  /// Which way is better, where the protocol says so.
  var better: PlainAnswer.Direction? {
    switch direction {
    case .higher: .higher
    case .lower: .lower
    case .neither: nil
    }
  }

  /// The lowest and the highest answer, with the unit, as in "0 to 10"; `nil` for an item without numbers.
  var scaleInWords: String? {
    guard case .number(let lower, let upper, _, let unit) = kind else { return nil }
    if face == nil { return "\(lower) to \(upper)" + (unit.map { " \($0)" } ?? "") }
    return words(for: .number(lower)) + " to " + words(for: .number(upper))
  }

  /// The unit of a numeric item, where it has one.
  var unit: String? {
    if case .number(_, _, _, let unit) = kind { unit } else { nil }
  }
}
