import TrialStatistics

/// A difference on another scale than the outcome's own, with the interval of the literature.
///
/// The intervals take the ratings as independent of each other; they describe, the randomization
/// test decides.
public struct EffectSizeLine: Hashable, Sendable, Codable {
  /// What it is, with its standardiser or variant.
  public let name: String
  /// The value.
  public let value: Double
  /// The lower end of its interval at the plan's level, where there is one.
  public let lower: Double?
  /// The upper end.
  public let upper: Double?
}

extension EffectSizeLine {
  /// What can be computed from the ratings at hand; sizes that need more are left out.
  ///
  /// - Parameters:
  ///   - pairs: the same ratings by pair where the scheme is made of pairs, complete ones only.
  ///   - phases: baseline and treatment in the order of time, where the scheme is one change from
  ///     the reference to the other arm.
  static func lines(
    active: [Double], reference: [Double], pairs: (active: [Double], reference: [Double])?,
    phases: (baseline: [Double], treatment: [Double])?, level: Double
  ) -> [EffectSizeLine] {
    var lines: [EffectSizeLine] = []
    func standardised(_ name: String, _ standardiser: Standardiser, _ a: [Double], _ r: [Double]) {
      guard
        let size = try? StandardizedDifference(active: a, reference: r, standardiser: standardiser),
        size.correction > 0,  // with one degree of freedom there is no corrected size
        let ends = try? size.interval(level: level)
      else { return }
      lines.append(EffectSizeLine(name: name, value: size.g, lower: ends.lower, upper: ends.upper))
    }
    standardised(
      "Hedges's g: in pooled standard deviations of both arms", .pooled, active, reference)
    standardised(
      "in standard deviations of the reference arm, corrected as g", .reference, active, reference)
    if let pairs {
      standardised(
        "in standard deviations of the differences within pairs, corrected as g", .differences,
        pairs.active, pairs.reference)
    }
    if let overlap = try? NonoverlapOfAllPairs(active: active, reference: reference),
      let ends = try? overlap.interval(level: level)
    {
      lines.append(
        EffectSizeLine(
          name: "NAP: the chance that a rating under the arm exceeds one under the reference",
          value: overlap.estimate, lower: ends.lower, upper: ends.upper))
    }
    if let phases { lines += tau(phases.baseline, phases.treatment, level) }
    return lines
  }

  /// Tau-U of a baseline and a treatment phase, each variant by its own name.
  private static func tau(
    _ baseline: [Double], _ treatment: [Double], _ level: Double
  ) -> [EffectSizeLine] {
    let variants: [(TauU.Variant, String)] = [
      (.pairs, "Tau: pairs between the phases, 2 NAP − 1"),
      (.minusBaselineTrend, "Tau-U minus the baseline's trend (Parker 2011)"),
      (.baselineCorrected, "Tau-U, baseline corrected (Tarlow 2017)"),
    ]
    return variants.compactMap { variant, name in
      guard
        let tau = try? TauU(baseline: baseline, treatment: treatment, variant: variant)
      else { return nil }
      let ends = try? tau.pairs?.interval(level: level)
      return EffectSizeLine(
        name: name, value: tau.estimate, lower: ends.map { 2 * $0.lower - 1 },
        upper: ends.map { 2 * $0.upper - 1 })
    }
  }
}
