/// The probability that a value of the active arm exceeds one of the reference arm, ties counted
/// half: NAP, the area under the ROC curve, (1 + Cliff's delta) / 2.
///
/// Source: Parker and Vannest 2009. Standard error and interval take the values as independent and
/// are not design-based: beside the randomization test they describe, they do not test.
public struct NonoverlapOfAllPairs: Hashable, Sendable {
  /// Pairs in which the active value is larger, equal, and smaller.
  public let larger, equal, smaller: Int
  /// NAP, from 0 to 1; one half without a difference.
  public let estimate: Double
  /// The square root of the unbiased variance (Sen 1967; Mee 1990), `nil` if an arm has one value.
  ///
  /// Without overlap that variance would be 0; as in SingleCaseES it is then taken at half a pair
  /// from the end.
  public let standardError: Double?
  private let m, n: Int

  /// - Throws: `SampleError`: an empty arm, or a value that is not finite.
  public init(active: [Double], reference: [Double]) throws(SampleError) {
    let active = try Sample(active, "active arm", atLeast: 1).values
    let reference = try Sample(reference, "reference arm", atLeast: 1).values
    m = reference.count
    n = active.count
    var counts = (larger: 0, equal: 0, smaller: 0)
    var rows = [Double](repeating: 0, count: reference.count)
    var columns = [Double](repeating: 0, count: active.count)
    for (i, low) in reference.enumerated() {
      for (j, high) in active.enumerated() {
        let wins = high > low ? 1.0 : high == low ? 0.5 : 0
        if wins == 1 { counts.larger += 1 } else if wins == 0 { counts.smaller += 1 }
        rows[i] += wins
        columns[j] += wins
      }
    }
    let size = Double(m) * Double(n)
    counts.equal = m * n - counts.larger - counts.smaller
    (larger, equal, smaller) = counts
    let estimate = (Double(counts.larger) + Double(counts.equal) / 2) / size
    self.estimate = estimate
    guard m > 1, n > 1 else {
      standardError = nil
      return
    }
    let byRow = rows.reduce(0) { $0 + $1 * $1 } / size
    let byColumn = columns.reduce(0) { $0 + $1 * $1 } / size
    let squares = (Double(counts.larger) + Double(counts.equal) / 4) / size
    let pairs = Double(m - 1) * Double(n - 1)
    let variance =
      (estimate - Double(m + n - 1) * estimate * estimate + byRow + byColumn - 2 * squares) / pairs
    let edge = 0.5 / size
    standardError = max(variance, edge * (1 - edge) / pairs).squareRoot()
  }

  /// Tau of the pairs: 2 NAP − 1, from −1 to 1; Cliff's delta.
  public var tau: Double { 2 * estimate - 1 }

  /// The score interval of Newcombe (2006, method 5).
  ///
  /// Without overlap it still has a width (SingleCaseES then gives 1 to 1).
  public func interval(level: Double = 0.95) throws(SampleError) -> (lower: Double, upper: Double) {
    try SampleError.check(level: level)
    let z = NormalDistribution().quantile(above: (1 - level) / 2)
    let size = Double(m) * Double(n)
    let h = Double(m + n) / 2 - 1
    func excess(_ x: Double) -> Double {
      let distance = estimate - x
      let spread = z * z * x * (1 - x) * (2 + h + (1 + 2 * h) * x * (1 - x))
      return size * distance * distance * (2 - x) * (1 + x) - spread
    }
    func limit(_ end: Double) -> Double {
      guard estimate != end else { return end }
      var outside = end
      var inside = estimate
      for _ in 0..<100 {
        let middle = (outside + inside) / 2
        if excess(middle) > 0 { outside = middle } else { inside = middle }
      }
      return (outside + inside) / 2
    }
    return (limit(0), limit(1))
  }
}
