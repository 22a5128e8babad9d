/// The randomization test of one outcome under the scheme that drew the assignment.
///
/// Under the sharp null hypothesis every outcome would have been the same under any other
/// assignment of the scheme, so the distribution of the statistic over the reference set is exact,
/// whatever the noise. The analysis conditions on which slots are missing; the statistic is
/// recomputed for every assignment, and one that leaves an arm unobserved is extreme on every side.
public struct RandomizationTest: Sendable {
  let outcome: ExactOutcome
  let observed: [Int]
  private(set) var used: [Bool]
  let reference: ReferenceSet
  var statistic: StatisticKind
  let blocks: [Range<Int>]
  let whitening: Whitening
  let covariates: [[Double]]
  let level: Double
  let outside: SignificanceLevel
  /// Draws that stand for the whole set, where they are wanted; `nil` where the set is counted.
  private(set) var drawing: Drawing?

  /// Checks that the parts belong together.
  ///
  /// - Parameters:
  ///   - outcome: one value per slot.
  ///   - observed: the arm of each slot, 0 for the reference and 1 for the active one.
  ///   - kept: the slots of the endpoint; `nil` keeps all.
  ///   - whitening: what is done to the autocorrelation.
  ///   - covariates: columns that are taken out of the outcomes, one value per slot each, known
  ///     without the arms (`Covariates` makes the usual ones). Columns that add nothing to those
  ///     before are left out.
  ///   - level: of the intervals, for instance 0.95.
  /// - Throws: `StatisticsError`, each with the reason in one sentence.
  public init(
    outcome: ExactOutcome, observed: [Int], kept: [Bool]?, reference: ReferenceSet,
    statistic: StatisticKind, whitening: Whitening, covariates: [[Double]] = [], level: Double
  ) throws(StatisticsError) {
    let slots = reference.slotCount - reference.lots
    try RandomizationTest.check("outcome", outcome.units.count, slots)
    try RandomizationTest.check("observed assignment", observed.count, slots)
    if let kept { try RandomizationTest.check("kept slots", kept.count, slots) }
    outside = try SignificanceLevel(level: level)
    guard reference.count > 0 else { throw .emptySet }
    if let slot = reference.firstImpossibleSlot(of: reference.withLots(observed)) {
      throw .observedNotInSet(slot: slot + 1)
    }
    guard !reference.isSingle else { throw .singleAssignment }
    let used = outcome.units.indices.map { outcome.units[$0] != nil && (kept?[$0] ?? true) }
    guard used.contains(true) else { throw .allMissing }
    for arm in 0...1 where !used.indices.contains(where: { used[$0] && observed[$0] == arm }) {
      throw .armUnobserved(active: arm == 1)
    }
    if case .fixed(let phi) = whitening, !(phi > -1 && phi < 1) {
      throw .autocorrelationOutOfRange
    }
    blocks = reference.withLots(try RandomizationTest.blocks(statistic, slots))
    for (index, column) in covariates.enumerated() {
      try RandomizationTest.check("covariate \(index + 1)", column.count, slots)
      if let slot = column.indices.first(where: { used[$0] && !column[$0].isFinite }) {
        throw .covariateNotFinite(covariate: index + 1, slot: slot + 1)
      }
    }
    self.outcome = outcome.missing(reference.lots)
    self.statistic = statistic
    self.covariates = covariates.map { reference.withLots($0, 0) }
    self.observed = reference.withLots(observed)
    self.used = reference.withLots(used, false)
    self.reference = reference
    self.whitening = whitening
    self.level = level
  }

  /// Computes the p-values, the intervals and the estimates.
  public func result() throws(StatisticsError) -> RandomizationResult {
    var result = try statisticResult()
    if result.roundingUnit == nil { result.roundingUnit = outcome.roundingUnit }
    return result
  }

  private func statisticResult() throws(StatisticsError) -> RandomizationResult {
    switch statistic {
    case .meanDifference, .blockAdjusted:
      if !isAdjusted { return try plainResult() }
      return result(try LinearContrast(adjusted: self))
    case .studentised(let blocks): return try studentisedResult(byBlocks: blocks != nil)
    case .rankSum: return try rankSumResult()
    case .signedRank(let pairs): return try signedRankResult(pairs)
    }
  }

  /// The same test over draws from the scheme in place of the whole set, for simulations of many trials.
  ///
  /// Its p-values are as valid as the exact ones, (c + 1) / (m + 1), with a little less power. Only
  /// differences in means, block-adjusted or not, are drawn; other statistics are computed as always.
  ///
  /// - Parameters:
  ///   - count: the number of draws, beside the observed assignment.
  ///   - seed: another one for each simulated trial, so that their errors are independent.
  public func drawing(_ count: Int, seed: UInt64) -> RandomizationTest {
    var test = self
    test.drawing = Drawing(count: count, seed: seed)
    return test
  }

  /// The p-values alone: for outcomes whose shift by a constant means nothing.
  ///
  /// - Returns: a result whose limits and Hodges-Lehmann value are not to be read.
  func tails() throws(StatisticsError) -> RandomizationResult {
    guard case .meanDifference = statistic, !isAdjusted, let tails = plainTails() else {
      return try result()
    }
    return tails
  }

  /// The same test over some of its slots, among them one of each arm.
  func over(_ slots: [Bool]) -> RandomizationTest {
    var test = self
    test.used = slots
    return test
  }

  /// Whether anything is taken out of the outcomes before the arms are compared.
  var isAdjusted: Bool { whitening != .none || !covariates.isEmpty }

  func result(_ evaluation: some TestEvaluation, draws: Int?) -> RandomizationResult {
    var answer = evaluation
    // One assignment, the observed one, is as extreme as itself, however rare it is.
    func tail(_ count: Double) -> Double { max(count, .leastNonzeroMagnitude) }
    let greater = tail(answer.share(answer.greater))
    let less = tail(answer.share(answer.less))
    let interval = answer.interval(level, outside)
    let method: Method
    if let draws {
      method = .monteCarlo(draws: draws, standardError: Sampler.error(min(greater, less), draws))
    } else {
      method = .exact
    }
    return RandomizationResult(
      method: method, estimate: answer.estimate, hodgesLehmann: answer.hodgesLehmann(),
      pGreater: greater, pLess: less, pDoubled: min(1, 2 * min(greater, less)),
      pAbsolute: tail(answer.share(answer.absolute)),
      midGreater: greater - answer.share(answer.ties) / 2,
      undefinedShare: answer.share(answer.undefined),
      undefinedCount: draws == nil && !reference.isHuge ? answer.undefined.whole : nil,
      interval: interval,
      intervalAbsolute: answer.isMirrored ? interval : answer.intervalAbsolute(level, outside),
      distribution: answer.distribution, autocorrelation: nil)
  }

  // MARK: Checks

  static func check(_ name: String, _ found: Int, _ expected: Int)
    throws(StatisticsError)
  {
    guard found == expected else {
      throw .lengthsDiffer(name: name, found: found, expected: expected)
    }
  }

  private static func blocks(_ statistic: StatisticKind, _ slots: Int) throws(StatisticsError)
    -> [Range<Int>]
  {
    let blocks: [Range<Int>]
    switch statistic {
    case .meanDifference, .studentised(nil), .rankSum(nil): return [0..<slots]
    case .blockAdjusted(let given), .studentised(.some(let given)), .rankSum(.some(let given)),
      .signedRank(let given):
      blocks = given
    }
    var end = 0
    for block in blocks {
      guard block.lowerBound == end, !block.isEmpty else { throw .blocksDoNotCover }
      end = block.upperBound
    }
    guard end == slots else { throw .blocksDoNotCover }
    return blocks
  }
}

/// How many draws stand for the whole set, and the seed of their generator.
struct Drawing: Hashable, Sendable {
  let count: Int
  let seed: UInt64
}

/// Up to which size each method is used.
enum Limits {
  /// Assignments that are listed one by one.
  static let enumerated = 0x1p21
  /// Assignments that are listed although the halves could be counted.
  static let listed = 0x1p17
  /// Assignments whose polynomials are solved for the limits of a studentised difference.
  static let swept = 0x1p19
  /// Bytes of the lattice, and additions in all.
  static let bytes = 1.6e8
  static let additions = 3e9
  /// Draws of a Monte-Carlo test.
  static let draws = 100_000
}

extension Sampler {
  /// The standard error of a doubled p-value from independent draws.
  static func error(_ share: Double, _ draws: Int) -> Double {
    2 * (share * (1 - share) / Double(draws)).squareRoot()
  }
}
