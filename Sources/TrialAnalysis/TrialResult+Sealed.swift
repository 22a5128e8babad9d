import BlindRecord
import TrialDesign
import TrialSeal

extension TrialResult {
  /// The sealed plan applied to a true assignment and a locked record.
  ///
  /// Internal on purpose: only an unblinding may name the assignment.
  init(
    design: TrialProtocol, assignment: Assignment, record: LockedRecord, spareArms: [Int] = [],
    findings: [AuditFinding] = [], openedAt: Moment? = nil, prediction: String = "",
    secondKey: SecondKey.Kind = .none, witness: WitnessFacts = .nobody
  ) throws {
    let source = try SealedSource(
      design: design, assignment: assignment, record: record, spareArms: spareArms)
    let input = source.input
    let facts = source.facts(
      openedAt: openedAt, prediction: prediction, secondKey: secondKey, witness: witness)
    let slots = source.slotLines
    let series = source.series(design.plan.outcome)
    let items = Dictionary(uniqueKeysWithValues: design.items.map { ($0.name, $0) })
    let monitoring = try input.monitoring(
      series, rows: source.rows, entries: record.entries)
    let doubtful = Set(slots.indices.filter { slots[$0].isAnalysed && slots[$0].isDoubtful })
    let planned = [design.plan.outcome] + design.plan.alsoTested
    let others = design.items.filter { $0.isNumeric && !planned.contains($0.name) }
    let without = SlotLine.setWithout(doubtful.map { slots[$0] })
    // None of the three needs another.
    let parts = AtOnce.map([Part.tested, .sensitivity, .exploratory]) { part -> [OutcomeResult] in
      switch part {
      case .tested:
        input.planned(
          [(series, design.outcome)]
            + design.plan.alsoTested.map { (source.series($0), items[$0]) })
      case .sensitivity where doubtful.isEmpty: []
      case .sensitivity:
        [input.outcome(series.without(doubtful), item: design.outcome, set: without)]
      case .exploratory: AtOnce.map(others) { input.outcome(source.series($0.name), item: $0) }
      }
    }
    var tested = parts[0]
    if let monitoring { tested[0] = tested[0].allowing(for: monitoring) }
    try self.init(
      input, title: design.title, provenance: .sealed(facts),
      relevance: design.plan.relevance?.value, tested: tested, sensitivity: parts[1],
      exploratory: parts[2], slots: slots,
      corrections: source.corrections, deviations: source.deviations,
      codeBreaks: source.codeBreaks, adverseEvents: source.adverseEvents,
      kits: KitsResult(
        record, rows: source.rows, slots: slots, arms: input.arms,
        hasPill: design.arms.map(\.hasPill),
        spareArms: spareArms, primary: tested[0],
        findings: findings),
      monitoring: monitoring, skipped: source.skipped, guessReasons: source.guessReasons)
  }
}

/// The outcomes of a result by what they are for.
private enum Part { case tested, sensitivity, exploratory }

extension SlotRecord {
  /// The number that counts for an item; `nil` without a check-in, whatever was corrected.
  func number(_ item: String) -> DecimalNumber? {
    status == .recorded || status == .recordedLate ? answers[item]?.number : nil
  }
}

extension SlotLine {
  /// Whether another kit than the scheduled one was taken, by the check-in or by a deviation.
  ///
  /// A spare of the slot's own arm is no other kit.
  var tookAnotherKit: Bool {
    (otherKit != nil && (otherArm != arm || !deviations.contains(.spareKit)))
      || deviations.contains(.wrongKit)
  }

  /// Whether the blind or the kit of the slot's rating is in doubt.
  fileprivate var isDoubtful: Bool { codeBroken || ratedKnowing || tookAnotherKit }

  /// The slots left out of the sensitivity analysis, in words.
  fileprivate static func setWithout(_ slots: [SlotLine]) -> String {
    let reasons = [
      (slots.contains(where: \.codeBroken), "a broken code"),
      (
        slots.contains { $0.ratedKnowing && !$0.codeBroken },
        "an arm certain from another code before the rating"
      ),
      (slots.contains(where: \.tookAnotherKit), "another kit"),
    ].filter(\.0).map(\.1)
    let last = reasons.last ?? ""
    let first = reasons.dropLast().joined(separator: ", ")
    let comma = reasons.count > 2 ? "," : ""
    return "without \(counted(slots.count, "slot")) with "
      + (first.isEmpty ? last : "\(first)\(comma) or \(last)")
  }
}

extension SlotLine.Guess {
  /// The guess of a check-in.
  init(_ guess: TreatmentGuess?) {
    switch guess {
    case nil: self = .none
    case let guess?: self = guess.percent.map { .probability(Double($0) / 100) } ?? .unknown
    }
  }
}
