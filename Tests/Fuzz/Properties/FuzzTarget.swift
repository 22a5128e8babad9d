/// What is fuzzed: each reader of bytes that come from outside, with what must hold of it.
///
/// The same checks run under libFuzzer (`make fuzz`) and, over the corpus, in the ordinary tests.
package enum FuzzTarget: String, CaseIterable, Sendable {
  /// An age file: header and payload, opened with a fixed identity and a fixed passphrase.
  case age
  /// The ASCII armor of an age file.
  case armor
  /// The text forms of age keys.
  case key
  /// A signed note, read with a fixed key.
  case note
  /// The text of a checkpoint.
  case checkpoint
  /// Inclusion and consistency proofs of small trees, bent by the bytes.
  case proof
  /// The JSON of a receipt.
  case receipt
  /// `manifest.json`.
  case manifest
  /// `protocol.yaml`.
  case trialProtocol = "protocol"
  /// The design file of an open data set.
  case design
  /// The bytes of a journal entry, and the rules it is held to.
  case entry
  /// `unblinding.json` over a fixed sealed trial and its locked record.
  case unblinding
  /// `code-breaks/slot-NNNN.json` of the same trial.
  case codeBreak = "code-break"
  /// `commitment.json`.
  case commitment
  /// A beacon's pulse, against the certificate of the vectors.
  case pulse
  /// A timestamp request, and an authority's answer to one.
  case timestamp
  /// `sealed/timelock.json`.
  case timeLock = "time-lock"
  /// What a solver of a time lock keeps.
  case progress
  /// A checkpoint line as a helper sends it back.
  case line
  /// What a custodian hands over: the opened share, an opened envelope.
  case opened
  /// The table of an open data set, and the analysis of what was read.
  case table
  /// The plan and the table of a study, with a line between them, and its analysis.
  case study

  /// Reads some bytes as this target does, and checks what must hold afterwards.
  ///
  /// - Throws: ``BrokenProperty`` when something that must hold does not. Bytes that are refused, as
  ///   most are, are no fault.
  package func check(_ bytes: [UInt8]) throws(BrokenProperty) {
    switch self {
    case .age: try AgeProperties.checkFile(bytes)
    case .armor: try AgeProperties.checkArmor(bytes)
    case .key: try AgeProperties.checkKey(bytes)
    case .note: try LogProperties.checkNote(bytes)
    case .checkpoint: try LogProperties.checkCheckpoint(bytes)
    case .proof: try ProofProperties.check(bytes)
    case .receipt: try LogProperties.checkReceipt(bytes)
    case .manifest: try RecordProperties.checkManifest(bytes)
    case .trialProtocol: try DesignProperties.checkProtocol(bytes)
    case .design: try DesignProperties.checkDesign(bytes)
    case .entry: try RecordProperties.checkEntry(bytes)
    case .unblinding: try RecordProperties.checkUnblinding(bytes)
    case .codeBreak: try RecordProperties.checkCodeBreak(bytes)
    case .commitment: try SealProperties.checkCommitment(bytes)
    case .pulse: try SealProperties.checkPulse(bytes)
    case .timestamp: try SealProperties.checkTimestamp(bytes)
    case .timeLock: try SealProperties.checkTimeLock(bytes)
    case .progress: try SealProperties.checkProgress(bytes)
    case .line: try SealProperties.checkLine(bytes)
    case .opened: try SealProperties.checkOpened(bytes)
    case .table: try TableProperties.check(bytes)
    case .study: try StudyProperties.check(bytes)
    }
  }
}

/// Something that must hold and does not: what libFuzzer reports as a crash.
package struct BrokenProperty: Error, CustomStringConvertible {
  /// What was found.
  package let description: String

  init(_ description: String) { self.description = description }
}

/// Demands that something holds.
func hold(_ condition: Bool, _ otherwise: @autoclosure () -> String) throws(BrokenProperty) {
  guard condition else { throw BrokenProperty(otherwise()) }
}

/// A number that follows from some bytes: checks that cost much are made for some inputs only, and
/// always for the same ones (FNV-1a).
func fingerprint(_ bytes: [UInt8]) -> UInt64 {
  bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
}
