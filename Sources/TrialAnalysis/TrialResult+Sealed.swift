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
    let input = try AnalysisInput(
      arms: design.arms, scheme: design.scheme, observed: assignment.arms, plan: design.plan,
      days: design.days)
    let source = SealedSource(
      design: design, input: input, record: record, spareArms: spareArms)
    let facts = source.facts(
      openedAt: openedAt, prediction: prediction, secondKey: secondKey, witness: witness)
    let slots = source.slotLines
    let series = source.series(design.plan.outcome)
    let items = Dictionary(uniqueKeysWithValues: design.items.map { ($0.name, $0) })
    let monitoring = try input.monitoring(
      series, rows: source.rows, entries: record.entries)
    var tested = input.planned(
      [(series, design.outcome)]
        + design.plan.alsoTested.map { (source.series($0), items[$0]) })
    if let monitoring { tested[0] = tested[0].allowing(for: monitoring) }
    let doubtful = Set(slots.indices.filter { slots[$0].isAnalysed && slots[$0].isDoubtful })
    var sensitivity: [OutcomeResult] = []
    if !doubtful.isEmpty {
      sensitivity.append(
        input.outcome(
          series.without(doubtful), item: design.outcome,
          set: SlotLine.setWithout(doubtful.map { slots[$0] })))
    }
    let planned = [design.plan.outcome] + design.plan.alsoTested
    let others = design.items.filter { $0.isNumeric && !planned.contains($0.name) }
    try self.init(
      input, title: design.title, provenance: .sealed(facts),
      relevance: design.plan.relevance?.value, tested: tested, sensitivity: sensitivity,
      exploratory: others.map { input.outcome(source.series($0.name), item: $0) }, slots: slots,
      corrections: source.corrections, deviations: source.deviations,
      codeBreaks: source.codeBreaks, adverseEvents: source.adverseEvents,
      kits: KitsResult(
        record, slots: slots, arms: input.arms, spareArms: spareArms, primary: tested[0],
        findings: findings),
      monitoring: monitoring)
  }
}

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

/// Reads a locked record with the arms known.
private struct SealedSource {
  let design: TrialProtocol
  let input: AnalysisInput
  let record: LockedRecord
  let spareArms: [Int]
  let kits: KitIndex
  let rows: [SlotRecord]
  let disclosure: Disclosure

  init(
    design: TrialProtocol, input: AnalysisInput, record: LockedRecord, spareArms: [Int]
  ) {
    self.spareArms = spareArms
    kits = KitIndex(record.manifest, entries: record.entries)
    self.design = design
    self.input = input
    self.record = record
    rows = SlotRecord.rows(
      of: record.manifest.schedule, entries: record.entries, today: nil)
    disclosure = Disclosure(
      record.entries, observed: input.observed, automaton: input.automaton)
  }

  /// The numeric answers to an item, one or none for each slot.
  func series(_ item: String) -> OutcomeSeries { OutcomeSeries(item, rows) }

  var slotLines: [SlotLine] {
    let kept = design.scheme.keptSlots
    let outcome = design.plan.outcome
    return rows.enumerated().map { place, row in
      let reported = row.deviations.last { $0.kind == .wrongKit || $0.kind == .spareKit }?.kit
      let taken = [row.kit, reported].compactMap { $0 }.first { $0 != row.occasion.kit }
      let slot = row.occasion.slot
      return SlotLine(
        slot: slot, day: row.occasion.day, kit: row.occasion.kit.text,
        arm: input.observed[place], otherKit: taken?.text,
        otherArm: taken.flatMap(arm(ofKit:)), status: row.status, delay: row.delay,
        kept: kept[place],
        value: row.number(outcome)?.value, guess: SlotLine.Guess(row.guess),
        block: input.blockIndex(place), corrections: row.corrections.count,
        deviations: row.deviations.map(\.kind), codeBroken: row.codeBroken,
        revealedBy: disclosure.revealer(ofSlot: slot),
        guessedKnowing: disclosure.isKnownAtCheckIn(slot),
        ratedKnowing: disclosure.isKnownAtAnswer(slot, outcome))
    }
  }

  /// The arm of a kit of this trial, by its place.
  private func arm(ofKit kit: KitCode) -> Int? {
    switch kits.meaning(of: kit) {
    case .slot(let slot): input.observed[slot - 1]
    case .spare(let spare) where spareArms.indices.contains(spare - 1): spareArms[spare - 1]
    case .spare, .label, .foreign: nil
    }
  }

  var corrections: [CorrectionLine] { CorrectionLine.lines(record.entries, disclosure) }

  private func arm(ofSlot slot: Int) -> String? {
    input.observed.indices.contains(slot - 1) ? input.arms[input.observed[slot - 1]] : nil
  }

  var deviations: [DeviationLine] {
    record.entries.compactMap { entry in
      guard case .deviation(let deviation) = entry.event else { return nil }
      return DeviationLine(
        slot: deviation.slot, day: entry.day, arm: deviation.slot.flatMap(arm(ofSlot:)),
        kind: deviation.kind, reason: deviation.reason)
    }
  }

  var codeBreaks: [CodeBreakLine] {
    disclosure.breaks.compactMap { opened in
      arm(ofSlot: opened.slot).map {
        CodeBreakLine(
          slot: opened.slot, at: opened.entry.moment.utc, arm: $0, reason: opened.reason,
          alsoRevealed: opened.certain, surer: opened.surer)
      }
    }
  }

  var adverseEvents: [AdverseEventLine] {
    record.entries.compactMap { entry in
      guard case .adverseEvent(let event) = entry.event else { return nil }
      let slot = record.manifest.schedule.occasions.last { $0.day <= event.onset }?.slot
      return AdverseEventLine(event: event, slot: slot, arm: slot.flatMap(arm(ofSlot:)))
    }
  }

  func facts(
    openedAt: Moment?, prediction: String, secondKey: SecondKey.Kind, witness: WitnessFacts
  ) -> SealFacts {
    let manifest = record.manifest
    var lock = (at: record.entries.last?.moment.utc ?? "", reason: "")
    for entry in record.entries {
      if case .locked(let reason) = entry.event { lock = (entry.moment.utc, reason) }
    }
    return SealFacts(
      trial: manifest.trial, simulated: manifest.simulated, sealedAt: manifest.sealedAt.utc,
      lockedAt: lock.at, lockReason: lock.reason, openedAt: openedAt?.utc,
      prediction: prediction.isEmpty ? nil : prediction, custody: manifest.commitments.custody,
      secondKey: secondKey.rawValue,
      mixing: manifest.commitments.mixing,
      abandonedSealings: manifest.commitments.abandonedSealings,
      protocolDigest: manifest.commitments.protocolDigest,
      planRoot: manifest.commitments.planRoot, entries: record.entries.count,
      entriesWithSetClock: record.entries.count(where: \.clockIsSet),
      checkpoint: record.checkpoint,
      anchors: witness.anchors.map { anchor in
        SealFacts.Anchor(
          part: anchor.what.rawValue, at: anchor.at.utc, authority: anchor.authority,
          root: anchor.fingerprint, isEarly: anchor.standing == .early)
      },
      returnedCheckpoints: witness.returnedCheckpoints)
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
