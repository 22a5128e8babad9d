package import BlindRecord
import MerkleLog

/// What a stranger can say of a journal that is not finished, from the folder alone.
package struct RunningRecord: Sendable {
  /// Every entry, in order.
  package let entries: [JournalEntry]
  /// The leaf hashes of the entries, in order.
  package let leafHashes: [[UInt8]]
  /// Whether the locked entry is written.
  package let isLocked: Bool
  /// Whether `recorder.key` is there; a copy that was given away may lack it.
  package let hasKey: Bool
}

extension Journal {
  /// Reads a running journal and checks all that a locked one is checked for, but the lock.
  ///
  /// Every head must be that of its entries and the last one signed; `journal.checkpoint` must be a
  /// signed head that the entries extend; `recorder.key`, if it is there, the key of the manifest.
  /// The recorder takes an unreadable `journal.checkpoint` for an absent one, because a power failure
  /// may tear it; here it is named.
  ///
  /// - Throws: `JournalError` naming the first thing that is wrong; `FormatError` for a manifest that
  ///   cannot be read.
  package static func runningRecord(in folder: String) throws -> RunningRecord {
    let files = TrialFiles(folder: folder)
    // Read first: what another program adds meanwhile extends it.
    let published = files.exists(TrialFiles.head) ? try files.read(TrialFiles.head) : nil
    let journal = try Journal.open(in: folder, for: .reading)
    let manifest = journal.manifest
    let (recorded, heads) = try journal.reading { recorded, database in
      (recorded, try JournalDatabase.heads(database, from: 0))
    }
    try checkRules(recorded, manifest)
    try checkHeads(heads, recorded)
    guard let last = heads.last else { throw JournalError.treeHeadMismatch(size: recorded.count) }
    _ = try checkpoint(last.note, "the last checkpoint of journal.sqlite", manifest, recorded)
    let hasKey = files.exists(TrialFiles.key)
    if hasKey { _ = try Recorder(manifest, in: files) }
    if recorded.rules.isLocked, !hasKey {
      try checkFinalNote(files, manifest, recorded)
    } else {
      try checkPublishedHead(published, manifest, recorded)
    }
    return RunningRecord(
      entries: recorded.entries, leafHashes: recorded.leafHashes,
      isLocked: recorded.rules.isLocked, hasKey: hasKey)
  }

  /// Whether `journal.checkpoint` is a signed head of these entries, or of some first ones.
  private static func checkPublishedHead(
    _ published: [UInt8]?, _ manifest: Manifest, _ recorded: RecordedEntries
  ) throws(JournalError) {
    guard let published else {
      // It follows the entry: a crash between them leaves the one before, and for the opening none.
      guard recorded.count == 1 else { throw .missingFile(TrialFiles.head) }
      return
    }
    let head: Checkpoint
    do {
      head = try Checkpoint.verified(
        note: String(decoding: published, as: UTF8.self), key: manifest.recorderKey,
        origin: manifest.journalOrigin)
    } catch {
      throw JournalError.badCheckpoint(TrialFiles.head, reason: "\(error)")
    }
    guard head.extensions.isEmpty || recorded.rules.isLocked else {
      throw JournalError.badCheckpoint(
        TrialFiles.head, reason: "found a final note, and the journal is not locked")
    }
    guard head.size <= recorded.count,
      MerkleTree(leafHashes: Array(recorded.leafHashes.prefix(head.size))).root == head.root
    else { throw JournalError.restoredBackup(signed: head.size, found: recorded.count) }
  }
}
