import Synchronization
import TrialAnalysis
import TrialReport

/// The report that was made last, for who verifies one folder many times.
///
/// A report follows from the other files of its folder alone: made of files with the same digests it is
/// the same. `make tamper` changes every byte of a report and asks each time whether that is found; what the
/// changed files are compared with need not be made anew half a million times.
package final class RememberedReport: Sendable {
  /// The analysis and its report.
  typealias Made = (result: TrialResult, report: Report)

  private let last = Mutex<(files: [String: String], made: Made)?>(nil)

  /// Remembers nothing yet.
  package init() {}

  /// The report of a folder: the one that is remembered where no other file changed, else a new one.
  func report(of folder: TrialFolder, else make: () throws -> Made) throws -> Made {
    let own = Set(ReportFile.allCases.map(\.rawValue))
    let files = try Sums(of: folder).digests.filter { !own.contains($0.key) }
    if let made = last.withLock({ $0?.files == files ? $0?.made : nil }) { return made }
    let made = try make()
    last.withLock { $0 = (files, made) }
    return made
  }
}

extension TrialFolder {
  /// Verifies the folder as `verify()` does, with a report that may have been made before.
  package func verify(with remembered: RememberedReport) -> Verification {
    Verifier.verify(self, with: remembered).verification
  }
}
