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
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return false }
    switch parts[0] {
    case "sealed": return isSealed(parts[1])
    case "code-breaks":
      return parts[1].hasSuffix(".json") && KnownFiles.isSlot(parts[1].dropLast(5), of: ["slot"])
    case let folder where folder.hasPrefix("abandoned-"):
      return KnownFiles.isNumber(folder.dropFirst(10), digits: 1)
        && (parts[1] == TrialFolder.Name.commitment || isSealed(parts[1]))
    default: return false
    }
  }

  /// Whether a name is that of a sealed file: `share`, `key-2`, `slot-0001`, ….
  private func isSealed(_ name: Substring) -> Bool {
    if ["timelock.json", "beacon.pem", "pulse.json", "packing.age"].contains(name) { return true }
    guard name.hasSuffix(".age") else { return false }
    let stem = name.dropLast(4)
    let parts = stem.split(separator: "-", omittingEmptySubsequences: false)
    if parts[0] == "key" {
      return parts.count <= 6
        && parts.dropFirst().allSatisfy { ["1", "2", "3", "4", "5"].contains($0) }
    }
    return stem == "share" || KnownFiles.isSlot(stem, of: ["slot", "card", "spares"])
  }

  /// Whether a name is one of some words and a slot of at least four digits: `slot-0001`.
  ///
  /// Not a pattern: a folder may have thousands of names, and a pattern is compiled for each.
  private static func isSlot(_ name: Substring, of words: Set<Substring>) -> Bool {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    return parts.count == 2 && words.contains(parts[0]) && isNumber(parts[1], digits: 4)
  }

  private static func isNumber(_ text: Substring, digits: Int) -> Bool {
    text.utf8.count >= digits
      && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}
