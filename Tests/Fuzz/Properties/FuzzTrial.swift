import BlindRecord
import Foundation
import MerkleLog
import TrialArchive
import TrialDesign
import TrialJournal
import TrialSeal
import TrialTestSupport

/// The finished trial that `unblinding`, `code-break` and `entry` are read against.
///
/// Under libFuzzer it lies in the folder that `SELFBLIND_FUZZ_TRIAL` names, so that what an earlier
/// run found still fits; elsewhere it is made anew.
package struct FuzzTrial: Sendable {
  /// Bytes of its files, by target.
  let seeds: [FuzzTarget: [[UInt8]]]
  let trial: SealedTrial
  let record: LockedRecord
  let unblinding: [UInt8]
  let codeBreak: [UInt8]
  static let codeBreakPath = "code-breaks/slot-0002.json"

  /// The trial of this process.
  static let current = Result {
    if let path = ProcessInfo.processInfo.environment["SELFBLIND_FUZZ_TRIAL"] {
      return try FuzzTrial(TrialFolder(path: path))
    }
    let sample = try SampleTrial.eventful()
    return try withExtendedLifetime(sample) { try FuzzTrial(sample.folder) }
  }

  /// The trial of this process.
  package static func get() throws(BrokenProperty) -> FuzzTrial {
    do { return try current.get() } catch { throw BrokenProperty("no trial: \(error)") }
  }

  /// Makes the trial in a folder that does not exist yet.
  package static func make(at path: String) throws {
    let sample = try SampleTrial.eventful()
    try withExtendedLifetime(sample) {
      try FileManager.default.copyItem(atPath: sample.folder.path, toPath: path)
    }
  }

  /// Reads what is needed of a finished trial.
  init(_ folder: TrialFolder) throws {
    func bytes(_ name: String) throws -> [UInt8] {
      guard let bytes = try folder.read(name) else { throw BrokenProperty("no \(name)") }
      return bytes
    }
    trial = try folder.sealedTrial()
    record = try Journal.lockedRecord(in: folder.path)
    unblinding = try bytes(TrialFolder.Name.unblinding)
    codeBreak = try bytes(FuzzTrial.codeBreakPath)
    let opened = try CodeBreak(file: codeBreak, path: FuzzTrial.codeBreakPath, of: trial)
    let key = try AgeIdentity(
      file: AgeFile.decrypt(bytes("sealed/key.age"), passphrase: SampleTrial.passphrase))
    seeds = [
      .commitment: [trial.committed.commitmentBytes],
      .line: [Array(try Journal.open(in: folder.path, for: .reading).checkpointLine().text.utf8)],
      .opened: try ["share", "slot-0002"].map {
        try AgeFile.decrypt(bytes("sealed/\($0).age"), with: [key])
      },
      .manifest: [trial.manifestBytes], .trialProtocol: [trial.design.bytes],
      .entry: record.entryBytes, .unblinding: [unblinding], .codeBreak: [codeBreak],
      .receipt: [try CommittedJSON.encode(opened.receipt)],
    ]
  }
}
