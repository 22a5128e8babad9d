import TrialStatistics

/// Welch's t-test over the single ratings, as if each slot were a person of its own.
///
/// It is what most reports of self-experiments compute, and stands beside the randomization test to
/// show what it would have said. It takes the ratings of an arm for independent draws from one normal
/// distribution; neighbouring days of one person are not. Source: Welch 1947, with Satterthwaite's
/// degrees of freedom.
public struct NaiveComparison: Hashable, Sendable, Codable {
  /// The difference of the means, arm minus reference.
  public let difference: Double
  /// Welch's t.
  public let t: Double
  /// Satterthwaite's degrees of freedom.
  public let degrees: Double
  /// The two-sided p-value.
  public let p: Double
  /// The coverage that the interval claims.
  public let level: Double
  /// The lower end of the interval.
  public let lower: Double
  /// The upper end.
  public let upper: Double
  /// How neighbouring ratings agree: the correlation of what is left of two slots in a row, both with a
  /// rating, once the mean of each one's arm is taken off; `nil` where there are no neighbours or
  /// nothing varies.
  ///
  /// Taking off the means pushes it below 0, by about one over the number of ratings.
  public let neighbours: Double?

  /// `nil` with fewer than two ratings under an arm, or where nothing varies.
  ///
  /// - Parameters:
  ///   - values: one value for each slot; `nil` outside of both arms, of the endpoint, or missing.
  ///   - active: whether the slot has the arm and not the reference.
  ///   - level: of the interval.
  init?(values: [Double?], active: [Bool], level: Double) {
    func ratings(_ wanted: Bool) -> [Double] {
      zip(values, active).compactMap { $1 == wanted ? $0 : nil }
    }
    guard let one = Moments(ratings(true)), let other = Moments(ratings(false)) else { return nil }
    let (a, b) = (one.variance / one.count, other.variance / other.count)
    let degrees =
      (a + b) * (a + b) / (a * a / (one.count - 1) + b * b / (other.count - 1))
    guard a + b > 0, degrees.isFinite,
      let student = try? StudentDistribution(degrees: degrees)
    else { return nil }
    let error = (a + b).squareRoot()
    difference = one.mean - other.mean
    t = difference / error
    self.degrees = degrees
    p = min(1, 2 * student.probability(above: t.magnitude))
    self.level = level
    let reach = student.quantile(below: (1 + level) / 2) * error
    (lower, upper) = (difference - reach, difference + reach)
    let rest = zip(values, active).map { value, isActive in
      value.map { $0 - (isActive ? one.mean : other.mean) }
    }
    neighbours = NaiveComparison.neighbours(rest)
  }

  private static func neighbours(_ rest: [Double?]) -> Double? {
    let pairs = zip(rest, rest.dropFirst()).compactMap { before, after -> (Double, Double)? in
      guard let before, let after else { return nil }
      return (before, after)
    }
    let known = rest.compactMap { $0 }
    let square = known.reduce(0) { $0 + $1 * $1 } / Double(max(1, known.count))
    guard !pairs.isEmpty, square > 0 else { return nil }
    return pairs.reduce(0) { $0 + $1.0 * $1.1 } / Double(pairs.count) / square
  }

  private struct Moments {
    let count, mean, variance: Double

    init?(_ values: [Double]) {
      guard values.count > 1 else { return nil }
      let count = Double(values.count)
      let mean = values.reduce(0, +) / count
      self.count = count
      self.mean = mean
      variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    }
  }
}
