import BlindRecord
import Foundation
import MerkleLog
import OpenSSLCrypto
import TrialAnalysis
import TrialDesign
import TrialJournal
import TrialReport
import TrialSeal

/// Verifies a folder from nothing but its files, and keeps going after a failure.
///
/// The order is that of Documentation/Specifications/folder.md, section 3. A check that needs
/// something that could not be established says so and fails as well.
struct Verifier {
  let folder: TrialFolder
  private var checks: [Verification.Check] = []
  /// What was opened, and what witnesses had seen, where the checks came so far.
  private(set) var opened: (unblinding: Unblinding, witness: WitnessFacts)?
  /// The planned analysis, where the report was compared with it.
  private(set) var planned: TrialResult?
  /// What was found out.
  var verification: Verification { Verification(checks: checks) }

  private let remembered: RememberedReport?

  private init(_ folder: TrialFolder, _ remembered: RememberedReport?) {
    self.folder = folder
    self.remembered = remembered
  }

  /// The folder with every check made.
  static func verify(_ folder: TrialFolder, with remembered: RememberedReport? = nil) -> Verifier {
    var verifier = Verifier(folder, remembered)
    verifier.run()
    return verifier
  }

  private mutating func run() {
    let isFinished = folder.exists(TrialFolder.Name.unblinding)
    checkFiles()
    if isWaiting { return checkWaitingSeal() }
    guard let trial = checkSeal() else {
      return skip(["commitment", "journal", "witness", "draw", "report"], "the seal")
    }
    checkCommitment(of: trial)
    let journal = checkJournal(of: trial)
    let record = journal?.locked
    // A journal that cannot be read has failed its own check; who holds a key is known all the same.
    let packing = CustodyStatement.packing(
      of: trial.manifest, entries: journal?.entries ?? [])
    note(
      "custody",
      CustodyStatement.custody(of: trial.committed, entries: journal?.entries)
        + (packing.map { "; \($0)" } ?? ""))
    let codeBreaks = checkCodeBreaks(of: trial, record: record)
    let witness = checkWitness(of: trial, journal: journal)
    guard isFinished else {
      return note("draw", "not opened yet: the allocation is still sealed")
    }
    guard let record else { return skip(["draw", "report"], "the journal") }
    guard let codeBreaks else { return skip(["draw", "report"], "a code break") }
    guard let unblinding = checkDraw(of: trial, record: record, codeBreaks: codeBreaks) else {
      return skip(["report"], "the draw")
    }
    guard let witness else { return skip(["report"], "the witness") }
    opened = (unblinding, witness)
    checkReport(of: unblinding, seenBy: witness)
  }

  // MARK: - The checks, in order

  private mutating func checkFiles() {
    let isWaiting = isWaiting
    check("files") { folder in
      guard folder.isSealed || isWaiting else {
        throw FolderError(folder.full(TrialFolder.Name.manifest), "read", ENOENT)
      }
      let faults = try KnownFiles(folder: folder).faults()
      guard faults.isEmpty else {
        throw FormatError(
          "files", found: faults.joined(separator: "; "), expected: "the files of a trial only")
      }
      guard folder.exists(TrialFolder.Name.sums) || folder.exists(TrialFolder.Name.unblinding)
      else {
        let state = folder.isSealed ? "is running" : "waits for its draw"
        return ((), "\(try folder.files().count) files, all of a trial that \(state)")
      }
      let sums = try Sums(of: folder)
      let differences = sums.differences(from: try folder.required(TrialFolder.Name.sums))
      guard differences.isEmpty else {
        throw FormatError(
          "files", found: differences.joined(separator: "; "),
          expected: "every file as listed in \(TrialFolder.Name.sums)")
      }
      return ((), "\(sums.digests.count) files have the digests in \(TrialFolder.Name.sums)")
    }
  }

  private mutating func checkCodeBreaks(
    of trial: SealedTrial, record: LockedRecord?
  ) -> [CodeBreak]? {
    check("code breaks") { folder in
      let opened = try folder.codeBreaks(of: trial)
      let announced = record?.entries.compactMap { entry -> Int? in
        if case .codeBreak(let slot, _) = entry.event { slot } else { nil }
      }
      let unopened = Set(announced ?? []).subtracting(opened.map(\.slot)).sorted()
      var said: [String] = []
      if !opened.isEmpty {
        said.append(
          "\(Verifier.slots(opened.map(\.slot))), announced in the journal and committed to")
      }
      if !unopened.isEmpty {
        said.append("\(Verifier.slots(unopened)) announced, and no opening is kept")
      }
      return (opened, said.isEmpty ? "none" : said.joined(separator: "; "))
    }
  }

  /// What others have seen: times of authorities, and checkpoints that came back.
  private mutating func checkWitness(
    of trial: SealedTrial, journal: JournalFacts?
  ) -> WitnessFacts? {
    guard let journal else {
      skip(["witness"], "the journal")
      return nil
    }
    return check("witness") { folder in
      let facts = try folder.witnessFacts(
        of: trial, entries: journal.entries, leafHashes: journal.leafHashes)
      return (facts, facts.summary)
    }
  }

  /// "slot 3" or "slots 3, 4".
  private static func slots(_ numbers: [Int]) -> String {
    "slot\(numbers.count == 1 ? "" : "s") " + numbers.map(String.init).joined(separator: ", ")
  }

  private mutating func checkDraw(
    of trial: SealedTrial, record: LockedRecord, codeBreaks: [CodeBreak]
  ) -> Unblinding? {
    check("draw") { folder in
      let file = try folder.required(TrialFolder.Name.unblinding)
      let opened = try Unblinding(file: file, of: trial, over: record, codeBreaks: codeBreaks)
      return (
        opened,
        "\(opened.allocation.assignment.arms.count) slots drawn again from the committed share: "
          + "arms, salts, kit codes and plan root agree"
      )
    }
  }

  private mutating func checkReport(of unblinding: Unblinding, seenBy witness: WitnessFacts) {
    guard ReportFile.allCases.contains(where: { folder.exists($0.rawValue) }) else {
      return note("report", "none was written yet")
    }
    planned = check("report") { [remembered] folder in
      let make = {
        let findings = try folder.auditFindings(of: unblinding.trial)
        let result = try TrialResult(unblinding, findings: findings, seenBy: witness)
        return (result: result, report: try Report(result))
      }
      let made = try remembered?.report(of: folder, else: make) ?? make()
      return (
        made.result, try ReportComparison(report: made.report, read: folder.required).detail()
      )
    }
  }

  // MARK: - Keeping the transcript

  /// Runs one check; its error becomes the detail.
  @discardableResult mutating func check<Value>(
    _ name: String, _ body: (TrialFolder) throws -> (Value, String)
  ) -> Value? {
    do {
      let (value, detail) = try body(folder)
      checks.append(Verification.Check(name: name, ok: true, detail: detail))
      return value
    } catch {
      // Names within the folder are what a stranger sees; where it lies is the user's own affair.
      let detail = ((error as? any Refusal)?.message ?? "\(error)")
        .replacingOccurrences(of: folder.path + "/", with: "")
      checks.append(Verification.Check(name: name, ok: false, detail: detail))
      return nil
    }
  }

  mutating func note(_ name: String, _ detail: String) {
    checks.append(Verification.Check(name: name, ok: true, detail: detail))
  }

  mutating func skip(_ names: [String], _ reason: String) {
    for name in names {
      checks.append(
        Verification.Check(
          name: name, ok: false, detail: "cannot be checked, because \(reason) does not verify"))
    }
  }
}

extension TrialFolder {
  /// Verifies the folder from nothing but its files; never changes one.
  public func verify() -> Verification { Verifier.verify(self).verification }
}
