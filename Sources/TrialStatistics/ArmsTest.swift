/// A scheme of two or more arms, tested as comparisons of each with the reference.
///
/// - Each arm k ≥ 1 is compared with arm 0 over the assignments that are the real one wherever that
///   has another arm (`ReferenceSet.comparing`): a two-arm test with all its exact routes.
/// - All arms together are tested over the whole set.
/// - p-values adjusted for the number of comparisons come from closed testing (Marcus, Peritz and
///   Gabriel 1976): for each set I of comparisons the hypothesis that all its arms are like the
///   reference is tested by the largest |T_k| / s_k over the assignments that are the real one outside
///   of I and the reference, and p of k is the largest p of a set with k. Max-T stepping down over the
///   whole set would be wrong: exchanging all arms also when only some of the hypotheses hold needs
///   subset pivotality, which permutation of several arms does not have (Westfall and Troendle 2008).
public struct ArmsTest: Sendable {
  let outcome: ExactOutcome
  let observed: [Int]
  let used: [Bool]
  let layers: [[[Int32]]]
  let ends: [UInt64]
  let armCount: Int
  let statistic: StatisticKind
  let whitening: Whitening
  let covariates: [[Double]]
  let level: Double
  let whole: ArmsSet

  /// The most arms.
  public static let mostArms = 6

  /// Checks that the parts belong together.
  ///
  /// - Parameters:
  ///   - observed: the arm of each slot, 0 for the reference.
  ///   - layers: the scheme, `layers[slot][state][arm]`: the state after the slot, or -1.
  ///   - ends: how often the assignments that end in each state stand in the set; one of each where it
  ///     is empty.
  ///   - armCount: from 2 to `mostArms`.
  ///   - the others: as for `RandomizationTest`.
  public init(
    outcome: ExactOutcome, observed: [Int], kept: [Bool]?, layers: [[[Int32]]],
    ends: [UInt64] = [], armCount: Int, statistic: StatisticKind, whitening: Whitening = .none,
    covariates: [[Double]] = [],
    level: Double
  ) throws(StatisticsError) {
    guard (2...ArmsTest.mostArms).contains(armCount) else {
      throw .armCountOutOfRange(found: armCount)
    }
    if case .signedRank = statistic, armCount > 2 { throw .twoArmsOnly }
    let slots = layers.count
    try RandomizationTest.check("outcome", outcome.units.count, slots)
    try RandomizationTest.check("observed assignment", observed.count, slots)
    if let kept { try RandomizationTest.check("kept slots", kept.count, slots) }
    whole = ArmsSet(layers: layers, ends: ends, armCount: armCount)
    guard whole.count > 0 else { throw .emptySet }
    if let slot = whole.firstImpossibleSlot(of: observed) {
      throw .observedNotInSet(slot: slot + 1)
    }
    guard whole.count > 1 else { throw .singleAssignment }
    let used = outcome.units.indices.map { outcome.units[$0] != nil && (kept?[$0] ?? true) }
    guard used.contains(true) else { throw .allMissing }
    self.outcome = outcome
    self.observed = observed
    self.used = used
    self.layers = layers
    self.ends = ends
    self.armCount = armCount
    self.statistic = statistic
    self.whitening = whitening
    self.covariates = covariates
    self.level = level
  }

  /// The two-arm test of an arm against the reference.
  func comparison(_ arm: Int) throws(StatisticsError) -> RandomizationTest {
    let pair = ReferenceSet.comparing(layers: layers, observed: observed, arm: arm, ends: ends)
    return try RandomizationTest(
      outcome: outcome, observed: pair.observed, kept: zip(pair.kept, used).map { $0 && $1 },
      reference: pair.reference, statistic: statistic, whitening: whitening,
      covariates: covariates, level: level)
  }

  /// Every comparison alone and adjusted, and all arms together.
  ///
  /// - Throws: what keeps all arms from being compared. A single comparison that cannot be made is
  ///   reported in its place, and counts with a p of 1.
  public func result() throws(StatisticsError) -> ArmsResult {
    var parts: [(test: RandomizationResult?, reason: StatisticsError?)] = []
    for arm in 1..<armCount {
      do {
        parts.append((try comparison(arm).result(), nil))
      } catch {
        parts.append((nil, error))
      }
    }
    if parts.allSatisfy({ $0.test == nil }), let reason = parts[0].reason { throw reason }
    let global = try self.global()
    let alone = parts.map { $0.test?.pAbsolute ?? 1 }
    var adjusted = alone
    var draws: Int?
    for members in 1..<(1 << (armCount - 1)) where members.nonzeroBitCount > 1 {
      let arms = (1..<armCount).filter { members >> ($0 - 1) & 1 == 1 }
      let joint = try largest(of: arms)
      draws = draws ?? joint.draws
      for arm in arms { adjusted[arm - 1] = max(adjusted[arm - 1], joint.p) }
    }
    let least = adjusted.min() ?? 1
    return ArmsResult(
      contrasts: parts.indices.map { index in
        ArmsResult.Contrast(
          arm: index + 1, test: parts[index].test, reason: parts[index].reason,
          adjusted: adjusted[index])
      },
      adjustedMethod: ArmsTest.method(draws, least / 2), global: global)
  }

  static func method(_ draws: Int?, _ share: Double) -> Method {
    draws.map { .monteCarlo(draws: $0, standardError: Sampler.error(share, $0)) } ?? .exact
  }
}

/// What a test of two or more arms says.
public struct ArmsResult: Sendable {
  /// One arm against the reference.
  public struct Contrast: Sendable {
    /// The arm.
    public let arm: Int
    /// The two-arm test given the slots of the other arms; `nil` where it cannot be made.
    public let test: RandomizationResult?
    /// Why not.
    public let reason: StatisticsError?
    /// The two-sided p-value that allows for the number of comparisons, by closed testing; never below
    /// `test.pAbsolute`.
    public let adjusted: Double
  }

  /// All arms together.
  public struct Global: Hashable, Sendable {
    /// How it was found.
    public let method: Method
    /// The sum of squares of the arms' means about their mean, block-centred where the statistic is;
    /// for a studentised statistic the largest |t|.
    public let statistic: Double
    /// The share of assignments with a statistic at least as large.
    public let p: Double
    /// The share of assignments without one: extreme, and counted.
    public let undefinedShare: Double
  }

  /// Each arm against the reference, in the order of the arms.
  public let contrasts: [Contrast]
  /// How the joint distributions of the adjusted p-values were found.
  public let adjustedMethod: Method
  /// The hypothesis that all arms are alike.
  public let global: Global
}
