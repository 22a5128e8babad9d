public import BlindRecord
import MerkleLog
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

  /// The planned analysis, as the report has it.
  ///
  /// - Throws: an error of the analysis when the record holds nothing to analyse.
  public func result() throws -> TrialResult {
    try TrialResult(unblinding, findings: findings, seenBy: witness)
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
    let verification = verify()
    if let failed = verification.checks.first(where: { !$0.ok }) {
      throw VerifiedTrial.Fault.doesNotVerify(check: failed.name)
    }
    let unblinding = try unblinding()
    let record = unblinding.record
    return VerifiedTrial(
      verification: verification, unblinding: unblinding,
      findings: try auditFindings(of: unblinding.trial),
      witness: try witnessFacts(
        of: unblinding.trial, entries: record.entries, leafHashes: record.entryBytes.map(leafHash)))
  }
}
