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
    package static func envelope(slot: Int) -> String { "sealed/slot-\(padded(slot, 4)).age" }
  }

  /// What a blinded participant may know.
  public let manifest: Manifest
  /// The bytes of `manifest.json`, which are what is committed to.
  public let manifestBytes: [UInt8]
  /// The protocol, as it was frozen.
  public let design: TrialProtocol
  /// The ciphertext of every sealed file, by its path in the folder.
  package let sealedFiles: [String: [UInt8]]

  init(
    manifest: Manifest, manifestBytes: [UInt8], design: TrialProtocol,
    sealedFiles: [String: [UInt8]]
  ) {
    self.manifest = manifest
    self.manifestBytes = manifestBytes
    self.design = design
    self.sealedFiles = sealedFiles
  }

  /// Reads a sealed trial back from its stored bytes, and checks all that can be checked unopened.
  ///
  /// - Parameters:
  ///   - manifestBytes: the bytes of `manifest.json`.
  ///   - protocolBytes: the bytes of `protocol.yaml`.
  ///   - read: gives the bytes of a sealed file by its path, `nil` where there is none.
  /// - Throws: `FormatError` for an unreadable manifest, `SealError` for anything that is not as it
  ///   was sealed.
  public init(
    manifestBytes: [UInt8], protocolBytes: [UInt8], read: (String) throws -> [UInt8]?
  ) throws {
    let manifest = try Manifest(bytes: manifestBytes)
    guard contentDigest(protocolBytes) == manifest.commitments.protocolDigest else {
      throw SealError.protocolChanged
    }
    let design = try TrialProtocol(bytes: protocolBytes, file: "protocol.yaml")
    var files: [String: [UInt8]] = [:]
    for (path, digest) in manifest.commitments.sealedFiles.sorted(by: { $0.key < $1.key }) {
      guard path.hasPrefix("sealed/"), !path.contains("..") else {
        throw SealError.manifestDisagrees("the path of a sealed file")
      }
      guard let bytes = try read(path) else { throw SealError.missingFile(path) }
      guard contentDigest(bytes) == digest else { throw SealError.fileChanged(path) }
      files[path] = bytes
    }
    try SealedTrial.compare(manifest, with: design)
    self.init(
      manifest: manifest, manifestBytes: manifestBytes, design: design, sealedFiles: files)
  }

  /// Whether the parts of a manifest that follow from the protocol do follow from it.
  private static func compare(_ manifest: Manifest, with design: TrialProtocol) throws(SealError) {
    let kits = manifest.schedule.occasions.map(\.kit)
    guard Hex.decode(manifest.trial)?.count == 8 else { throw .manifestDisagrees("an identity") }
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
    guard manifest.commitments.mixing == "none" else { throw .manifestDisagrees("a mixing rule") }
    guard manifest.commitments.abandonedSealings >= 0 else {
      throw .manifestDisagrees("a count of abandoned sealings")
    }
    var expected = Set((1...kits.count).map { Path.envelope(slot: $0) } + [Path.share])
    switch manifest.commitments.custody {
    case "self": expected.insert(Path.key)
    case "helper": break
    default: throw .manifestDisagrees("a custody")
    }
    guard Set(manifest.commitments.sealedFiles.keys) == expected else {
      throw .manifestDisagrees("a list of sealed files")
    }
  }

  /// The identity and size of the trial.
  public var description: String {
    "SealedTrial(\(manifest.trial), \(manifest.schedule.occasions.count) slots)"
  }

  /// The manifest and nothing else.
  public var customMirror: Mirror { Mirror(self, children: ["manifest": manifest]) }
}
