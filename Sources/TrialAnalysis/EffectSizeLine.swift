import TrialStatistics

/// A difference on another scale than the outcome's own, with the interval of the literature.
///
/// The intervals take the ratings as independent of each other; they describe, the randomization
/// test decides.
public struct EffectSizeLine: Hashable, Sendable, Codable {
  /// What it is, with its standardiser or variant.
  public let name: String
  /// The value; `nil` where it is not defined.
  public let value: Double?
  /// The lower end of its interval at the plan's level, where there is one.
  public let lower: Double?
  /// The upper end.
  public let upper: Double?
  /// What the interval takes for granted and where it is from; or why there is no value.
  public let assumes: String
}

extension EffectSizeLine {
  /// Every size of the library, and for pairs of slots the one within pairs.
  ///
  /// - Parameters:
  ///   - outcome: the values in the order of the slots, `nil` outside of both arms.
  ///   - active: 1 under the arm.
  ///   - pairs: the ratings by pair where the scheme is made of pairs, complete ones only.
  static func lines(
    outcome: [Double?], active: [Int], pairs: (active: [Double], reference: [Double])?,
    level: Double
  ) -> [EffectSizeLine] {
    guard let sizes = try? EffectSizes(outcome: outcome, active: active, level: level) else {
      return []
    }
    var lines = sizes.sizes.map { size in
      EffectSizeLine(
        name: size.kind.name, value: size.value, lower: size.lower, upper: size.upper,
        assumes: size.reason ?? size.assumes)
    }
    if let pairs,
      let size = try? StandardizedDifference(
        active: pairs.active, reference: pairs.reference, standardiser: .differences),
      size.correction > 0,  // with one degree of freedom there is no corrected size
      let ends = try? size.interval(level: level)
    {
      lines.append(
        EffectSizeLine(
          name: "difference in standard deviations of the differences within pairs, corrected",
          value: size.g, lower: ends.lower, upper: ends.upper,
          assumes: "independent pairs, normal differences; by the standard error"))
    }
    return lines
  }
}
