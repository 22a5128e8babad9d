package import TrialAnalysis

/// One trial of a series: who it is, and what it gives.
package struct SeriesTrial: Sendable, Hashable {
  /// Its identity: the one drawn at sealing, or that of its line.
  package let id: String
  /// What it is called where it is listed: the folder, or the same as the identity.
  package let name: String
  /// Whether it was sealed by this program and verifies.
  package let isVerified: Bool
  /// Whether its participant was simulated.
  package let isSimulated: Bool
  /// What it gives: one for each planned outcome and each arm but the reference, the primary outcome
  /// first.
  package let contributions: [TrialContribution]

  /// A trial.
  package init(
    id: String, name: String, isVerified: Bool, isSimulated: Bool,
    contributions: [TrialContribution]
  ) {
    self.id = id
    self.name = name
    self.isVerified = isVerified
    self.isSimulated = isSimulated
    self.contributions = contributions
  }
}

/// A trial that is not pooled, by which rule, and why.
package struct LeftOut: Sendable, Hashable, Encodable {
  /// The rules; each of them was fixed before any result was seen.
  package enum Rule: String, Sendable, Hashable, Encodable, CaseIterable {
    /// It cannot be read or analysed.
    case unreadable
    /// It does not verify, is not opened yet, or was not sealed by this program.
    case unverified
    /// It is in the list again, with the same numbers; the other one counts.
    case double
    /// It is in the list again with other numbers: nobody can tell which are right, so none counts.
    case conflicting
    /// It is about another outcome, in another unit, or of other arms.
    case incompatible
    /// Its effect has no standard error.
    case noStandardError = "no-standard-error"
  }

  /// What it is called.
  package let name: String
  /// The rule.
  package let rule: Rule
  /// What was found.
  package let reason: String

  /// A trial that is left out.
  package init(name: String, rule: Rule, reason: String) {
    self.name = name
    self.rule = rule
    self.reason = reason
  }
}
