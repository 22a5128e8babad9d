/// A record to which nothing can be added any more: what unblinding demands.
///
/// Only a journal makes one, from its locked state; the bytes and the signed checkpoint are carried
/// along so that whoever takes a locked record can recompute its root without trusting the journal.
public struct LockedRecord: Sendable {
  /// The stored bytes of `manifest.json` that the journal was opened with.
  public let manifestBytes: [UInt8]
  /// What the manifest says.
  public let manifest: Manifest
  /// The stored bytes of every entry, in order; these are the leaves of the journal's tree.
  public let entryBytes: [[UInt8]]
  /// What the entries say, in the same order.
  public let entries: [JournalEntry]
  /// The final checkpoint, a C2SP signed note over size and root.
  public let checkpoint: String

  package init(
    manifestBytes: [UInt8], manifest: Manifest, entryBytes: [[UInt8]], entries: [JournalEntry],
    checkpoint: String
  ) {
    self.manifestBytes = manifestBytes
    self.manifest = manifest
    self.entryBytes = entryBytes
    self.entries = entries
    self.checkpoint = checkpoint
  }
}
