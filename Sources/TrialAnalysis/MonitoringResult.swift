public import BlindRecord
import TrialDesign
import TrialStatistics

/// What the looks during a trial said, and the answer that allows for them.
public struct MonitoringResult: Hashable, Sendable {
  /// One look.
  public struct Look: Hashable, Sendable, Codable {
    /// The day on which it was written down.
    public let day: CalendarDay
    /// The first so many slots.
    public let slots: Int
    /// What was passed on.
    public let mayStop: Bool
    /// What the record as it was locked says of the same slots: another word means that answers were
    /// corrected since.
    public let saysNow: Bool
  }

  /// The looks, in order.
  public let looks: [Look]
  /// Slots after which the trial was stopped because a look said so; `nil` where it was not.
  public let stoppedAfter: Int?
  /// Blocks that have a rating, or come before one that has.
  public let blocks: Int
  /// The level of the confidence sequence.
  public let level: Double
  /// The evidence against no difference, after each block.
  public let evidence: [Double]
  /// The p-value that is valid at any time: 1 over the largest evidence.
  public let anytimeP: Double
  /// The effects that were rejected after no block.
  public let interval: EffectTest.Bounds
}

extension AnalysisInput {
  /// The looks of a record; `nil` where the plan has no rule for stopping.
  ///
  /// - Parameter rows: the slots of the record.
  func monitoring(
    _ series: OutcomeSeries, rows: [SlotRecord], entries: [JournalEntry]
  ) throws -> MonitoringResult? {
    let blocks = scheme.blocks
    guard let process = try eProcess(series, blocks: blocks.count) else { return nil }
    let path = process.path()
    let p = process.anytimeP
    var looks: [MonitoringResult.Look] = []
    for entry in entries {
      guard case .look(let slots, let mayStop) = entry.event else { continue }
      let block = blocks.lastIndex { $0.upperBound <= slots }
      looks.append(
        MonitoringResult.Look(
          day: entry.moment.day, slots: slots, mayStop: mayStop,
          saysNow: block.map { p[$0] <= 1 - plan.level + 1e-12 } ?? false))
    }
    var stopped: Int?
    if let last = looks.last, last.mayStop {
      let wentOn = rows.contains {
        $0.occasion.slot > last.slots && ($0.status == .recorded || $0.status == .recordedLate)
      }
      if !wentOn, last.slots < observed.count { stopped = last.slots }
    }
    let interval = process.interval(level: plan.level)
    let last = blocks.lastIndex { $0.contains { series.values[$0] != nil } }
    return MonitoringResult(
      looks: looks, stoppedAfter: stopped, blocks: last.map { $0 + 1 } ?? 0, level: plan.level,
      evidence: path,
      anytimeP: p.last ?? 1,
      interval: EffectTest.Bounds(
        level: plan.level, lower: interval.lower, upper: interval.upper))
  }
}

extension OutcomeResult {
  /// The same with the p-value and the interval that are valid at any time in place of those which
  /// suppose that nobody looked.
  func allowing(for monitoring: MonitoringResult) -> OutcomeResult {
    guard !monitoring.looks.isEmpty else { return self }
    var result = self
    for place in result.contrasts.indices {
      guard let planned = result.contrasts[place].test?.planned else { continue }
      result.contrasts[place].test?.planned = EffectTest.Planned(
        sides: planned.sides, isMidP: false, isAnytimeValid: true, p: monitoring.anytimeP,
        interval: monitoring.interval)
      // It follows from the width of an interval that supposes that nobody looked.
      result.contrasts[place].further = nil
    }
    return result
  }
}

extension MonitoringResult: Encodable {
  private enum CodingKeys: String, CodingKey {
    case looks, stoppedAfter, evidence, anytimeP, interval
  }

  /// Writes the object; without a stop there is no `stoppedAfter`.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(looks, forKey: .looks)
    try fields.encodeIfPresent(stoppedAfter, forKey: .stoppedAfter)
    try fields.encode(evidence, forKey: .evidence)
    try fields.encode(anytimeP, forKey: .anytimeP)
    try fields.encode(BoundsSummary(interval, kind: "confidence-sequence"), forKey: .interval)
  }
}
