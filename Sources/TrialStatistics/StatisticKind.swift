/// Which statistic compares the arms.
public enum StatisticKind: Hashable, Sendable {
  /// The mean of the active slots less the mean of the reference slots.
  case meanDifference
  /// The coefficient of the active arm in a least-squares fit with block dummies.
  ///
  /// The blocks follow each other from the first slot to the last.
  case blockAdjusted(blocks: [Range<Int>])
  /// A difference over its own standard error, which keeps its size also where the treatment changes
  /// the spread (Janssen 1997; Wu and Ding 2021).
  ///
  /// Without blocks Welch's t of the slots: the difference in means over √(s₁²/n₁ + s₀²/n₀). With
  /// blocks the t of the B blocks that are observed under both arms: with differences d_b and weights
  /// w_b = n₁n₀/(n₁ + n₀), the weighted mean d̄ over √(B/(B − 1) Σ w_b² (d_b − d̄)²) / Σ w_b; with
  /// equal weights that is the one-sample t. An assignment with fewer than two slots in an arm, or two
  /// blocks, has no statistic.
  case studentised(blocks: [Range<Int>]?)
  /// The sum of the active slots' mid-ranks within their blocks, less its mean over the slots of each
  /// block; with one block Wilcoxon's rank sum, with several van Elteren's unweighted sum.
  case rankSum(blocks: [Range<Int>]?)
  /// Wilcoxon's signed ranks of the differences within pairs, ties at their mean rank and differences
  /// of 0 ranked but not counted (Pratt 1959), so that p-value and interval agree.
  ///
  /// A pair is two slots, or two periods whose means are compared; one with a missing half drops out.
  /// The set must swap the halves of each pair independently, which is checked.
  case signedRank(pairs: [Range<Int>])
}

/// How autocorrelation is taken out of the outcomes before they are compared.
public enum Whitening: Hashable, Sendable {
  /// Not at all.
  case none
  /// With the autocorrelation estimated under the null from the outcomes alone.
  case estimated
  /// With an autocorrelation that was fixed beforehand, between -1 and 1.
  case fixed(Double)
}
