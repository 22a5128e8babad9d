import BlindRecord
import TrialDesign
import TrialSeal

/// Reads a locked record with the arms known.
struct SealedSource {
  let design: TrialProtocol
  let input: AnalysisInput
  let record: LockedRecord
  let spareArms: [Int]
  let kits: KitIndex
  let rows: [SlotRecord]
  let disclosure: Disclosure

  /// - Throws: `SchemeError` when the scheme has no reference set.
  init(
    design: TrialProtocol, assignment: Assignment, record: LockedRecord, spareArms: [Int] = []
  ) throws {
    let input = AnalysisInput(
      arms: design.arms, scheme: design.scheme, automaton: design.automaton,
      observed: assignment.arms, plan: design.plan,
      days: design.days)
    self.input = input
    self.spareArms = spareArms
    kits = KitIndex(record.manifest, entries: record.entries)
    self.design = design
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
      let taken =
        row.takenKit == row.occasion.kit || row.hasNoDose || row.hasUnknownKit ? nil : row.takenKit
      let slot = row.occasion.slot
      return SlotLine(
        slot: slot, day: row.occasion.day, kit: row.occasion.kit.text,
        arm: input.observed[place], otherKit: row.hasUnknownKit ? SlotLine.unknownKit : taken?.text,
        otherArm: taken.flatMap(arm(ofKit:)), status: row.status, delay: row.delay,
        kept: kept[place],
        value: row.number(outcome)?.value, guess: SlotLine.Guess(row.guess),
        block: input.blockIndex(place), corrections: row.corrections.count,
        deviations: row.deviations.map(\.kind), hasNoDose: row.hasNoDose,
        codeBroken: row.codeBroken,
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
