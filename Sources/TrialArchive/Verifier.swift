import BlindRecord
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
  private let folder: TrialFolder
  private var checks: [Verification.Check] = []

  private init(_ folder: TrialFolder) { self.folder = folder }

  static func verify(_ folder: TrialFolder) -> Verification {
    var verifier = Verifier(folder)
    verifier.run()
    return Verification(checks: verifier.checks)
  }

  private mutating func run() {
    let isFinished = folder.exists(TrialFolder.Name.unblinding)
    if isFinished || folder.exists(TrialFolder.Name.sums) { checkSums() }
    guard let trial = checkSeal() else { return skip(["journal", "draw", "report"], "the seal") }
    let record = checkJournal(of: trial)
    let codeBreaks = checkCodeBreaks(of: trial)
    guard isFinished else {
      return note("draw", "not opened yet: the allocation is still sealed")
    }
    guard let record, let codeBreaks else { return skip(["draw", "report"], "the journal") }
    guard let unblinding = checkDraw(of: trial, record: record, codeBreaks: codeBreaks) else {
      return skip(["report"], "the draw")
    }
    checkReport(of: unblinding)
  }

  // MARK: - The checks, in order

  private mutating func checkSums() {
    check("files") { folder in
      guard let stored = try folder.read(TrialFolder.Name.sums) else {
        throw FolderError(folder.full(TrialFolder.Name.sums), "read", 2)
      }
      let sums = try Sums(of: folder)
      let differences = sums.differences(from: stored)
      guard differences.isEmpty else {
        throw FormatError(
          "files", found: differences.joined(separator: "; "),
          expected: "every file as listed in \(TrialFolder.Name.sums)")
      }
      return ((), "\(sums.digests.count) files have the digests in \(TrialFolder.Name.sums)")
    }
  }

  private mutating func checkSeal() -> SealedTrial? {
    check("seal") { folder in
      let trial = try folder.sealedTrial()
      let count = trial.manifest.commitments.sealedFiles.count
      let abandoned = trial.manifest.commitments.abandonedSealings
      return (
        trial,
        "protocol.yaml and \(count) sealed files are those of manifest.json, trial "
          + "\(trial.manifest.trial), custody \(trial.manifest.commitments.custody)"
          + (abandoned == 0 ? "" : ", \(abandoned) earlier sealings abandoned")
          + (trial.manifest.simulated ? ", a simulated participant" : "")
      )
    }
  }

  private mutating func checkJournal(of trial: SealedTrial) -> LockedRecord? {
    let isLocked = folder.exists(TrialFolder.Name.sums)
    guard isLocked || folder.exists(TrialFolder.Name.unblinding) else {
      check("journal") { folder in
        let entries = try Journal.open(in: folder.path, for: .reading).entries()
        return ((), "\(entries.count) entries under a signed checkpoint, not locked yet")
      }
      return nil
    }
    return check("journal") { folder in
      let record = try Journal.lockedRecord(in: folder.path)
      try Unblinding.check(record, against: trial)
      let root = Hex.encode(MerkleTree(leaves: record.entryBytes).root)
      return (
        record, "\(record.entries.count) entries have the signed root \(root.prefix(16))…, locked"
      )
    }
  }

  private mutating func checkCodeBreaks(of trial: SealedTrial) -> [CodeBreak]? {
    check("code breaks") { folder in
      let opened = try folder.codeBreaks(of: trial)
      let slots = opened.map { String($0.slot) }.joined(separator: ", ")
      return (
        opened,
        opened.isEmpty
          ? "none" : "slots \(slots), each announced in the journal and committed to"
      )
    }
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

  private mutating func checkReport(of unblinding: Unblinding) {
    guard folder.exists(ReportFile.json.rawValue) else {
      return note("report", "none was written yet")
    }
    check("report") { folder in
      let report = try Report(TrialResult(unblinding))
      return ((), try ReportComparison(report: report, read: folder.required).detail())
    }
  }

  // MARK: - Keeping the transcript

  /// Runs one check; its error becomes the detail.
  @discardableResult private mutating func check<Value>(
    _ name: String, _ body: (TrialFolder) throws -> (Value, String)
  ) -> Value? {
    do {
      let (value, detail) = try body(folder)
      checks.append(Verification.Check(name: name, ok: true, detail: detail))
      return value
    } catch {
      let detail = (error as? any Refusal)?.message ?? "\(error)"
      checks.append(Verification.Check(name: name, ok: false, detail: detail))
      return nil
    }
  }

  private mutating func note(_ name: String, _ detail: String) {
    checks.append(Verification.Check(name: name, ok: true, detail: detail))
  }

  private mutating func skip(_ names: [String], _ reason: String) {
    for name in names {
      checks.append(
        Verification.Check(
          name: name, ok: false, detail: "cannot be checked, because \(reason) does not verify"))
    }
  }
}

extension TrialFolder {
  /// Verifies the folder from nothing but its files; never changes one.
  public func verify() -> Verification { Verifier.verify(self) }
}
