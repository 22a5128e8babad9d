import TrialAnalysis

/// What trials must agree in to be pooled: outcome, unit, arm, reference.
package struct SeriesKey: Sendable, Hashable, Encodable {
  /// The outcome's name.
  package let outcome: String
  /// Its unit, where it is known.
  package let unit: String?
  /// The arm's name.
  package let arm: String
  /// The name of the reference.
  package let reference: String

  init(_ contribution: TrialContribution) {
    outcome = contribution.outcome
    unit = contribution.unit
    arm = contribution.arm
    reference = contribution.reference
  }

  /// "mood (points), active against placebo".
  package var words: String {
    outcome + (unit.map { " (\($0))" } ?? "") + ", \(arm) against \(reference)"
  }

  private enum CodingKeys: String, CodingKey { case outcome, unit, arm, reference }

  /// Writes the object; an unknown unit is `null`.
  package func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(outcome, forKey: .outcome)
    try fields.encode(unit, forKey: .unit)
    try fields.encode(arm, forKey: .arm)
    try fields.encode(reference, forKey: .reference)
  }

  /// The comparison of a series: the one that most trials have as primary, or of the named outcome and
  /// arm; among equals the first by name.
  ///
  /// - Returns: `nil` where no trial has it.
  static func chosen(
    _ trials: [SeriesTrial], outcome: String?, arm: String?
  ) -> SeriesKey? {
    var counts: [SeriesKey: Int] = [:]
    for trial in trials {
      // A plan tests further outcomes too; without a name the primary ones alone are counted.
      let primary = trial.contributions.first?.outcome
      let keys = Set(
        trial.contributions.filter {
          (outcome == nil ? $0.outcome == primary : $0.outcome == outcome)
            && (arm == nil || $0.arm == arm)
        }.map(SeriesKey.init))
      for key in keys { counts[key, default: 0] += 1 }
    }
    return counts.min {
      $0.value != $1.value
        ? $0.value > $1.value : $0.key.order.lexicographicallyPrecedes($1.key.order)
    }?.key
  }

  private var order: [String] { [outcome, unit ?? "", arm, reference] }
}
