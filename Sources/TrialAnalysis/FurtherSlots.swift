import TrialStatistics

/// How many more slots would have been needed to tell an effect of the plan's threshold from none.
///
/// The half width of the interval, over the t quantile with ν degrees of freedom, is taken for the
/// standard error s of the estimate over n ratings. ν is the number of units that were randomized and
/// rated (slots, or whole periods), less the blocks that have a rating, less one: what a test
/// of as many differences has. s falls with the square root of the number of slots, and ν grows in
/// proportion. An effect δ is found with probability 0.8 at the plan's level where δ / s is the sum of
/// the t quantiles of the level and of 0.8.
///
/// Two things are uncertain. s is an estimate with about ν degrees of freedom: `fewest` and `most` are
/// the same number at both ends of its 95 % interval by the chi-square distribution. And further slots
/// may have another noise, another share of missing ones, or a practised person; no number stands for
/// that. The observed effect takes no part: with it the answer would only repeat the p-value (Hoenig and
/// Heisey 2001). How often it is right: Documentation/Design/statistics.md, "Calibration".
public struct FurtherSlots: Hashable, Sendable, Codable {
  /// The effect that is to be told from none: the plan's threshold of relevance.
  public let effect: Double
  /// The probability with which it would be found.
  public let power: Double
  /// The standard error that the width of the interval amounts to.
  public let standardError: Double
  /// The power that the trial had, as it went, for an effect of that size.
  public let reached: Double
  /// Further slots in the schedule; 0 where the trial had enough.
  public let slots: Int
  /// The same at the lower end of the 95 % interval of the standard error.
  public let fewest: Int
  /// The same at its upper end.
  public let most: Int

  /// `nil` without a bounded interval, or with fewer than two degrees of freedom.
  ///
  /// - Parameters:
  ///   - degrees: ν.
  ///   - scheduled: the slots of the schedule.
  ///   - effect: the plan's threshold, more than 0.
  init?(
    _ interval: EffectTest.Bounds, degrees: Int, scheduled: Int, effect: Double,
    power: Double = 0.8
  ) {
    guard let lower = interval.lower, let upper = interval.upper, upper > lower, degrees > 1,
      effect > 0, let student = try? StudentDistribution(degrees: Double(degrees)),
      let chiSquare = try? ChiSquareDistribution(degrees: Double(degrees))
    else { return nil }
    let error = (upper - lower) / 2 / student.quantile(below: (1 + interval.level) / 2)
    let degrees = Double(degrees)
    func further(_ factor: Double) -> Int {
      FurtherSlots.further(
        error * factor.squareRoot() / effect, degrees: degrees, scheduled: Double(scheduled),
        level: interval.level, power: power)
    }
    self.effect = effect
    self.power = power
    standardError = error
    let critical = student.quantile(below: (1 + interval.level) / 2)
    reached = student.probability(above: critical - effect / error)
    slots = further(1)
    fewest = further(degrees / chiSquare.quantile(below: 0.975))
    most = further(degrees / chiSquare.quantile(below: 0.025))
  }
  /// Slots beyond those of the schedule, for a standard error in units of the effect.
  ///
  /// A longer trial has more degrees of freedom, which the quantiles are those of: found by putting the
  /// number in again, which settles within a few steps.
  static func further(
    _ ratio: Double, degrees: Double, scheduled: Double, level: Double, power: Double
  ) -> Int {
    let normal = NormalDistribution()
    var quantiles = normal.quantile(below: (1 + level) / 2) + normal.quantile(below: power)
    var needed = scheduled * ratio * ratio * quantiles * quantiles
    for _ in 0..<50 where needed < 1e9 {
      guard let student = try? StudentDistribution(degrees: max(1, degrees * needed / scheduled))
      else { break }
      quantiles = student.quantile(below: (1 + level) / 2) + student.quantile(below: power)
      needed = scheduled * ratio * ratio * quantiles * quantiles
    }
    guard needed < 1e9 else { return 1_000_000_000 }
    return max(0, Int((needed - scheduled).rounded(.up)))
  }
}
