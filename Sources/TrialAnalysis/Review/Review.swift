public import BlindRecord
public import TrialDesign
public import TrialSeal

/// The questions that are asked once the answer is known, to the engine that gave it.
///
/// Made from an unblinding only. It answers, and keeps nothing: whoever asks counts the questions.
public struct Review: Sendable {
  /// The planned analysis, as the report has it.
  public let planned: TrialResult
  let source: SealedSource

  /// The sealed trial, opened.
  ///
  /// - Parameters:
  ///   - findings: what was found in the spares, where they were opened.
  ///   - witness: what others have seen of the trial.
  /// - Throws: an error of the analysis when the record holds nothing to analyse.
  public init(
    _ unblinding: Unblinding, findings: [AuditFinding] = [],
    seenBy witness: WitnessFacts = .nobody
  ) throws {
    try self.init(
      unblinding, planned: TrialResult(unblinding, findings: findings, seenBy: witness))
  }

  /// The same where the planned analysis of it was made already.
  package init(_ unblinding: Unblinding, planned: TrialResult) throws {
    try self.init(
      planned,
      SealedSource(
        design: unblinding.design, assignment: unblinding.allocation.assignment,
        record: unblinding.record, spareArms: unblinding.spareArms))
  }

  /// Internal on purpose: only an unblinding may name the assignment.
  init(_ planned: TrialResult, _ source: SealedSource) {
    self.planned = planned
    self.source = source
  }

  /// The day of each slot.
  public var days: [CalendarDay] { source.design.days }
  /// The names of the items that can be an outcome, the primary one first.
  public var outcomes: [String] {
    let primary = source.design.plan.outcome
    return [primary] + source.design.items.filter(\.isNumeric).map(\.name).filter { $0 != primary }
  }
  /// The statistics that the scheme allows.
  public var statistics: [AnalysisPlan.Statistic] {
    AnalysisPlan.Statistic.allCases.filter { fault(of: $0) == nil }
  }
  /// The statistic of the plan.
  public var plannedStatistic: AnalysisPlan.Statistic { source.design.plan.statistic }
  /// What the plan does to the autocorrelation.
  public var plannedWhitening: AnalysisPlan.Whitening { source.design.plan.whitening }
  /// What the plan takes out of the ratings.
  public var plannedAdjustments: [AnalysisPlan.Adjustment] { source.design.plan.adjustments }
  /// Slots that the plan leaves out at the start of every period.
  public var plannedWashout: Int { periods?.drop ?? 0 }
  /// Whether the scheme gives whole periods, so that the washout is a part of the design.
  public var hasPeriods: Bool { periods != nil }
  /// The most slots that can be left out at a start or after a change.
  public var longestWashout: Int {
    periods.map { $0.length - 1 } ?? max(0, source.input.automaton.longestRun - 1)
  }

  /// Slots with a rating that a filter leaves out, from 1.
  public func slots(_ filter: ReviewQuestion.Filter) -> [Int] {
    leftOut(ReviewQuestion(without: [filter])).map(\.slot)
  }

  /// Finds a filter that leaves nothing out: its question would be counted, and change nothing.
  ///
  /// - Throws: `ReviewFault.nothingToLeaveOut`.
  public func requireEffect(of question: ReviewQuestion) throws(ReviewFault) {
    for filter in ReviewQuestion.Filter.allCases where question.without.contains(filter) {
      let alone = ReviewQuestion(outcome: question.outcome, without: [filter])
      if leftOut(alone).isEmpty { throw .nothingToLeaveOut(filter) }
    }
  }

  var periods: RandomizedPeriods? {
    if case .periods(let periods) = source.design.scheme { periods } else { nil }
  }

  func fault(of statistic: AnalysisPlan.Statistic) -> ReviewFault? {
    switch statistic {
    case .blockAdjusted where source.design.scheme.blocks.count < 2: .noBlocks
    case .signedRank where !source.design.scheme.isMadeOfPairs: .noPairs
    case .meanDifference, .blockAdjusted, .studentised, .rankSum, .signedRank: nil
    }
  }
}
