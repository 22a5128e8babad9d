public import BlindRecord
public import TrialAnalysis
public import TrialDesign

/// Everything that somebody else needs to analyse a finished trial again, beside the trial's own files.
///
/// Described in Documentation/Specifications/bundle.md. The same trial gives the same bytes.
public struct ReportBundle: Sendable {
  /// One file, by its path in the bundle.
  public struct File: Sendable {
    /// The path, with / between folders.
    public let path: String
    /// The content.
    public let bytes: [UInt8]

    init(_ path: String, _ text: String) {
      self.path = path
      bytes = Array(text.utf8)
    }

    init(_ path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }
  }

  /// The files, in the order of the description.
  public let files: [File]

  /// Makes the bundle of a sealed trial.
  ///
  /// - Parameters:
  ///   - report: the report of the result.
  ///   - design: the protocol.
  ///   - record: the locked record.
  public init(
    _ result: TrialResult, report: Report, design: TrialProtocol, record: LockedRecord
  ) {
    let tables = BundleTables(result, design: design, record: record)
    var files = [
      File("README.txt", BundleText.readme(result)), File("report.html", report.html),
      File("report.md", report.markdown), File("report.json", report.json),
      File("data/slots.csv", tables.slots), File("data/dictionary.csv", tables.dictionary),
      File("data/adverse-events.csv", tables.adverseEvents),
      File("data/deviations.csv", tables.deviations),
      File("data/code-breaks.csv", tables.codeBreaks),
      File("data/odm.xml", ODMDocument(result, design: design, record: record).text),
    ]
    let tests = result.primary.contrasts.compactMap { contrast in
      contrast.parts.flatMap { parts in contrast.test.map { (parts, $0) } }
    }
    for (place, (parts, test)) in tests.enumerated() {
      files += PrimaryTestFiles(parts, test, result.monitoring).files(
        "primary-test/\(place + 1)")
    }
    files += [
      File("reproduce.py", bytes: PackageResources.reproduce_py),
      File("reproduce.R", bytes: PackageResources.reproduce_R),
      File("ranks_and_t.py", bytes: PackageResources.ranks_and_t_py),
      File("ranks_and_t.R", bytes: PackageResources.ranks_and_t_R),
      File("looks.py", bytes: PackageResources.looks_py),
      File("looks.R", bytes: PackageResources.looks_R),
    ]
    self.files = files
  }
}
