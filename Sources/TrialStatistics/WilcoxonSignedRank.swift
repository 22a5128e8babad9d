/// Wilcoxon's signed-rank test of pairs, exact, with ties.
///
/// Differences are taken in decimals, so that equal ones are ties; tied magnitudes get their mean
/// rank, and the distribution is that of the ranks at hand over all 2ⁿ signs (Wilcoxon 1945; with
/// ties Streitberg and Röhmel 1986). That is the randomization distribution of randomized pairs.
public struct WilcoxonSignedRank: Hashable, Sendable {
  /// What becomes of pairs without a difference.
  public enum Zeros: String, Hashable, Sendable, CaseIterable {
    /// They are dropped before ranking (Wilcoxon).
    case dropped
    /// They take part in the ranking and are dropped then (Pratt 1959).
    case ranked
  }

  /// The sum of the ranks of the positive differences.
  public let statistic: Double
  /// The number of pairs with a difference.
  public let count: Int
  /// The probability of a sum at least as large as the observed one.
  public let pGreater: Double
  /// The probability of a sum at least as small.
  public let pLess: Double
  /// The probability of exactly the observed sum.
  public let pPoint: Double

  /// The most pairs that can be taken.
  public static let limit = 1000

  /// The test of the pairs active minus reference.
  ///
  /// Without any difference all p-values are 1.
  ///
  /// - Throws: `SampleError`: lists of different lengths, no pair, more than `limit`, or a value
  ///   that is not finite.
  public init(active: [Double], reference: [Double], zeros: Zeros = .dropped) throws(SampleError) {
    let (all, _) = try ExactSample.differences(active: active, reference: reference)
    guard !all.isEmpty else { throw .tooFew(sample: "pairs", found: 0, needed: 1) }
    guard all.count <= WilcoxonSignedRank.limit else {
      throw .tooMany(sample: "pairs", found: all.count, limit: WilcoxonSignedRank.limit)
    }
    let ranked = zeros == .dropped ? all.filter { $0 != 0 } : all
    let doubled = WilcoxonSignedRank.doubledRanks(ranked.map(\.magnitude))
    var ranks: [Int] = []
    var observed = 0
    for (value, rank) in zip(ranked, doubled) where value != 0 {
      ranks.append(rank)
      if value > 0 { observed += rank }
    }
    let distribution = WilcoxonSignedRank.distribution(ranks)
    statistic = Double(observed) / 2
    count = ranks.count
    pPoint = distribution[observed]
    pGreater = min(1, distribution[observed...].reversed().reduce(0, +))
    pLess = min(1, distribution[...observed].reduce(0, +))
  }

  /// Twice the smaller one-sided p-value, at most 1.
  public var pTwoSided: Double { min(1, 2 * min(pGreater, pLess)) }
  /// The larger-sided p-value with half the probability of the observed sum.
  public var midGreater: Double { pGreater - pPoint / 2 }

  /// Twice the mean ranks, whole numbers.
  private static func doubledRanks(_ values: [UInt64]) -> [Int] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Int](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for place in start..<end { ranks[order[place]] = start + 1 + end }
      start = end
    }
    return ranks
  }

  /// The probability of every sum of ranks under independent fair signs.
  static func distribution(_ ranks: [Int]) -> [Double] {
    var probabilities = [Double](repeating: 0, count: ranks.reduce(0, +) + 1)
    probabilities[0] = 1
    var largest = 0
    for rank in ranks {
      largest += rank
      for sum in stride(from: largest, through: 0, by: -1) {
        let with = sum >= rank ? probabilities[sum - rank] : 0
        probabilities[sum] = (probabilities[sum] + with) / 2
      }
    }
    return probabilities
  }
}
