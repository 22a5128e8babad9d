import BlindRecord
import MerkleLog

/// Signs the journal's checkpoints, and remembers outside the database what it signed last.
///
/// The file `journal.checkpoint` holds the newest signed checkpoint. A database that does not contain
/// it was put back from a backup; signing on would make two histories, so nothing is signed.
struct Recorder: Sendable {
  private let origin: String
  private let verifierKey: String
  private let signer: NoteSigner

  /// The recorder of a trial, from its secret seed.
  ///
  /// - Throws: `otherKey` when the manifest names another key.
  init(_ manifest: Manifest, seed: [UInt8]) throws(JournalError) {
    let name = String(manifest.recorderKey.prefix { $0 != "+" })
    guard let signer = try? NoteSigner(name: name, seed: seed),
      signer.verifierKey == manifest.recorderKey
    else { throw .otherKey }
    self.signer = signer
    origin = manifest.journalOrigin
    verifierKey = manifest.recorderKey
  }

  /// The recorder of a trial, from `recorder.key`.
  init(_ manifest: Manifest, in files: TrialFiles) throws(JournalError) {
    let text = String(decoding: try files.read(TrialFiles.key), as: UTF8.self)
    let line = text.hasSuffix("\n") ? String(text.dropLast()) : text
    guard let seed = SeedText.decode(line) else { throw .unreadableKey }
    try self.init(manifest, seed: seed)
  }

  /// The text of `recorder.key`.
  static func keyText(_ seed: [UInt8]) -> [UInt8] { SeedText.encode(seed) }

  /// The signed checkpoint of a tree.
  func sign(_ tree: Frontier) throws -> StoredHead {
    let head = Checkpoint(origin: origin, size: tree.size, root: tree.root)
    return StoredHead(size: head.size, root: head.root, note: try signer.sign(head.text))
  }

  /// The final note: the checkpoint, and as a further line the digest of the finished file.
  func signFinal(_ tree: Frontier, databaseDigest: String) throws -> String {
    let head = Checkpoint(origin: origin, size: tree.size, root: tree.root)
    return try signer.sign(head.text + Recorder.digestLine(databaseDigest) + "\n")
  }

  /// The line of the final note that names the finished file.
  static func digestLine(_ digest: String) -> String { "\(TrialFiles.database) sha256:\(digest)" }

  /// Refuses to go on when the entries are not an extension of what was signed last.
  ///
  /// A file that is missing, torn by a power failure, or of another key counts as absent: it guards
  /// against mistakes, while fraud is found by whoever holds an earlier checkpoint.
  func demandExtension(
    of recorded: RecordedEntries, heads: (Int) throws -> StoredHead?, in files: TrialFiles
  ) throws {
    let size = recorded.count
    if size > 0 {
      guard let stored = try heads(size), stored.root == recorded.frontier.root else {
        throw JournalError.treeHeadMismatch(size: size)
      }
    }
    guard let bytes = try? files.read(TrialFiles.head),
      let last = try? Checkpoint.verified(
        note: String(decoding: bytes, as: UTF8.self), key: verifierKey, origin: origin)
    else { return }
    // The usual case: nothing was added since, and no tree needs to be built.
    if last.size == size, last.root == recorded.frontier.root { return }
    guard last.size <= size,
      last.size == 0
        || MerkleTree(
          leafHashes: Array(recorded.leafHashes.prefix(last.size))
        ).root == last.root
    else { throw JournalError.restoredBackup(signed: last.size, found: size) }
  }
}
