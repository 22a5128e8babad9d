public import BlindRecord
import TrialDesign
public import TrialSeal
import TrialStatistics

/// One look of the key's holder at a running trial: whether it may stop, by the rule that was sealed.
///
/// The allocation is opened in memory and one bit leaves it. A look is at whole blocks whose slots are
/// all recorded or can no longer be.
public struct MonitorLook: Hashable, Sendable {
  /// Why there is nothing to look at.
  public enum Fault: Refusal, Equatable {
    /// The sealed plan has no rule for stopping.
    case noRule
    /// Fewer blocks have ended than the first look needs.
    case tooEarly(ended: Int, needed: Int)
    /// No block has ended since the last look.
    case lookedAlready(slots: Int)
    /// The last look said that the trial may stop.
    case stoppedAlready(slots: Int)

    /// The sentence.
    public var message: String {
      switch self {
      case .noRule: "the sealed plan has no rule for stopping early"
      case .tooEarly(let ended, let needed):
        "\(counted(ended, "block")) \(ended == 1 ? "has" : "have") ended, and the first look is after "
          + "\(needed)"
      case .lookedAlready(let slots):
        "no block has ended since the look at \(slots) slots"
      case .stoppedAlready(let slots):
        "the look at \(slots) slots said already that the trial may stop"
      }
    }
    /// What to do.
    public var hint: String? {
      switch self {
      case .noRule: "write monitoring into the analysis of the next protocol, before it is sealed"
      case .tooEarly, .lookedAlready: "look again when another block has ended"
      case .stoppedAlready: "lock the record with `selfblind lock`, or go on to the end"
      }
    }
  }

  /// Slots that were looked at: the first so many.
  public let slots: Int
  /// Whether the trial may stop.
  public let mayStop: Bool

  /// Looks.
  ///
  /// - Parameters:
  ///   - entries: what is recorded so far.
  ///   - today: the day, by which slots can no longer be recorded.
  /// - Throws: `Fault` before anything is opened; `SealError`, `UnblindingError`.
  public init(
    of trial: SealedTrial, with key: OpenedKey, entries: [JournalEntry], today: CalendarDay
  ) throws {
    let ready = try MonitorLook.ready(trial, entries: entries, today: today)
    let design = trial.design
    let rows = SlotRecord.rows(of: trial.manifest.schedule, entries: entries, today: today)
    let series = OutcomeSeries(design.plan.outcome, rows)
    slots = ready.slots
    mayStop = try trial.answer(with: key) { assignment in
      let input = AnalysisInput(
        arms: design.arms, scheme: design.scheme, automaton: design.automaton,
        observed: assignment.arms, plan: design.plan,
        days: design.days)
      let process = try input.eProcess(series, blocks: ready.blocks)
      return process.map { input.mayStop($0) } ?? false
    }
  }

  /// What can be looked at today.
  ///
  /// - Throws: `Fault` where there is nothing; the key is not needed to know.
  public static func ready(
    _ trial: SealedTrial, entries: [JournalEntry], today: CalendarDay
  ) throws -> (blocks: Int, slots: Int) {
    guard let rule = trial.design.plan.monitoring else { throw Fault.noRule }
    let rows = SlotRecord.rows(of: trial.manifest.schedule, entries: entries, today: today)
    let blocks = trial.design.scheme.blocks
    let ended = blocks.prefix { block in
      block.allSatisfy { slot in
        [.recorded, .recordedLate, .missing].contains(rows[slot].status)
      }
    }
    guard ended.count >= rule.from, let last = ended.last else {
      throw Fault.tooEarly(ended: ended.count, needed: rule.from)
    }
    var isCorrected = false
    for entry in entries.reversed() {
      // Under a clock that ran ahead a look was at blocks that had not ended; it binds no longer.
      isCorrected = isCorrected || entry.event.correctsTheClock
      guard case .look(let slots, let mayStop) = entry.event else { continue }
      if mayStop { throw Fault.stoppedAlready(slots: slots) }
      if slots >= last.upperBound, !isCorrected { throw Fault.lookedAlready(slots: slots) }
      break
    }
    return (ended.count, last.upperBound)
  }
}

extension OutcomeSeries {
  /// The numbers of an item that count: none without a check-in, whatever was corrected.
  init(_ item: String, _ rows: [SlotRecord]) {
    self.init(
      name: item,
      cells: rows.map { row in
        row.number(item).map {
          ExactDecimal(units: $0.units, decimals: $0.decimals, value: $0.value)
        }
      })
  }
}

extension AnalysisInput {
  /// The evidence over the first blocks of the scheme, by the plan's rule; `nil` without one.
  func eProcess(_ series: OutcomeSeries, blocks: Int) throws -> BlockEProcess? {
    try plan.monitoring.map { try eProcess(series, blocks: blocks, rule: $0) }
  }

  /// The same by a given rule.
  func eProcess(
    _ series: OutcomeSeries, blocks: Int, rule: AnalysisPlan.Monitoring
  ) throws -> BlockEProcess {
    try BlockEProcess(
      outcome: series.values, observed: observed, kept: scheme.keptSlots, reference: reference,
      blocks: Array(scheme.blocks.prefix(blocks)),
      tilts: BlockEProcess.tilts(
        sd: rule.sd.value, greater: plan.sides != .less, less: plan.sides != .greater))
  }

  /// Whether the evidence has ever been enough for the plan's level.
  func mayStop(_ process: BlockEProcess) -> Bool {
    (process.anytimeP.last ?? 1) <= 1 - plan.level + 1e-12
  }
}
