public import BlindRecord
import MerkleLog
import OpenSSLCrypto
public import TrialDesign

/// A sealed trial: a manifest that all may read, and ciphertext.
///
/// Printing, interpolating, reflecting and dumping it show the manifest's identity and nothing else.
public struct SealedTrial: Sendable, CustomStringConvertible, CustomReflectable {
  /// Where the parts of a sealed trial lie in its folder.
  package enum Path {
    package static let key = "sealed/key.age"
    package static let share = "sealed/share.age"
    package static let timelock = "sealed/timelock.json"
    package static let commitment = "commitment.json"
    package static let beacon = "sealed/beacon.pem"
    package static let pulse = "sealed/pulse.json"
    package static let packing = "sealed/packing.age"
    package static func spares(slot: Int) -> String { "sealed/spares-\(padded(slot, 4)).age" }
    package static func envelope(slot: Int) -> String { "sealed/slot-\(padded(slot, 4)).age" }
    package static func card(slot: Int) -> String { "sealed/card-\(padded(slot, 4)).age" }
  }

  /// What a blinded participant may know.
  public let manifest: Manifest
  /// The bytes of `manifest.json`, which are what is committed to.
  public let manifestBytes: [UInt8]
  /// What was committed to before the draw.
  public let committed: CommittedSeal
  /// The ciphertext of every sealed file, by its path in the folder.
  package let sealedFiles: [String: [UInt8]]
  /// The files that are not as they were sealed, where the trial was read for an emergency.
  let faults: [String: SealError]

  /// The public value that took part in the draw.
  public let publicValue: PublicValue

  /// The protocol, as it was frozen.
  public var design: TrialProtocol { committed.design }

  init(
    manifest: Manifest, manifestBytes: [UInt8], committed: CommittedSeal,
    publicValue: PublicValue, sealedFiles: [String: [UInt8]], faults: [String: SealError] = [:]
  ) {
    self.manifest = manifest
    self.manifestBytes = manifestBytes
    self.committed = committed
    self.publicValue = publicValue
    self.sealedFiles = sealedFiles
    self.faults = faults
  }

  /// Reads a sealed trial back from its stored bytes, and checks all that can be checked unopened.
  ///
  /// - Parameters:
  ///   - manifestBytes: the bytes of `manifest.json`.
  ///   - protocolBytes: the bytes of `protocol.yaml`.
  ///   - read: gives the bytes of `commitment.json` or a sealed file by its path, `nil` where there is
  ///     none.
  /// - Throws: `FormatError` for an unreadable manifest, `SealError` for anything that is not as it
  ///   was sealed.
  public init(
    manifestBytes: [UInt8], protocolBytes: [UInt8], read: (String) throws -> [UInt8]?
  ) throws {
    try self.init(
      manifestBytes: manifestBytes, protocolBytes: protocolBytes, sparing: false, read: read)
  }

  /// Reads a sealed trial of which single slots have to be opened now.
  ///
  /// A sealed file that is damaged or missing closes nothing but itself; ``damage`` names it. Manifest,
  /// protocol and commitment must be whole: without them nobody knows what an envelope is worth.
  ///
  /// - Throws: as ``init(manifestBytes:protocolBytes:read:)``, but for sealed files.
  public init(
    emergency manifestBytes: [UInt8], protocolBytes: [UInt8], read: (String) throws -> [UInt8]?
  ) throws {
    try self.init(
      manifestBytes: manifestBytes, protocolBytes: protocolBytes, sparing: true, read: read)
  }

  private init(
    manifestBytes: [UInt8], protocolBytes: [UInt8], sparing: Bool,
    read: (String) throws -> [UInt8]?
  ) throws {
    let manifest = try Manifest(bytes: manifestBytes)
    guard contentDigest(protocolBytes) == manifest.commitments.protocolDigest else {
      throw SealError.protocolChanged
    }
    guard let commitmentBytes = try read(Path.commitment) else {
      throw SealError.missingFile(Path.commitment)
    }
    guard contentDigest(commitmentBytes) == manifest.commitments.commitment else {
      throw SealError.fileChanged(Path.commitment)
    }
    for path in manifest.commitments.sealedFiles.keys.sorted()
    where !path.hasPrefix("sealed/") || path.contains("..") {
      throw SealError.manifestDisagrees("the path of a sealed file")
    }
    let (files, faults) = try CommittedSeal.files(manifest.commitments.sealedFiles, read: read)
    if let fault = CommittedSeal.first(of: faults), !sparing { throw fault }
    let committed = try CommittedSeal(
      commitmentBytes: commitmentBytes, protocolBytes: protocolBytes, sparing: sparing,
      read: { files[$0] })
    try SealedTrial.compare(manifest, with: committed)
    let foreign = SealedRecipients.faults(in: files, of: committed.commitment)
    if let fault = CommittedSeal.first(of: foreign), !sparing { throw fault }
    let isUnproven = sparing && [Path.beacon, Path.pulse].contains { faults[$0] != nil }
    let value =
      isUnproven
      ? PublicValue.none
      : try PublicValue(
        stored: manifest.commitments.publicValue, rule: committed.commitment.mixing,
        read: { files[$0] })
    guard let value else {
      throw SealError.manifestDisagrees("a public value", with: Path.commitment)
    }
    self.init(
      manifest: manifest, manifestBytes: manifestBytes, committed: committed, publicValue: value,
      sealedFiles: files, faults: faults.merging(foreign) { missing, _ in missing })
  }

  /// What is wrong with the sealed files of a trial that was read for an emergency, by their paths.
  public var damage: [SealError] { faults.sorted { $0.key < $1.key }.map(\.value) }

  /// Whether the parts of a manifest that follow from the protocol do follow from it.
  private static func compare(
    _ manifest: Manifest, with committed: CommittedSeal
  ) throws(SealError) {
    let (design, kits) = (committed.design, manifest.schedule.occasions.map(\.kit))
    guard manifest.title == design.title else { throw .manifestDisagrees("a title") }
    guard manifest.schedule == schedule(of: design, kits: kits),
      kits.count == design.scheme.slotCount
    else { throw .manifestDisagrees("a schedule") }
    guard manifest.items == design.items, manifest.guessPrompt == design.guessPrompt else {
      throw .manifestDisagrees("a daily form")
    }
    guard manifest.safety == design.safety.forTheParticipant else {
      throw .manifestDisagrees("a safety part")
    }
    guard isPacking(manifest.packing, of: design) else {
      throw .manifestDisagrees("a packing part")
    }
    try compare(manifest, with: committed.commitment)
  }

  /// Whether the packing part has the numbers that the protocol gives; its codes follow from the seed.
  private static func isPacking(_ stated: Manifest.Packing?, of design: TrialProtocol) -> Bool {
    guard let part = design.packing else { return stated == nil }
    guard let stated else { return false }
    let slots = design.scheme.slotCount
    let isAlone = part.packer == .participant
    let filled = design.kitsToFillAlone(spares: part.spares).reduce(0, +)
    let kits = isAlone ? filled : slots + part.spares * design.arms.count
    let cups = part.matching.map { PackingPlan.labelCount(kits: 3 * $0.rounds) }
    return stated.by == part.packer.rawValue && stated.replacements == part.spares
      && stated.kits == kits && stated.matching?.rounds == part.matching?.rounds
      && stated.matching?.mostRight == part.matching?.mostRight
      && stated.spareKits?.count == (isAlone ? nil : stated.kits - slots)
      && stated.labels?.count == (isAlone ? PackingPlan.labelCount(kits: stated.kits) : nil)
      && stated.cups?.count == cups
  }

  /// Whether the manifest repeats what was committed to.
  private static func compare(
    _ manifest: Manifest, with commitment: SealCommitment
  ) throws(SealError) {
    let stated = manifest.commitments
    guard manifest.trial == commitment.trial, manifest.simulated == commitment.simulated else {
      throw .manifestDisagrees("an identity", with: Path.commitment)
    }
    guard stated.shareCommitment == commitment.shareCommitment,
      stated.protocolDigest == commitment.protocolDigest
    else { throw .manifestDisagrees("a commitment to a share", with: Path.commitment) }
    guard stated.custody == commitment.custody.kind.rawValue else {
      throw .manifestDisagrees("a custody", with: Path.commitment)
    }
    guard stated.mixing == commitment.mixing.name else {
      throw .manifestDisagrees("a public value", with: Path.commitment)
    }
    guard stated.abandonedSealings == commitment.abandonedSealings else {
      throw .manifestDisagrees("a count of abandoned sealings", with: Path.commitment)
    }
    guard commitment.committedAt.seconds <= manifest.sealedAt.seconds else {
      throw .manifestDisagrees("a sealing before the commitment", with: Path.commitment)
    }
    var expected = commitment.sealedFiles
    if case .beacon = commitment.mixing {
      expected[Path.pulse] = stated.sealedFiles[Path.pulse] ?? ""
    }
    if manifest.packing?.isAlone == true {
      expected[Path.packing] = stated.sealedFiles[Path.packing] ?? ""
    }
    let hasSpares = manifest.packing.map { $0.replacements > 0 } ?? false
    for slot in 1...manifest.schedule.occasions.count {
      let paths =
        [Path.envelope(slot: slot)] + (hasSpares ? [Path.spares(slot: slot)] : [])
        + (commitment.custody.second == .none ? [] : [Path.card(slot: slot)])
      for path in paths { expected[path] = stated.sealedFiles[path] ?? "" }
    }
    guard stated.sealedFiles == expected else {
      throw .manifestDisagrees("a list of sealed files", with: Path.commitment)
    }
  }

  /// The identity and size of the trial.
  public var description: String {
    "SealedTrial(\(manifest.trial), \(manifest.schedule.occasions.count) slots)"
  }

  /// The manifest and nothing else.
  public var customMirror: Mirror { Mirror(self, children: ["manifest": manifest]) }
}

extension SealedTrial {
  /// The armored age file that gives one slot's arm to the holder of the second key.
  ///
  /// - Returns: `nil` where there is no second key, or no such slot.
  public func emergencyCard(slot: Int) -> [UInt8]? { sealedFiles[Path.card(slot: slot)] }
}
