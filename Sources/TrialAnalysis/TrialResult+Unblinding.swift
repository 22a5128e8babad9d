import BlindRecord
public import TrialSeal

extension TrialResult {
  /// The sealed plan, applied to what was opened; there is no other plan to hand over.
  ///
  /// - Parameter witness: what others have seen of the trial; `WitnessFacts.nobody` says that nothing
  ///   is known of any.
  /// - Throws: an error of the analysis when the record holds nothing to analyse.
  public init(
    _ unblinding: Unblinding, seenBy witness: WitnessFacts = .nobody
  ) throws {
    try self.init(
      design: unblinding.design, assignment: unblinding.allocation.assignment,
      record: unblinding.record, openedAt: unblinding.openedAt,
      prediction: unblinding.prediction,
      secondKey: unblinding.trial.committed.commitment.custody.second, witness: witness)
  }
}
