/// The Hodges-Lehmann estimate of a shift, with the interval of the rank test that belongs to it.
///
/// Averages and differences are formed in decimals. Without ties the interval is the exact one; with
/// ties it is closed and covers at least at its level (Noether 1967).
public struct HodgesLehmann: Hashable, Sendable {
  /// The median of the averages or differences.
  public let estimate: Double
  /// The limits of the interval; `nil` where so few values do not bound it at this level.
  public let lower, upper: Double?
  /// The level that was asked for.
  public let level: Double
  /// Whether the interval is from the exact distribution; for large samples from its normal
  /// approximation.
  public let isExact: Bool

  /// The median of the Walsh averages of paired differences, active minus reference, differences of
  /// 0 included; the interval is that of Wilcoxon's signed-rank test, normal above 300 pairs.
  ///
  /// - Throws: `SampleError`: lists of different lengths, no pair, more than 3,000, a value that is
  ///   not finite, or a level out of range.
  public init(pairsActive active: [Double], reference: [Double], level: Double = 0.95)
    throws(SampleError)
  {
    try SampleError.check(level: level)
    let (units, scale) = try ExactSample.differences(active: active, reference: reference)
    let count = units.count
    guard count > 0 else { throw .tooFew(sample: "pairs", found: 0, needed: 1) }
    guard count <= 3000 else { throw .tooMany(sample: "pairs", found: count, limit: 3000) }
    var sums: [Int64] = []
    sums.reserveCapacity(count * (count + 1) / 2)
    for i in units.indices { for j in i..<count { sums.append(units[i] + units[j]) } }
    let n = Double(count)
    let place =
      count <= 300
      ? HodgesLehmann.place(WilcoxonSignedRank.distribution(Array(1...count)), level)
      : HodgesLehmann.place(
        mean: n * (n + 1) / 4, variance: n * (n + 1) * (2 * n + 1) / 24, level)
    self.init(sums.sorted(), parts: 2, scale, place, level, isExact: count <= 300)
  }

  /// The median of the differences between every active and every reference value; the interval is
  /// that of the rank-sum test, normal where there are more than 10,000 differences.
  ///
  /// - Throws: `SampleError`: an empty arm, more than 5,000,000 differences, a value that is not
  ///   finite, or a level out of range.
  public init(active: [Double], reference: [Double], level: Double = 0.95) throws(SampleError) {
    try SampleError.check(level: level)
    let exact = try ExactSample(("active arm", "reference arm"), active, reference)
    for (name, list) in [("active arm", active), ("reference arm", reference)]
    where list.isEmpty { throw .tooFew(sample: name, found: 0, needed: 1) }
    let size = active.count * reference.count
    guard size <= 5_000_000 else {
      throw .tooMany(sample: "differences", found: size, limit: 5_000_000)
    }
    var differences: [Int64] = []
    differences.reserveCapacity(size)
    let right = exact.right
    for value in exact.left { for other in right { differences.append(value - other) } }
    let m = Double(active.count)
    let n = Double(reference.count)
    let place =
      size <= 10_000
      ? HodgesLehmann.place(HodgesLehmann.rankSums(active.count, reference.count), level)
      : HodgesLehmann.place(mean: m * n / 2, variance: m * n * (m + n + 1) / 12, level)
    self.init(differences.sorted(), parts: 1, exact, place, level, isExact: size <= 10_000)
  }

  private init(
    _ sorted: [Int64], parts: Double, _ scale: ExactSample, _ place: Int, _ level: Double,
    isExact: Bool
  ) {
    let middle = sorted.count / 2
    estimate =
      sorted.count % 2 == 1
      ? scale.value(sorted[middle], over: parts)
      : (scale.value(sorted[middle - 1], over: parts) + scale.value(sorted[middle], over: parts))
        / 2
    lower = place > 0 ? scale.value(sorted[place - 1], over: parts) : nil
    upper = place > 0 ? scale.value(sorted[sorted.count - place], over: parts) : nil
    self.level = level
    self.isExact = isExact
  }

  /// How far from either end the limits are: the largest c with P(statistic < c) ≤ α/2.
  private static func place(_ distribution: [Double], _ level: Double) -> Int {
    // Probabilities are dyadic or quotients of integers; the slack forgives their last digits.
    let tail = (1 - level) / 2 * (1 + 1e-12)
    var below = 0.0
    for (sum, probability) in distribution.enumerated() {
      below += probability
      if below > tail { return min(sum, distribution.count / 2) }
    }
    return 0
  }

  private static func place(mean: Double, variance: Double, _ level: Double) -> Int {
    let z = NormalDistribution().quantile(above: (1 - level) / 2)
    return max(0, Int((mean + 0.5 - z * variance.squareRoot()).rounded(.down)))
  }

  /// The probability of every value of the Mann-Whitney statistic without ties, by Mann and
  /// Whitney's recursion (1947).
  private static func rankSums(_ m: Int, _ n: Int) -> [Double] {
    var row = (0...m).map { _ in [1.0] }
    for j in 1...n {
      for i in 1...m {
        let first = Double(i) / Double(i + j)
        var next = [Double](repeating: 0, count: i * j + 1)
        // The largest of all is of the first sample, above all j of the second; or of the second.
        for (u, probability) in row[i - 1].enumerated() { next[u + j] += first * probability }
        for (u, probability) in row[i].enumerated() { next[u] += (1 - first) * probability }
        row[i] = next
      }
    }
    return row[m]
  }
}
