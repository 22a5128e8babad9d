import BlindRecord
import MerkleLog
import TrialAnalysis
public import TrialReport
import TrialSeal

/// The files of a report, with their names in the folder.
public enum ReportFile: String, CaseIterable, Sendable {
  /// One self-contained page with figures.
  case html = "report.html"
  /// The same story as text.
  case markdown = "report.md"
  /// Every number.
  case json = "report.json"

  /// The file's bytes.
  public func bytes(of report: Report) -> [UInt8] {
    switch self {
    case .html: Array(report.html.utf8)
    case .markdown: Array(report.markdown.utf8)
    case .json: Array(report.json.utf8)
    }
  }
}

extension TrialFolder {
  /// Whether a report was written, which says what witnesses had seen by then.
  public var hasReport: Bool { ReportFile.allCases.contains { exists($0.rawValue) } }

  /// Writes the report of an unblinded trial and the sums of the folder; replaces an earlier one.
  ///
  /// - Returns: the report that was written.
  public func writeReport() throws -> Report {
    let unblinding = try unblinding()
    let record = unblinding.record
    let witness = try witnessFacts(
      of: unblinding.trial, entries: record.entries, leafHashes: record.entryBytes.map(leafHash))
    let report = try Report(
      TrialResult(
        unblinding, findings: auditFindings(of: unblinding.trial), seenBy: witness))
    try removeUnfinished()
    try demandListed(
      but: ReportFile.allCases.map(\.rawValue), orNotYet: [Name.unblinding, Name.audit])
    for file in ReportFile.allCases {
      try write(file.bytes(of: report), to: file.rawValue, replacing: true)
    }
    try writeSums()
    return report
  }

  /// Refuses to write new sums over files that were changed since the last ones.
  ///
  /// - Parameters:
  ///   - names: files that this step writes anew.
  ///   - fresh: files that an interrupted step before it may have written and not listed; one that is
  ///     listed is not changed any more.
  ///   - folder: one whose files are left out.
  func demandListed(
    but names: [String], orNotYet fresh: [String] = [], orBelow folder: String? = nil
  ) throws {
    guard let stored = try read(Name.sums) else { return }
    let differences = try Sums(of: self).differences(from: stored).filter { difference in
      !names.contains { difference.hasPrefix($0 + ":") }
        && !fresh.contains { difference == Sums.unlisted($0) }
        && !(folder.map { difference.hasPrefix($0 + "/") } ?? false)
    }
    guard differences.isEmpty else {
      throw FormatError(
        "files", found: differences.joined(separator: "; "),
        expected: "every file as listed in \(Name.sums)", hint: "restore the folder from a copy")
    }
  }
}
