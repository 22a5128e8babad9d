import BlindRecord
import Foundation
public import TrialDesign
import TrialJournal
public import TrialSeal

/// A trial on disk: a folder whose files are named in Documentation/Specifications/folder.md.
///
/// Reading never changes a file; writing is whole or not at all. Folders have mode 0700 and files
/// 0600.
public struct TrialFolder: Sendable {
  /// The names of the files at the top of the folder.
  public enum Name {
    /// The protocol, as sealed.
    public static let design = "protocol.yaml"
    /// What was promised before the draw.
    public static let commitment = "commitment.json"
    /// What a blinded participant may know.
    public static let manifest = "manifest.json"
    /// The journal.
    public static let journal = "journal.sqlite"
    /// The journal's newest checkpoint; after the lock the final one.
    public static let checkpoint = "journal.checkpoint"
    /// The recorder's signing key; only during the blind phase.
    public static let recorderKey = "recorder.key"
    /// The key of packing alone; only until packing is finished.
    public static let packingKey = "packing.key"
    /// Who gets the kit list, until the record has it.
    public static let kitListNote = "kit-list.json"
    /// What packing alone keeps meanwhile.
    public static let packing = "packing"
    /// What was opened.
    public static let unblinding = "unblinding.json"
    /// What was found in the spares.
    public static let audit = "audit.json"
    /// The digest of every other file, in the format of `sha256sum`.
    public static let sums = "SHA256SUMS"
    /// The sealed files.
    public static let sealed = "sealed"
    /// Slots that were opened in an emergency.
    public static let codeBreaks = "code-breaks"
    /// What witnesses have said.
    public static let witness = "witness"
  }

  /// The folder's path.
  public let path: String

  /// A folder at a path, which need not exist yet.
  public init(path: String) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// The protocol that lies in the folder, sealed or not.
  ///
  /// - Throws: `FolderError`; every fault of the protocol.
  public func design() throws -> TrialProtocol {
    try TrialProtocol(bytes: required(Name.design), file: Name.design)
  }

  /// The sealed trial, with all that can be checked unopened.
  ///
  /// - Throws: `FolderError`, `FormatError`, `SealError`.
  public func sealedTrial() throws -> SealedTrial {
    try SealedTrial(
      manifestBytes: required(Name.manifest), protocolBytes: required(Name.design),
      read: { try read($0) })
  }

  /// The sealed trial for an emergency: a damaged sealed file closes nothing but itself.
  ///
  /// - Throws: `FolderError`, `FormatError`, `SealError`.
  public func sealedTrialInEmergency() throws -> SealedTrial {
    try SealedTrial(
      emergency: required(Name.manifest), protocolBytes: required(Name.design),
      read: { path in
        // A file that cannot be read is as good as none.
        try path.hasPrefix(Name.sealed + "/") ? try? read(path) : read(path)
      })
  }

  /// Whether the folder holds a sealed trial.
  public var isSealed: Bool { exists(Name.manifest) }

  /// The code breaks that were made, each verified.
  public func codeBreaks(of trial: SealedTrial) throws -> [CodeBreak] {
    try codeBreakPaths().map { try codeBreak($0, of: trial) }
  }

  /// The code breaks that verify, and what is wrong with the others; for an emergency.
  public func intactCodeBreaks(
    of trial: SealedTrial
  ) throws -> (opened: [CodeBreak], faults: [any Error]) {
    var opened: [CodeBreak] = []
    var faults: [any Error] = []
    for path in try codeBreakPaths() {
      do { opened.append(try codeBreak(path, of: trial)) } catch { faults.append(error) }
    }
    return (opened, faults)
  }

  private func codeBreakPaths() throws -> [String] {
    try files().filter { $0.hasPrefix(Name.codeBreaks + "/") }.sorted()
  }

  private func codeBreak(_ path: String, of trial: SealedTrial) throws -> CodeBreak {
    let opened = try CodeBreak(file: required(path), path: path, of: trial)
    guard path == TrialFolder.codeBreakPath(slot: opened.slot) else {
      throw FormatError(
        path, found: "the code break of slot \(opened.slot)", expected: "the slot of its name")
    }
    return opened
  }

  /// Where the code break of a slot is kept.
  static func codeBreakPath(slot: Int) -> String {
    "\(Name.codeBreaks)/slot-\(padded(slot, 4)).json"
  }

  /// The unblinding that was made, with every check made again.
  ///
  /// - Throws: `FolderError`, `FormatError`, `SealError`, `UnblindingError`, `JournalError`.
  public func unblinding() throws -> Unblinding {
    let trial = try sealedTrial()
    return try Unblinding(
      file: required(Name.unblinding), of: trial, over: Journal.lockedRecord(in: path),
      codeBreaks: codeBreaks(of: trial))
  }
}
