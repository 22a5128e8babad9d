public import BlindRecord
import Foundation
public import TrialAnalysis
import TrialDesign
import TrialJournal
import TrialSeal

/// `audit.json`: what was found in the spares after the unblinding (packing.md, section 11).
extension TrialFolder {
  /// Why the spares cannot be audited.
  public enum AuditError: Refusal, Equatable {
    /// Nothing is opened yet, so an audit would say what the spares hold.
    case notUnblinded
    /// A number that no spare has.
    case noSpare(Int)
    /// A spare that was swallowed, and at which slot.
    case taken(Int, slot: Int)
    /// A spare that was lost or broken.
    case lost(Int)
    /// A content that is no arm of the trial.
    case noArm(String, arms: [String])
    /// Another content was found in the spare before, or is given for it beside this one.
    case foundBefore(Int, content: String, now: String)

    /// The sentence.
    public var message: String {
      switch self {
      case .notUnblinded: "the trial in this folder is not unblinded yet"
      case .noSpare(let number): "there is no spare \(number)"
      case .taken(let number, let slot):
        "spare \(number) was not left over: the record says that it was taken at slot \(slot)"
      case .lost(let number):
        "spare \(number) was not left over: the record says that it was lost or broken"
      case .noArm(let name, let arms):
        "found the content \"\(name.prefix(40))\", expected one of \(arms.joined(separator: ", ")), or unclear"
      case .foundBefore(let spare, let content, let now):
        "spare \(spare): found \(content) before, and now \(now)"
      }
    }
    /// What to do.
    public var hint: String? {
      switch self {
      case .notUnblinded: "run `selfblind unblind` first; until then a spare may still be needed"
      case .noSpare: "`selfblind status` lists the spares"
      case .taken, .lost: "look at the number on the spare once more"
      case .noArm: nil
      case .foundBefore:
        "the first look counts: what is in a spare is said before the answer is seen"
      }
    }
  }

  private struct StoredAudit: Codable {
    static let format = "selfblind/audit/v1"
    let format: String
    let trial: String
    let at: Moment
    let findings: [AuditFinding]
  }

  /// The numbers of the spares that were left over, for which findings can be given.
  ///
  /// - Throws: `AuditError.notUnblinded`; what reading the folder throws.
  public func sparesLeft() throws -> [Int] {
    let (index, rows) = try kitsAfterLock()
    return index.sparesLeft(afterLock: rows).map(\.spare)
  }

  private func kitsAfterLock() throws -> (index: KitIndex, rows: [SlotRecord]) {
    guard exists(Name.unblinding) else { throw AuditError.notUnblinded }
    let record = try Journal.lockedRecord(in: path)
    let rows = SlotRecord.rows(
      of: record.manifest.schedule, entries: record.entries, today: nil)
    return (KitIndex(record.manifest, entries: record.entries), rows)
  }

  /// Why a spare is not among those that are left.
  private static func refusal(
    of number: Int, _ index: KitIndex, _ rows: [SlotRecord]
  ) -> AuditError {
    guard let spare = index.spare(number)?.kit else { return .noSpare(number) }
    if let slot = index.doses.fate(of: spare)?.slotOfTheDose { return .taken(number, slot: slot) }
    if index.isTaken(spare, in: rows), let slot = index.doses.slot(of: spare) {
      return .taken(number, slot: slot)
    }
    return .lost(number)
  }

  /// Writes down what was found in spares; the first look at a spare counts.
  ///
  /// - Returns: all findings.
  /// - Throws: `AuditError`, also for a finding that differs from an earlier one: by then the answer was seen.
  public func audit(_ findings: [AuditFinding], clock: WallClock) throws -> [AuditFinding] {
    let (index, rows) = try kitsAfterLock()
    let left = index.sparesLeft(afterLock: rows).map(\.spare)
    let trial = try sealedTrial()
    let arms = trial.design.arms.map(\.name)
    for finding in findings {
      guard left.contains(finding.spare) else {
        throw TrialFolder.refusal(of: finding.spare, index, rows)
      }
      if let content = finding.content, !arms.contains(content) {
        throw AuditError.noArm(content, arms: arms)
      }
    }
    var all = Dictionary(
      try auditFindings(of: trial).map { ($0.spare, $0) }, uniquingKeysWith: { $1 })
    for finding in findings {
      if let earlier = all[finding.spare], earlier != finding {
        throw AuditError.foundBefore(
          finding.spare, content: earlier.content ?? "unclear", now: finding.content ?? "unclear")
      }
      all[finding.spare] = finding
    }
    let merged = all.values.sorted { $0.spare < $1.spare }
    let stored = StoredAudit(
      format: StoredAudit.format, trial: trial.manifest.trial, at: clock.now, findings: merged)
    // A report that was cut off is made anew; the audit's own file may be one that was not listed in time.
    try demandListed(
      but: ReportFile.allCases.map(\.rawValue) + [Name.audit], orNotYet: [Name.unblinding])
    try write(CommittedJSON.encode(stored, endsLine: true), to: Name.audit, replacing: true)
    try writeSums()
    return merged
  }

  /// What was found in spares so far; empty where nobody looked.
  ///
  /// Nothing outside the folder holds it: a file that was removed leaves no trace.
  ///
  /// - Throws: `FormatError`; what reading the folder throws.
  public func auditFindings() throws -> [AuditFinding] { try auditFindings(of: sealedTrial()) }

  /// What was found in spares; empty where nobody looked.
  ///
  /// - Throws: `FormatError` for a file that is not of its format or of this trial.
  func auditFindings(of trial: SealedTrial) throws -> [AuditFinding] {
    guard let bytes = try read(Name.audit) else { return [] }
    let stored = try CommittedJSON.decode(
      StoredAudit.self, from: bytes, place: Name.audit, endsLine: true)
    guard stored.format == StoredAudit.format, stored.trial == trial.manifest.trial else {
      throw FormatError(
        Name.audit, found: "another format or trial",
        expected: "\(StoredAudit.format) of this trial")
    }
    return stored.findings
  }
}
