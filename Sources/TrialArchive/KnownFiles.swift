import TrialJournal

/// Which files a trial's folder may hold (Documentation/Specifications/folder.md).
///
/// Anything else is named by the verification, whether or not the sums list it: a stranger must be
/// able to say what every file is.
struct KnownFiles {
  let folder: TrialFolder

  /// What is wrong with the files as such, by name: foreign files, links, parts of a report.
  func faults() throws -> [String] {
    var faults: [String] = []
    let listing = try folder.listing()
    let names = listing.files
    for name in listing.others { faults.append("\(name): is a link or no file") }
    for name in names where !isKnown(name) { faults.append("\(name): is not part of a trial") }
    let reports = ReportFile.allCases.filter { names.contains($0.rawValue) }
    if !reports.isEmpty {
      if !names.contains(TrialFolder.Name.unblinding) {
        faults.append("\(reports[0].rawValue): is there without \(TrialFolder.Name.unblinding)")
      }
      for missing in ReportFile.allCases where !reports.contains(missing) {
        faults.append("\(missing.rawValue): is missing beside \(reports[0].rawValue)")
      }
    }
    return faults
  }

  private func isKnown(_ name: String) -> Bool {
    let top = [
      TrialFolder.Name.design, TrialFolder.Name.commitment, TrialFolder.Name.manifest,
      TrialFolder.Name.journal,
      TrialFolder.Name.checkpoint, TrialFolder.Name.unblinding, TrialFolder.Name.audit,
      TrialFolder.Name.sums,
    ]
    if top.contains(name) || ReportFile(rawValue: name) != nil { return true }
    // The key and the database's log belong to a running trial only.
    let running = [
      TrialFolder.Name.recorderKey, TrialFolder.Name.packingKey, TrialFolder.Name.kitListNote,
      "packing/register.age",
      "packing/matching.age", "journal.sqlite-wal", "journal.sqlite-shm",
      "journal.sqlite-journal",
    ]
    if running.contains(name) { return !folder.exists(TrialFolder.Name.sums) }
    if name == Journal.returnedLines || AnchorFiles.isOne(name) { return true }
    if let name = KnownFiles.name(name, after: #/sealed//#), isSealed(name) { return true }
    if name.wholeMatch(of: #/code-breaks/slot-[0-9]{4,}\.json/#) != nil { return true }
    return KnownFiles.name(name, after: #/abandoned-[0-9]+//#).map {
      $0 == TrialFolder.Name.commitment || isSealed($0)
    } ?? false
  }

  /// Whether a name is that of a sealed file.
  private func isSealed(_ name: String) -> Bool {
    ["timelock.json", "beacon.pem", "pulse.json", "packing.age"].contains(name)
      || name.wholeMatch(of: #/(share|key(-[1-5]){0,5}|(slot|card|spares)-[0-9]{4,})\.age/#) != nil
  }

  /// What follows a beginning.
  private static func name(_ name: String, after prefix: Regex<Substring>) -> String? {
    name.prefixMatch(of: prefix).map { String(name[$0.range.upperBound...]) }
  }
}
