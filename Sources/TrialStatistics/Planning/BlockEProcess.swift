import RealModule

/// Evidence against "the arms make no difference" that may be looked at after every block.
///
/// For block b with the difference in means D_b, e_b(λ) = exp(λ D_b(z°)) over the mean of exp(λ D_b(z))
/// over the block's own assignments. Under the sharp null hypothesis its mean is exactly 1 whatever the
/// noise, and blocks are drawn independently, so the product over blocks, averaged over tilts λ that
/// were fixed beforehand, is a non-negative martingale that begins at 1: it ever reaches 1/α with a
/// chance of at most α [Ville 1939; Koning 2023].
public struct BlockEProcess: Sendable {
  /// One block as an e-process sees it.
  private struct Block {
    /// The difference in means, and its overlap with the real assignment, of each assignment.
    var statistics: [(value: Double, overlap: Double)] = []
    /// Those of the real assignment.
    var observed = (value: 0.0, overlap: 0.0)
  }

  /// Assignments that one block may have.
  public static let mostAssignments = 200_000

  private let blocks: [Block]
  /// The tilts λ, per unit of the outcome.
  public let tilts: [Double]

  /// The tilts for noise of a standard deviation: k/5 over it, k from 1 to 10, of each wanted sign.
  ///
  /// The best tilt is the effect over the variance of D: for effects from a tenth to twice the standard
  /// deviation, in blocks of two to some dozen slots, it is among these.
  public static func tilts(sd: Double, greater: Bool = true, less: Bool = true) -> [Double] {
    let sizes = (1...10).map { Double($0) / (5 * sd) }
    return (greater ? sizes : []) + (less ? sizes.map { -$0 } : [])
  }

  /// - Parameters:
  ///   - outcome: one value per slot; `nil` is missing.
  ///   - observed: the arm of each slot, 0 or 1.
  ///   - kept: the slots of the endpoint; `nil` keeps all.
  ///   - blocks: consecutive sets of slots, drawn independently of each other; may end before the
  ///     scheme does.
  ///   - tilts: fixed before any outcome is known; not empty.
  /// - Throws: `StatisticsError` where the parts do not belong together, where blocks depend on each
  ///   other, or where one has too many assignments.
  public init(
    outcome: [Double?], observed: [Int], kept: [Bool]? = nil, reference: ReferenceSet,
    blocks: [Range<Int>], tilts: [Double]
  ) throws(StatisticsError) {
    let slots = reference.slotCount - reference.lots
    try RandomizationTest.check("outcome", outcome.count, slots)
    try RandomizationTest.check("observed assignment", observed.count, slots)
    if let kept { try RandomizationTest.check("kept slots", kept.count, slots) }
    guard !tilts.isEmpty, tilts.allSatisfy({ $0.isFinite && $0 != 0 }) else { throw .noTilt }
    if let slot = reference.firstImpossibleSlot(of: reference.withLots(observed)) {
      throw .observedNotInSet(slot: slot + 1)
    }
    self.tilts = tilts
    var made: [Block] = []
    var end = 0
    for range in blocks {
      guard range.lowerBound == end, !range.isEmpty, range.upperBound <= slots else {
        throw .blocksDoNotCover
      }
      // The lots belong to the slots that they were drawn for.
      end = range.upperBound == slots ? reference.slotCount : range.upperBound
      guard reference.liveStates[range.lowerBound] == 1, reference.liveStates[end] == 1 else {
        throw .blocksDepend
      }
      let used = range.filter { outcome[$0] != nil && kept?[$0] ?? true }
      made.append(
        try BlockEProcess.block(
          range.lowerBound..<end, used: used, outcome: reference.withLots(outcome, nil),
          reference.withLots(observed), reference))
    }
    self.blocks = made
  }

  private static func block(
    _ range: Range<Int>, used: [Int], outcome: [Double?], _ observed: [Int],
    _ reference: ReferenceSet
  ) throws(StatisticsError) -> Block {
    func difference(_ arms: [Int], _ value: (Int) -> Double) -> Double {
      var sums = [0.0, 0.0]
      var counts = [0.0, 0.0]
      for slot in used {
        sums[arms[slot - range.lowerBound]] += value(slot)
        counts[arms[slot - range.lowerBound]] += 1
      }
      // A rule for every assignment: one that leaves an arm unobserved says nothing.
      return counts[0] == 0 || counts[1] == 0
        ? 0 : sums[1] / counts[1] - sums[0] / counts[0]
    }
    func statistic(_ arms: [Int]) -> (value: Double, overlap: Double) {
      (difference(arms) { outcome[$0] ?? 0 }, difference(arms) { Double(observed[$0]) })
    }
    var block = Block()
    block.observed = statistic(Array(observed[range]))
    var paths: [(state: Int32, arms: [Int])] = [(reference.firstLiveState(range.lowerBound), [])]
    for slot in range {
      var longer: [(state: Int32, arms: [Int])] = []
      for path in paths {
        for arm in 0...1 {
          if let next = reference.next(slot, path.state, arm) {
            longer.append((next, path.arms + [arm]))
          }
        }
      }
      guard longer.count <= mostAssignments else { throw .blockTooLarge(most: mostAssignments) }
      paths = longer
    }
    block.statistics = paths.map { statistic($0.arms) }
    return block
  }

  /// Blocks that are in it.
  public var count: Int { blocks.count }

  /// The difference in means of each block; `nil` where an arm has none.
  var differences: [Double?] {
    blocks.map { $0.observed.overlap > 0 ? $0.observed.value : nil }
  }

  /// The process after each block, if the arms made a constant difference of `effect`.
  public func path(effect: Double = 0) -> [Double] {
    var logs = [Double](repeating: 0, count: tilts.count)
    return blocks.map { block in
      for (place, tilt) in tilts.enumerated() {
        logs[place] += BlockEProcess.logFactor(block, tilt: tilt, effect: effect)
      }
      return BlockEProcess.meanOfExponentials(logs)
    }
  }

  /// The p-value that is valid whenever one stops: 1 over the largest value so far, after each block.
  public var anytimeP: [Double] {
    var most = 1.0
    return path().map { value in
      most = max(most, value)
      return 1 / most
    }
  }

  /// The logarithm of exp(λ D(z°)) over its mean, for the outcomes less `effect` where active.
  private static func logFactor(_ block: Block, tilt: Double, effect: Double) -> Double {
    let own = tilt * (block.observed.value - effect * block.observed.overlap)
    // A change of the observed place keeps the sum from overflowing: it holds exp(0).
    var sum = 0.0
    for statistic in block.statistics {
      sum += Double.exp(tilt * (statistic.value - effect * statistic.overlap) - own)
    }
    guard sum.isFinite else {
      let most = block.statistics.reduce(-Double.infinity) {
        max($0, tilt * ($1.value - effect * $1.overlap))
      }
      let scaled = block.statistics.reduce(0.0) {
        $0 + Double.exp(tilt * ($1.value - effect * $1.overlap) - most)
      }
      return own - most - Double.log(scaled / Double(block.statistics.count))
    }
    return -Double.log(sum / Double(block.statistics.count))
  }

  private static func meanOfExponentials(_ logs: [Double]) -> Double {
    let top = logs.max() ?? 0
    let sum = logs.reduce(0) { $0 + Double.exp($1 - top) }
    return Double.exp(top) * sum / Double(logs.count)
  }
}
