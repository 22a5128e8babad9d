/// All numbers of the primary test of one contrast: what a stranger needs to do it again without this
/// program.
///
/// The reference set is given as it was drawn from: layers of an automaton, of which every path is one
/// equally likely draw. Where several draws give the same assignment, the last layers are no slots: they
/// hold how many do, and have no value.
public struct PrimaryTest: Hashable, Sendable, Codable {
  /// The outcome's name.
  public let outcome: String
  /// The arm.
  public let arm: String
  /// The reference arm.
  public let reference: String
  /// `mean-difference`, `block-adjusted`, `studentised`, `rank-sum` or `signed-rank`.
  public let statistic: String
  /// `doubled`, `absolute`, `greater` or `less`.
  public let sides: String
  /// Whether half of the ties are left out of the p-value.
  public let midP: Bool
  /// The level of the interval.
  public let level: Double
  /// The autocorrelation that is taken out; `nil` where none is.
  public let phi: Double?
  /// Whether it was estimated from the ratings without the arms.
  public let phiIsEstimated: Bool
  /// One value for each slot; `nil` is missing.
  public let values: [Double?]
  /// 1 for the arm, 0 for the reference and wherever neither is kept.
  public let observed: [Int]
  /// Whether the slot is in the endpoint of this contrast.
  public let kept: [Bool]
  /// First and last slot (from 0) of each block with a level of its own; one of all slots where the
  /// statistic knows no blocks.
  public let blocks: [[Int]]
  /// Columns that are taken out, one number for each slot.
  public let columns: [[Double]]
  /// The next state by slot, state and arm; -1 where the scheme forbids the arm.
  public let layers: [[[Int32]]]
  /// The rule for stopping early; `nil` where the plan has none.
  public let monitoring: Monitoring?

  /// What the evidence after each block is worked out from.
  public struct Monitoring: Hashable, Sendable, Codable {
    /// The standard deviation that the tilts are made of.
    public let sd: Double
    /// The last slot (from 1) of each block.
    public let ends: [Int]
  }
}
