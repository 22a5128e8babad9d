/// Intervals of a proportion.
public enum ProportionInterval: String, Hashable, Sendable, CaseIterable {
  /// The score interval (Wilson 1927).
  case wilson
  /// The exact interval (Clopper and Pearson 1934): covers at least at its level.
  case clopperPearson
  /// The quantiles of the beta distribution with ½ added to both counts (Jeffreys); at 0 and at all
  /// successes the outer limit is 0 or 1.
  case jeffreys

  /// The two-sided interval for `successes` out of `trials`.
  ///
  /// - Throws: `SampleError`: no trial, successes not from 0 to the trials, or a level out of range.
  public func limits(_ successes: Int, of trials: Int, level: Double = 0.95)
    throws(SampleError) -> (lower: Double, upper: Double)
  {
    try SampleError.check(level: level)
    guard trials > 0, successes >= 0, successes <= trials else {
      throw .countOutOfRange(found: successes, trials: trials)
    }
    let tail = (1 - level) / 2
    let hits = Double(successes)
    let misses = Double(trials - successes)
    switch self {
    case .wilson:
      return ProportionInterval.score(hits, misses, z: NormalDistribution().quantile(above: tail))
    case .clopperPearson:
      let lower = try? BetaDistribution(hits, misses + 1).quantile(below: tail)
      let upper = try? BetaDistribution(hits + 1, misses).quantile(above: tail)
      return (lower ?? 0, upper ?? 1)
    case .jeffreys:
      let beta = try? BetaDistribution(hits + 0.5, misses + 0.5)
      return (
        successes > 0 ? beta?.quantile(below: tail) ?? 0 : 0,
        misses > 0 ? beta?.quantile(above: tail) ?? 1 : 1
      )
    }
  }

  /// Wilson's limits at `z` standard errors.
  static func score(_ hits: Double, _ misses: Double, z: Double) -> (lower: Double, upper: Double) {
    let n = hits + misses
    let square = z * z
    let root = z * (square / 4 + hits * misses / n).squareRoot()
    let below = n + square
    return (
      hits == 0 ? 0 : (hits + square / 2 - root) / below,
      misses == 0 ? 1 : (hits + square / 2 + root) / below
    )
  }
}
