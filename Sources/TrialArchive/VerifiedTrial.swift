public import BlindRecord
public import TrialAnalysis
public import TrialSeal

/// A finished trial of which every check holds and whose seal was opened.
///
/// Verifying a folder is the only way to one, so what takes it need not ask again.
public struct VerifiedTrial: Sendable {
  /// What was checked.
  public let verification: Verification
  /// What was opened.
  public let unblinding: Unblinding
  /// What was found in the spares.
  public let findings: [AuditFinding]
  /// What others have seen of the trial.
  public let witness: WitnessFacts
  /// The planned analysis, where verifying the report has made it already.
  private let planned: TrialResult?

  fileprivate init(
    _ verification: Verification, _ unblinding: Unblinding, _ findings: [AuditFinding],
    _ witness: WitnessFacts, _ planned: TrialResult?
  ) {
    self.verification = verification
    self.unblinding = unblinding
    self.findings = findings
    self.witness = witness
    self.planned = planned
  }

  /// The planned analysis, as the report has it.
  ///
  /// - Throws: an error of the analysis when the record holds nothing to analyse.
  public func result() throws -> TrialResult {
    try planned ?? TrialResult(unblinding, findings: findings, seenBy: witness)
  }

  /// Why a folder holds no such trial.
  public enum Fault: Refusal, Equatable {
    /// A check of the verification fails.
    case doesNotVerify(check: String)
    /// The seal was not opened yet.
    case notUnblinded

    /// The sentence.
    public var message: String {
      switch self {
      case .doesNotVerify(let check):
        "the trial in this folder does not verify: the check \"\(check)\" fails"
      case .notUnblinded: "the trial in this folder is not unblinded yet"
      }
    }
    /// What to do.
    public var hint: String? {
      switch self {
      case .doesNotVerify: "run `selfblind verify` and see why"
      case .notUnblinded: "run `selfblind lock` and then `selfblind unblind` first"
      }
    }
  }
}

extension TrialFolder {
  /// Verifies an unblinded trial, and gives what was opened; never changes a file.
  ///
  /// - Throws: `StepError.notSealed`, `VerifiedTrial.Fault`, and what reading a trial throws.
  public func verifiedTrial() throws -> VerifiedTrial {
    try demandSealed()
    guard exists(Name.unblinding) else { throw VerifiedTrial.Fault.notUnblinded }
    let verifier = Verifier.verify(self)
    let verification = verifier.verification
    if let failed = verification.checks.first(where: { !$0.ok }) {
      throw VerifiedTrial.Fault.doesNotVerify(check: failed.name)
    }
    guard let (unblinding, witness) = verifier.opened else {
      throw VerifiedTrial.Fault.notUnblinded
    }
    return VerifiedTrial(
      verification, unblinding, try auditFindings(of: unblinding.trial), witness, verifier.planned)
  }
}
