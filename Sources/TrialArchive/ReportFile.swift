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
  /// Writes the report of an unblinded trial and the sums of the folder; replaces an earlier one.
  ///
  /// - Returns: the report that was written.
  public func writeReport() throws -> Report {
    let report = try Report(TrialResult(unblinding()))
    for file in ReportFile.allCases {
      try write(file.bytes(of: report), to: file.rawValue, replacing: true)
    }
    try writeSums()
    return report
  }
}
