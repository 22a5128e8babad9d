/// One arm against the reference arm: one outcome over one set of slots.
public struct Contrast: Sendable {
  /// The arm's number; the reference is 0.
  public let arm: Int
  /// The arm's name.
  public let name: String
  /// The name of the reference arm.
  public let reference: String
  /// The plain difference of the means, this arm minus the reference; `nil` without ratings under
  /// one of them.
  public let meanDifference: Double?
  /// The randomization test; `nil` where it cannot be computed.
  public internal(set) var test: EffectTest?
  /// The p-value that allows for all comparisons of the plan; `nil` where this is the only one.
  public internal(set) var adjusted: AdjustedP?
  /// The Bayesian effect; `nil` where it cannot be computed.
  public let bayes: BayesEffect?
  /// What the difference amounts to on other scales.
  public let effectSizes: [EffectSizeLine]
  /// What the plan says about effects that outlast their slot; `nil` where it says nothing.
  public let carryOver: CarryOverResult?
  /// Why something is missing, where something is.
  public let note: String?
  /// What a t-test of the single ratings would have said; of the outcomes of the plan.
  public internal(set) var naive: NaiveComparison?
  /// How many more slots the threshold of relevance would have needed; of the primary outcome, where the
  /// plan names a threshold.
  public internal(set) var further: FurtherSlots?
  /// The test in numbers, to do it again elsewhere; of the primary outcome.
  public internal(set) var parts: PrimaryTest?
}

/// A p-value that allows for the number of comparisons in the plan.
public struct AdjustedP: Hashable, Sendable, Codable {
  /// By the largest statistic over the same reference set, stepping down (Westfall and Young 1993);
  /// `nil` where the comparisons have no common distribution.
  public let maxT: Double?
  /// By Holm's rule, valid whatever the dependence (Holm 1979).
  public let holm: Double
  /// How many comparisons are allowed for.
  public let comparisons: Int

  /// The value that decides: that of the common distribution where there is one.
  public var value: Double { maxT ?? holm }
}

/// One test of all arms together: whether any of them makes a difference.
public struct GlobalTest: Hashable, Sendable, Codable {
  /// The share of the reference set that differs between the arms at least as much.
  public let p: Double
  /// The number of arms, the reference among them.
  public let arms: Int
}
