public import TrialDesign

/// A question that was not fixed beforehand: the planned analysis with something made otherwise.
///
/// `ReviewQuestion()` is the planned analysis itself; every part that is not `nil`, not empty and not
/// `.all` differs from it. A question holds no result and names no arm.
public struct ReviewQuestion: Hashable, Sendable {
  /// What a slot may have that it is left out for.
  public enum Filter: String, Hashable, Sendable, CaseIterable {
    /// Another kit than the scheduled one was taken, by the check-in or by a deviation; a spare that
    /// took the kit's place by the record is no other kit.
    case wrongKit = "wrong-kit"
    /// A deviation was written down for it, the use of a spare aside.
    case deviation
    /// It was recorded after its own day.
    case late
    /// Its code was broken, or its arm was certain from another code before it was rated.
    case armKnown = "arm-known"
    /// It was rated, or its rating corrected, after the first code break.
    case afterCodeBreak = "after-code-break"
  }

  /// Which slots are looked at.
  public enum Part: Hashable, Sendable {
    /// Every slot.
    case all
    /// The first half of the schedule, the middle slot of an odd number included.
    case firstHalf
    /// The rest of it.
    case secondHalf
    /// Slots chosen by number, from 1.
    case slots(ClosedRange<Int>)
  }

  /// A numeric item in place of the primary outcome.
  public var outcome: String?
  /// Which slots are left out.
  public var without: Set<Filter>
  /// Which slots are looked at.
  public var part: Part
  /// Another statistic.
  public var statistic: AnalysisPlan.Statistic?
  /// Another way with the autocorrelation.
  public var whitening: AnalysisPlan.Whitening?
  /// Adjustments that are put in (`true`) or left out (`false`) against the plan.
  public var adjustments: [AnalysisPlan.Adjustment: Bool]
  /// Slots to leave out at the start of every period, or, where the scheme has no periods, after every
  /// change of arm.
  public var washout: Int?

  /// A question; without arguments the planned analysis.
  public init(
    outcome: String? = nil, without: Set<Filter> = [], part: Part = .all,
    statistic: AnalysisPlan.Statistic? = nil, whitening: AnalysisPlan.Whitening? = nil,
    adjustments: [AnalysisPlan.Adjustment: Bool] = [:], washout: Int? = nil
  ) {
    self.outcome = outcome
    self.without = without
    self.part = part
    self.statistic = statistic
    self.whitening = whitening
    self.adjustments = adjustments
    self.washout = washout
  }

  /// Whether it is the planned analysis and nothing else.
  public var isThePlan: Bool { self == ReviewQuestion() }
}
