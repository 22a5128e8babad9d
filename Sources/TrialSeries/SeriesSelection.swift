import BlindRecord
package import TrialAnalysis

/// Which trials are pooled, and which are left out by which rule.
///
/// The order in which trials came does not matter: they are taken in the order of their identities.
package struct SeriesSelection: Sendable {
  /// What is compared; `nil` without a trial.
  package let key: SeriesKey?
  /// The trials with what they give, in the order of their identities.
  package let pooled: [(trial: SeriesTrial, part: TrialContribution)]
  /// Everything else, by name.
  package let leftOut: [LeftOut]

  /// Selects by the rules of `LeftOut.Rule`.
  ///
  /// - Parameters:
  ///   - leftOut: what could not be read or verified.
  ///   - outcome: the outcome to pool; `nil` for the one that most trials have as primary.
  ///   - arm: the arm to pool; `nil` for the commonest.
  ///   - allowsUnverified: whether trials that were not sealed by this program are pooled.
  package init(
    _ trials: [SeriesTrial], leftOut: [LeftOut], outcome: String?, arm: String?,
    allowsUnverified: Bool
  ) {
    var leftOut = leftOut
    let verified = trials.filter { trial in
      guard !trial.isVerified, !allowsUnverified else { return true }
      leftOut.append(
        LeftOut(
          name: trial.name, rule: .unverified,
          reason: "it was not sealed by this program, so it cannot be verified"))
      return false
    }
    let single = SeriesSelection.single(verified, &leftOut)
    let key = SeriesKey.chosen(single, outcome: outcome, arm: arm)
    self.key = key
    var pooled: [(trial: SeriesTrial, part: TrialContribution)] = []
    for trial in single {
      guard let key, let part = trial.contributions.first(where: { SeriesKey($0) == key }) else {
        let found = trial.contributions.first.map { SeriesKey($0).words } ?? "nothing"
        leftOut.append(
          LeftOut(
            name: trial.name, rule: .incompatible,
            reason: "found \(found), expected "
              + (key?.words ?? outcome.map { "the outcome \(quoted($0))" } ?? "an outcome")))
        continue
      }
      guard part.effect != nil, part.se != nil else {
        leftOut.append(
          LeftOut(
            name: trial.name, rule: .noStandardError,
            reason: part.reason ?? "its effect has no standard error"))
        continue
      }
      pooled.append((trial, part))
    }
    self.pooled = pooled
    self.leftOut = leftOut.sorted {
      ($0.name, $0.rule.rawValue, $0.reason) < ($1.name, $1.rule.rawValue, $1.reason)
    }
  }

  /// Every trial once, in the order of the identities.
  private static func single(
    _ trials: [SeriesTrial], _ leftOut: inout [LeftOut]
  ) -> [SeriesTrial] {
    var groups: [String: [SeriesTrial]] = [:]
    for trial in trials { groups[trial.id, default: []].append(trial) }
    return groups.sorted { $0.key < $1.key }.compactMap { _, group in
      let ordered = group.sorted { $0.name < $1.name }
      guard let first = ordered.first, ordered.count > 1 else { return ordered.first }
      if ordered.allSatisfy({ $0.contributions == first.contributions }) {
        for other in ordered.dropFirst() {
          leftOut.append(
            LeftOut(
              name: other.name, rule: .double,
              reason: "the trial \(quoted(first.id)) again"
                + (other.name == first.name ? "" : ", which is also \(first.name)")))
        }
        return first
      }
      for other in ordered {
        leftOut.append(
          LeftOut(
            name: other.name, rule: .conflicting,
            reason: "\(ordered.count) trials with the identity \(quoted(first.id)) and different "
              + "numbers"))
      }
      return nil
    }
  }
}
