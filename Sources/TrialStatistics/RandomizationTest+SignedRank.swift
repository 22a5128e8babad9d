extension RandomizationTest {
  /// The result for the signed ranks of pairs, or of pairs of periods.
  ///
  /// Over the 2ⁿ ways to swap the n pairs that have a difference, by the distribution of
  /// `WilcoxonSignedRank`; p changes only at the mean of two differences (Walsh's averages).
  func signedRankResult(_ pairs: [Range<Int>]) throws(StatisticsError) -> RandomizationResult {
    for pair in pairs where !reference.swaps(pair, as: observed) {
      throw .notPairs(slot: pair.lowerBound + 1)
    }
    let series = try SignedRankSeries(self, pairs)
    func tails(_ values: [Double], tie: Double) -> (ranks: [Int], tails: RankTails) {
      let ranks = RankScores.doubled(values.map(\.magnitude)) { $1 - $0 <= tie }
      let signs = values.map { $0.magnitude <= tie ? 0 : $0 > 0 ? 1 : -1 }
      let counted = zip(ranks, signs).filter { $1 != 0 }
      let distribution = WilcoxonSignedRank.distribution(counted.map(\.0))
      let all = counted.reduce(0) { $0 + $1.0 }
      let own = counted.reduce(0) { $0 + $1.0 * $1.1 }
      var tails = RankTails(observed: own)
      for (sum, share) in distribution.enumerated() where share > 0 {
        let difference = 2 * sum - all
        if difference >= own { tails.greater += share }
        if difference <= own { tails.less += share }
        if difference == own { tails.ties += share }
        if difference.magnitude >= own.magnitude { tails.absolute += share }
      }
      return (counted.map(\.0), tails)
    }
    let points = series.breakpoints
    var known: [Int: RankTails] = [:]
    func tails(at position: Int) -> RankTails {
      if let found = known[position] { return found }
      let effect = RankSeries.effect(position, points)
      let found = tails(series.differences(effect), tie: series.tie(effect)).tails
      known[position] = found
      return found
    }
    let (ranks, counts) = tails(series.differences(0), tie: series.tie(0))
    let share = Double(outside.numerator) / Double(outside.denominator)
    let answer = RankInversion(
      breakpoints: points, isMonotone: !isAdjusted, tails: tails(at:)
    ).answer(oneSided: share / 2, twoSided: share)
    let all = ranks.reduce(0, +)
    let figure = WilcoxonSignedRank.distribution(ranks).enumerated().compactMap {
      $1 > 0 ? (Double(2 * $0 - all) / 2, $1) : nil
    }
    return rankResult(counts, 1, answer, figure, fallback: series.middle, phi: series.phi)
  }
}

/// The differences of pairs, each as a function of the effect.
struct SignedRankSeries {
  /// The autocorrelation that was taken out.
  let phi: Double?
  /// The effects at which the order of the magnitudes changes, or a sign, ascending.
  let breakpoints: [Double]
  /// The middle of them all.
  let middle: Double
  private let outcome: [Double]
  private let effect: [Double]
  /// The first slot of each pair.
  private let slots: [Int]

  init(_ test: RandomizationTest, _ pairs: [Range<Int>]) throws(StatisticsError) {
    let rows = test.used.indices.filter { test.used[$0] }
    var values = test.outcome.values
    var arms = test.observed.map { Double($0) }
    var phi: Double?
    if test.isAdjusted {
      let model = try AdjustmentModel(
        outcome: test.outcome, used: test.used, blocks: [0..<test.used.count],
        whitening: test.whitening, covariates: test.covariates)
      let (scores, effects) = (
        try model.adjustedOutcome(), try model.adjustedArms(test.observed).scores
      )
      for (index, slot) in rows.enumerated() {
        values[slot] = scores[index]
        arms[slot] = effects[index]
      }
      if test.whitening != .none { phi = model.phi }
    }
    self.phi = phi
    var (outcome, effect, slots) = ([Double](), [Double](), [Int]())
    for pair in pairs {
      let active = pair.filter { test.used[$0] && test.observed[$0] == 1 }
      let reference = pair.filter { test.used[$0] && test.observed[$0] == 0 }
      guard !active.isEmpty, !reference.isEmpty else { continue }
      func mean(_ slots: [Int], _ values: (Int) -> Double) -> Double {
        slots.reduce(0) { $0 + values($1) } / Double(slots.count)
      }
      outcome.append(mean(active) { values[$0] ?? 0 } - mean(reference) { values[$0] ?? 0 })
      slots.append(pair.lowerBound)
      effect.append(mean(active) { arms[$0] } - mean(reference) { arms[$0] })
    }
    guard !outcome.isEmpty else { throw .noCompletePair }
    guard outcome.count <= WilcoxonSignedRank.limit else {
      throw .tooManyPairs(found: outcome.count, limit: WilcoxonSignedRank.limit)
    }
    (self.outcome, self.effect, self.slots) = (outcome, effect, slots)
    var points: [Double] = []
    for i in outcome.indices {
      for j in 0...i {
        let sum = effect[i] + effect[j]
        if sum.magnitude > 1e-9 { points.append((outcome[i] + outcome[j]) / sum) }
        let difference = effect[i] - effect[j]
        if difference.magnitude > 1e-9 {
          points.append((outcome[i] - outcome[j]) / difference)
        }
      }
    }
    points.sort()
    let tie = 1e-11 * outcome.reduce(0) { max($0, $1.magnitude) }
    middle =
      points.isEmpty ? 0 : (points[(points.count - 1) / 2] + points[points.count / 2]) / 2
    breakpoints = points.reduce(into: []) {
      if let last = $0.last, $1 - last <= tie { return }
      $0.append($1)
    }
  }

  /// The differences without an effect.
  func differences(_ value: Double) -> [Double] {
    zip(outcome, effect).map { $0 - value * $1 }
  }

  /// Differences closer than this are ties: means of decimals, rounded.
  func tie(_ value: Double) -> Double {
    1e-11 * (outcome.reduce(0) { max($0, $1.magnitude) } + value.magnitude)
  }
}

extension ReferenceSet {
  /// Whether the slots of `range` have two assignments, the observed one and its opposite, whatever comes
  /// before.
  ///
  /// If that is so for ranges that follow each other, the set is all ways to swap them.
  func swaps(_ range: Range<Int>, as observed: [Int]) -> Bool {
    (0..<Int32(stateCount(range.lowerBound))).allSatisfy { start in
      guard arrivals(range.lowerBound, start) > 0 else { return true }
      let ends = [0, 1].map { flip in
        range.reduce(Optional(start)) { state, slot in
          state.flatMap { next(slot, $0, flip == 0 ? observed[slot] : 1 - observed[slot]) }
        }
      }
      guard let one = ends[0], let other = ends[1] else { return false }
      let power = power(range.lowerBound, start)
      return completions(range.lowerBound, start, over: power)
        == completions(range.upperBound, one, over: power)
        + completions(range.upperBound, other, over: power)
    }
  }
}

extension SignedRankSeries {
  /// Twice the rank of each pair with a difference, signed as observed, and where its sign is seen.
  func signedRanks(_ observed: [Int]) -> [(slot: Int, arm: Int, rank: Int)] {
    let values = differences(0)
    let tie = tie(0)
    let ranks = RankScores.doubled(values.map(\.magnitude)) { $1 - $0 <= tie }
    return values.indices.filter { values[$0].magnitude > tie }.map {
      (slots[$0], observed[slots[$0]], values[$0] > 0 ? ranks[$0] : -ranks[$0])
    }
  }
}
