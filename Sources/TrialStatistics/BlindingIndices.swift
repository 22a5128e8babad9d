/// Bang's blinding index of one arm (Bang, Ni and Davis 2004): 1 for all right, 0 for chance or
/// "don't know", -1 for all wrong.
public struct BangIndex: Hashable, Sendable {
  /// (right − wrong) / n, "don't know" counted in n.
  public let index: Double
  /// The standard error.
  public let se: Double
  private let total: Int

  init?(right: Int, wrong: Int, total: Int) {
    guard total > 0 else { return nil }
    let size = Double(total)
    index = Double(right - wrong) / size
    let variance = (Double(right + wrong) / size - index * index) / size
    se = max(0, variance).squareRoot()
    self.total = total
  }

  /// An interval of the given two-sided level.
  ///
  /// Normal, except where the standard error is 0 (all right, all wrong, all "don't know"): there a
  /// score interval, because the normal one would have no width.
  public func interval(level: Double = 0.95) -> (lower: Double, upper: Double) {
    let z = NormalDistribution().quantile(above: (1 - level) / 2)
    guard se == 0 else { return (max(-1, index - z * se), min(1, index + z * se)) }
    let width = z * z / (Double(total) + z * z)
    if index > 0 { return (1 - 2 * width, 1) }
    if index < 0 { return (-1, -1 + 2 * width) }
    return (-width, width)
  }
}

/// James's blinding index: 1 for all "don't know", one half for chance, 0 for all right.
///
/// Source: James and others 1996.
public struct JamesIndex: Hashable, Sendable {
  /// The index.
  public let index: Double
  /// The standard error, by the delta method on the multinomial proportions.
  public let se: Double

  /// With q the share that named an arm, D the share of wrong ones and E the disagreement expected
  /// from the margins, the index is 1 − q + D q² / 2E.
  ///
  /// - Returns: `nil` without a guess, or where all who named an arm named the same one in the same
  ///   arm, so that chance agreement cannot be told from knowledge.
  init?(_ table: GuessTable) {
    guard table.total > 0 else { return nil }
    let size = Double(table.total)
    let cells = [
      [Double(table.active.active) / size, Double(table.reference.active) / size],
      [Double(table.active.reference) / size, Double(table.reference.reference) / size],
    ]
    let rows = cells.map { $0[0] + $0[1] }
    let columns = (0...1).map { cells[0][$0] + cells[1][$0] }
    let named = rows[0] + rows[1]
    guard named > 0 else {
      index = 1
      se = 0
      return
    }
    let wrong = cells[0][1] + cells[1][0]
    let expected = rows[0] * columns[1] + rows[1] * columns[0]
    guard expected > 0 else { return nil }
    index = 1 - named + wrong * named * named / (2 * expected)
    var first = 0.0
    var second = 0.0
    for i in 0...1 {
      for j in 0...1 {
        let missed = i == j ? 0.0 : 1.0
        let change = columns[1 - i] + rows[1 - j]
        let slope =
          -1
          + (missed * named * named / expected + 2 * wrong * named / expected
            - wrong * named * named * change / (expected * expected)) / 2
        first += cells[i][j] * slope
        second += cells[i][j] * slope * slope
      }
    }
    se = max(0, (second - first * first) / size).squareRoot()
  }
}
