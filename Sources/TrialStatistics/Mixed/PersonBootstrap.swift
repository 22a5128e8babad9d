import RealModule

/// Resampling of whole persons: each replicate draws as many persons as there are, with replacement,
/// and each comes with all of its rows [Davison and Hinkley 1997].
///
/// A replicate is a function of the seed and its number alone, so any one can be drawn again by
/// itself, in any order.
public struct PersonBootstrap: Hashable, Sendable {
  /// The seed.
  public let seed: UInt64
  /// How many replicates are drawn.
  public let replicates: Int

  /// - Precondition: at least one replicate.
  public init(seed: UInt64, replicates: Int) {
    self.seed = seed
    self.replicates = max(1, replicates)
  }

  /// How often each person was drawn in one replicate.
  public func times(persons: Int, replicate: Int) -> [Int] {
    var times = [Int](repeating: 0, count: persons)
    guard persons > 0 else { return times }
    var generator = CounterGenerator(seed: seed, simulation: replicate, stream: .persons)
    for _ in 0..<persons { times[generator.place(below: persons)] += 1 }
    return times
  }
}

/// What the replicates of a bootstrap say about one number.
public struct BootstrapSummary: Hashable, Sendable {
  /// The standard deviation of the replicates.
  public let standardError: Double
  /// The percentile interval: the quantiles of the replicates at (1 − level) / 2 from both ends.
  public let lower, upper: Double
  /// The standard errors of both limits from having drawn so few replicates.
  public let lowerError, upperError: Double
  /// The replicates that have the number.
  public let replicates: Int
  /// Those that do not, as where nobody of a group was drawn; they are left out.
  public let undefined: Int

  /// - Parameter values: one per replicate, `nil` where it has no such number.
  /// - Returns: `nil` with fewer than 40 values, or a level out of range.
  public init?(_ values: [Double?], level: Double) {
    let sorted = values.compactMap { $0 }.filter(\.isFinite).sorted()
    let count = Double(sorted.count)
    guard sorted.count >= 40, level > 0, level < 1 else { return nil }
    let mean = sorted.reduce(0, +) / count
    let squares = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    standardError = (squares / (count - 1)).squareRoot()
    replicates = sorted.count
    undefined = values.count - sorted.count
    /// The value at a rank from 0 to count − 1, between neighbours in proportion.
    func value(_ rank: Double) -> Double {
      let held = min(count - 1, max(0, rank))
      let low = Int(held)
      let high = min(sorted.count - 1, low + 1)
      return sorted[low] + (held - Double(low)) * (sorted[high] - sorted[low])
    }
    // The number of replicates below a true quantile is binomial: half of what lies between one
    // standard deviation to both sides.
    func limit(_ share: Double) -> (value: Double, error: Double) {
      let rank = share * (count - 1)
      let spread = (count * share * (1 - share)).squareRoot()
      return (value(rank), (value(rank + spread) - value(rank - spread)) / 2)
    }
    (lower, lowerError) = limit((1 - level) / 2)
    (upper, upperError) = limit((1 + level) / 2)
  }
}

extension CounterGenerator {
  /// A whole number from 0 up to but not including `bound`, each as likely as any other.
  ///
  /// The high word of the product with `bound`, drawn again where the low word falls into the part
  /// that would make some numbers likelier [Lemire 2019].
  ///
  /// - Precondition: the bound is positive.
  mutating func place(below bound: Int) -> Int {
    let bound = UInt64(bound)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let least = (0 &- bound) % bound
      while product.low < least { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }
}
