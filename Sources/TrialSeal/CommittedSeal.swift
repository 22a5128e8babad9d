import BlindRecord
import MerkleLog
import OpenSSLCrypto
public import TrialDesign

/// A sealing whose share is drawn, hidden and committed to, and nothing else yet.
///
/// The schedule follows when the public value is known: `draw(with:publicValue:sealedAt:)`. Until
/// then everything is on the disk that is needed to go on, so a crash, or a night, may lie between.
public struct CommittedSeal: Sendable, CustomStringConvertible, CustomReflectable {
  /// What was committed to.
  public let commitment: SealCommitment
  /// The bytes of `commitment.json`, which are what is shown.
  public let commitmentBytes: [UInt8]
  /// The protocol, as it was frozen.
  public let design: TrialProtocol
  /// The sealed share and the files of the custody, by their paths in the folder.
  package let sealedFiles: [String: [UInt8]]
  /// The files that are not as they were sealed, where the seal was read for an emergency.
  let faults: [String: SealError]

  /// Draws a share, hides it and commits to it (seal.md, section 2).
  ///
  /// - Parameters:
  ///   - design: the protocol, frozen from here on.
  ///   - custody: who can open the seal.
  ///   - second: a second key.
  ///   - mixing: which public value will take part in the draw.
  ///   - certificate: the certificate of the beacon, where the rule names one.
  ///   - circumstances: when it happens, and what has to be said about it.
  /// - Returns: the committed seal, and the key to it for a draw in the same sitting.
  /// - Throws: `SealError.sameKeyTwice`; an error of libcrypto.
  public static func make(
    _ design: TrialProtocol, custody: Custody, second: SecondKey = .none,
    mixing: MixingRule = .none, certificate: [UInt8]? = nil,
    circumstances: SealedTrial.Circumstances
  ) throws -> (seal: CommittedSeal, key: OpenedKey) {
    var opened = SealedShare(
      trial: try identity(circumstances.simulation),
      share: try freshShare(circumstances.simulation))
    defer { opened.clear() }
    let trial = opened.trial
    var lock = try CustodyLock(custody)
    if let recipient = second.recipient {
      guard !lock.terms.contains(recipient) else { throw SealError.sameKeyTwice }
      lock.recipients.append(recipient)
    }
    if case .beacon(let rule) = mixing {
      guard rule.seconds > circumstances.sealedAt.seconds else { throw SealError.beaconHasPassed }
      lock.files[SealedTrial.Path.beacon] = certificate ?? []
    }
    var text = opened.bytes
    defer { wipe(&text) }
    lock.files[SealedTrial.Path.share] = try AgeFile.encrypt(text, to: lock.recipients)
    let protocolDigest = sha256(design.bytes)
    let commitment = SealCommitment(
      trial: Hex.encode(trial), simulated: circumstances.simulation != nil,
      committedAt: circumstances.sealedAt, clockIsSet: circumstances.clockIsSet,
      abandonedSealings: circumstances.abandonedSealings,
      protocolDigest: Hex.encode(protocolDigest),
      shareCommitment: Hex.encode(
        Plan.commitment(to: opened.share, protocolDigest: protocolDigest)),
      mixing: mixing,
      custody: SealCommitment.Custody(
        kind: custody.kind, second: second.kind, recipients: lock.recipients.map(\.text),
        helpers: lock.threshold?.helpers.map(\.text), needed: lock.threshold?.needed),
      sealedFiles: lock.files.mapValues(contentDigest))
    let seal = CommittedSeal(
      commitment: commitment,
      commitmentBytes: try CommittedJSON.encode(commitment, endsLine: true), design: design,
      sealedFiles: lock.files, faults: [:])
    return (seal, OpenedKey(trial: commitment.trial, content: .share(try opened.protected())))
  }

  /// Reads it back from its stored bytes, and checks all that can be checked unopened.
  ///
  /// - Parameters:
  ///   - commitmentBytes: the bytes of `commitment.json`.
  ///   - protocolBytes: the bytes of `protocol.yaml`.
  ///   - read: gives the bytes of a sealed file by its path, `nil` where there is none.
  /// - Throws: `FormatError`, `SealError`.
  public init(
    commitmentBytes: [UInt8], protocolBytes: [UInt8], read: (String) throws -> [UInt8]?
  ) throws {
    try self.init(
      commitmentBytes: commitmentBytes, protocolBytes: protocolBytes, sparing: false, read: read)
  }

  /// - Parameter sparing: whether a sealed file that is not as it was sealed is noted, not refused.
  init(
    commitmentBytes: [UInt8], protocolBytes: [UInt8], sparing: Bool,
    read: (String) throws -> [UInt8]?
  ) throws {
    let commitment = try SealCommitment(bytes: commitmentBytes)
    guard contentDigest(protocolBytes) == commitment.protocolDigest else {
      throw SealError.protocolChanged
    }
    let design = try TrialProtocol(bytes: protocolBytes, file: "protocol.yaml")
    guard Hex.decode(commitment.trial)?.count == 8 else {
      throw SealError.commitmentDisagrees("an identity")
    }
    var (files, faults) = try CommittedSeal.files(commitment.sealedFiles, read: read)
    faults.merge(SealedRecipients.faults(in: files, of: commitment)) { one, _ in one }
    if let fault = CommittedSeal.first(of: faults), !sparing { throw fault }
    if let puzzle = files[SealedTrial.Path.timelock] { _ = try TimeLockPuzzle(file: puzzle) }
    self.init(
      commitment: commitment, commitmentBytes: commitmentBytes, design: design,
      sealedFiles: files, faults: faults)
  }

  private init(
    commitment: SealCommitment, commitmentBytes: [UInt8], design: TrialProtocol,
    sealedFiles: [String: [UInt8]], faults: [String: SealError]
  ) {
    self.commitment = commitment
    self.commitmentBytes = commitmentBytes
    self.design = design
    self.sealedFiles = sealedFiles
    self.faults = faults
  }

  /// The named files that have the digest they must have, and what is wrong with the others.
  static func files(
    _ digests: [String: String], read: (String) throws -> [UInt8]?
  ) throws -> (intact: [String: [UInt8]], faults: [String: SealError]) {
    var intact: [String: [UInt8]] = [:]
    var faults: [String: SealError] = [:]
    for (path, digest) in digests {
      let bytes = try read(path)
      switch bytes {
      case nil: faults[path] = .missingFile(path)
      case let bytes? where contentDigest(bytes) == digest: intact[path] = bytes
      default: faults[path] = .fileChanged(path)
      }
    }
    return (intact, faults)
  }

  /// The fault of the first path in their order.
  static func first(of faults: [String: SealError]) -> SealError? {
    faults.min { $0.key < $1.key }?.value
  }

  /// A sealed file that is needed.
  func file(_ path: String) throws(SealError) -> [UInt8] {
    guard let bytes = sealedFiles[path] else { throw faults[path] ?? .missingFile(path) }
    return bytes
  }

  /// One line for a witness.
  public var line: String {
    SealCommitment.line(trial: commitment.trial, bytes: commitmentBytes)
  }

  /// The beacon's certificate, where the rule names one.
  public var beaconCertificate: [UInt8]? { sealedFiles[SealedTrial.Path.beacon] }

  /// The public keys that share and envelopes are sealed to.
  var recipients: [AgeRecipient] {
    get throws(AgeError) {
      var recipients: [AgeRecipient] = []
      for text in commitment.custody.recipients { recipients.append(try AgeRecipient(text)) }
      return recipients
    }
  }

  /// The puzzle of custody `timelock`.
  public var puzzle: TimeLockPuzzle? {
    sealedFiles[SealedTrial.Path.timelock].flatMap { try? TimeLockPuzzle(file: $0) }
  }

  /// 8 public bytes from the system, or for a demonstration from its number.
  private static func identity(_ simulation: Int?) throws -> [UInt8] {
    guard let simulation else { return try randomBytes(8) }
    return Array(sha256(Array("selfblind/simulation-identity/v1\0\(simulation)".utf8)).prefix(8))
  }

  /// 32 bytes from the system, or for a demonstration from its number.
  private static func freshShare(_ simulation: Int?) throws -> [UInt8] {
    guard let simulation else { return try randomBytes(32) }
    return sha256(Array("selfblind/simulation/v1\0\(simulation)".utf8))
  }

  /// The trial's identity.
  public var description: String { "CommittedSeal(\(commitment.trial))" }
  /// The commitment and nothing else.
  public var customMirror: Mirror { Mirror(self, children: ["commitment": commitment]) }
}

/// How a custody locks a key away: whom share and envelopes are sealed to, and the files for it.
private struct CustodyLock {
  var recipients: [AgeRecipient] = []
  var files: [String: [UInt8]] = [:]
  var threshold: HelperThreshold?

  init(_ custody: Custody) throws {
    switch custody {
    case .recipient(let given): recipients = [given]
    case .passphrase(let passphrase, let workFactor):
      try lock(passphrase: passphrase, workFactor: workFactor)
    case .envelope(let paper, let workFactor):
      try lock(passphrase: paper.bytes, workFactor: workFactor)
    case .threshold(let threshold):
      self.threshold = threshold
      files = try withNewKey { try threshold.seal($0) }
    case .timelock(let seconds, let rate):
      let (puzzle, identity) = try TimeLockPuzzle.make(seconds: seconds, rate: rate)
      recipients = [identity.recipient]
      files = [SealedTrial.Path.timelock: try puzzle.fileBytes()]
    }
  }

  /// The keys that open it, helpers of a threshold too.
  var terms: [AgeRecipient] { recipients + (threshold?.helpers ?? []) }

  private mutating func lock(passphrase: [UInt8], workFactor: Int) throws {
    files[SealedTrial.Path.key] = try withNewKey {
      try AgeFile.encrypt($0, passphrase: passphrase, logN: workFactor)
    }
  }

  /// Makes a key for this trial, as the text of an identity file, which is overwritten afterwards.
  private mutating func withNewKey<Hidden>(_ hide: ([UInt8]) throws -> Hidden) throws -> Hidden {
    let identity = try AgeIdentity.generate()
    recipients = [identity.recipient]
    var secret = identity.fileBytes
    defer { wipe(&secret) }
    return try hide(secret)
  }
}
