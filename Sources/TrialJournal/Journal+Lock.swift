public import BlindRecord
import GRDB
import MerkleLog
import Synchronization

extension Journal {
  /// The steps of a lock after which a crash may come; the next `lock` goes on from there.
  package enum LockStep: Sendable, CaseIterable {
    /// The locked entry is committed.
    case committed
    /// The database is one file.
    case merged
    /// The final checkpoint is written.
    case signed
  }

  /// Ends the record: nothing is added after it.
  ///
  /// Writes the locked entry, makes the database one file, signs the final checkpoint together with
  /// that file's digest, and removes `recorder.key`, so that nobody can sign another history. A lock
  /// that was interrupted is finished by calling this again.
  ///
  /// - Throws: `JournalError.locked` when the journal is finished already; `inUse` when another
  ///   program has it open: nothing is written then, and calling again when it is closed locks.
  public func lock(reason: String, clock: WallClock) throws -> LockedRecord {
    try lock(reason: reason, clock: clock) { _ in }
  }

  /// The same, telling of every step; for tests that end the process there.
  package func lock(
    reason: String, clock: WallClock, reached: (LockStep) throws -> Void
  ) throws -> LockedRecord {
    if try isLocked {
      if !files.exists(TrialFiles.key) {
        // In WAL mode the lock is not finished, and cannot be without the key.
        throw try JournalDatabase.Header(files).isWAL
          ? JournalError.missingFile(TrialFiles.key) : JournalError.locked
      }
    } else {
      try demandToBeAlone()
      _ = try append(event: .locked(reason: reason), clock: clock)
    }
    try reached(.committed)
    try state.withLock { state in
      if state.isReadOnly { throw JournalError.readOnly }
      let recorder = try Recorder(manifest, in: files)
      try state.refresh(in: files)
      try JournalDatabase.translating(files) {
        try recorder.demandExtension(
          of: state.recorded,
          heads: { size in
            try state.database.read { try JournalDatabase.heads($0, from: size).first }
          }, in: files)
        try state.close()
      }
      do {
        try JournalDatabase.mergeIntoOneFile(files)
      } catch {
        state.use(try JournalDatabase.openForWriting(files), isReadOnly: false)
        throw error
      }
      state.use(try JournalDatabase.openOneFile(files), isReadOnly: true)
      try reached(.merged)
      let digest = contentDigest(try files.read(TrialFiles.database))
      let note = try recorder.signFinal(state.recorded.frontier, databaseDigest: digest)
      try files.replace(TrialFiles.head, with: Array(note.utf8), sync: true)
      try reached(.signed)
      try files.remove(TrialFiles.key)
    }
    return try Journal.lockedRecord(in: folder)
  }

  /// Refuses while another program has the journal open, before anything of the lock is written.
  ///
  /// What the lock does at its end is tried at its beginning, since only SQLite knows who else is there.
  /// Whoever opens it in between is found at the end, and the lock is then finished by calling it again.
  private func demandToBeAlone() throws {
    try state.withLock { state in
      if state.isReadOnly { return }
      try JournalDatabase.translating(files) { try state.close() }
      let merged = Result { try JournalDatabase.mergeIntoOneFile(files) }
      state.use(try JournalDatabase.openForWriting(files), isReadOnly: false)
      try merged.get()
    }
  }

  /// Rebuilds the locked record from a folder, trusting nothing in it but the manifest.
  ///
  /// Makes and changes no file; a folder on a read-only disk serves. Checks the pages, tables and
  /// triggers, every entry's place, form and leaf, every tree head, the rules that held when each
  /// entry was written, and the signature of the manifest's key over the final checkpoint and over the
  /// bytes of the whole file.
  ///
  /// - Throws: `JournalError` naming the first thing that is wrong; `FormatError` for a manifest
  ///   that cannot be read.
  public static func lockedRecord(in folder: String) throws -> LockedRecord {
    let files = TrialFiles(folder: folder)
    let manifestBytes = try files.read(TrialFiles.manifest)
    let manifest = try Manifest(bytes: manifestBytes)
    let header = try JournalDatabase.Header(files)
    try demandOneFile(files, header)
    let queue = try JournalDatabase.openOneFile(files)
    var recorded = RecordedEntries(manifest)
    let heads = try JournalDatabase.translating(files) {
      try queue.read { database in
        try JournalDatabase.checkPages(database, pragma: "integrity_check")
        try checkTrial(database, manifest, manifestBytes)
        try refresh(&recorded, database)
        try checkHead(recorded, database)
        return try JournalDatabase.heads(database, from: 0)
      }
    }
    guard recorded.rules.isLocked else { throw JournalError.notLocked }
    try checkRules(recorded, manifest)
    try checkHeads(heads, recorded)
    guard let last = heads.last else { throw JournalError.treeHeadMismatch(size: recorded.count) }
    _ = try checkpoint(last.note, "the last checkpoint of journal.sqlite", manifest, recorded)
    guard !header.isWAL, !files.exists(TrialFiles.key) else { throw JournalError.lockUnfinished }
    try checkFinalNote(files, manifest, recorded)
    return LockedRecord(
      manifestBytes: manifestBytes, manifest: manifest, entryBytes: recorded.bytes,
      entries: recorded.entries, checkpoint: last.note)
  }

  /// Refuses a journal that is still running or being locked, and logs that are not a part of it.
  private static func demandOneFile(
    _ files: TrialFiles, _ header: JournalDatabase.Header
  ) throws(JournalError) {
    let hasKey = files.exists(TrialFiles.key)
    if header.isWAL, !hasKey { throw .missingFile(TrialFiles.key) }
    for name in [JournalDatabase.log, JournalDatabase.rollbackLog] where files.size(name) > 0 {
      if header.isWAL { throw .notLocked }
      if hasKey { throw .lockUnfinished }
      throw .unfitFile(name, found: "a log beside a locked journal", expected: "no such file")
    }
  }

  /// Asks the rules again, entry by entry, as they stood when each was written.
  static func checkRules(
    _ recorded: RecordedEntries, _ manifest: Manifest
  ) throws(JournalError) {
    var rules = EntryRules(manifest)
    for entry in recorded.entries {
      do {
        try rules.check(entry.event, form: entry.form, kept: entry.kept, at: entry.moment)
      } catch {
        throw .entryNotAllowed(entry.index, because: error)
      }
      rules.take(entry)
    }
  }

  /// Whether there is one head for each size, each with the root of its entries.
  static func checkHeads(
    _ heads: [StoredHead], _ recorded: RecordedEntries
  ) throws(JournalError) {
    var tree = Frontier()
    for (index, leaf) in recorded.leafHashes.enumerated() {
      tree.append(leafHash: leaf)
      guard heads.indices.contains(index), heads[index].size == tree.size,
        heads[index].root == tree.root
      else { throw .treeHeadMismatch(size: tree.size) }
    }
    if heads.count > recorded.count { throw .treeHeadMismatch(size: heads.count) }
  }

  /// The checkpoint in a note that the manifest's key signed over all entries.
  static func checkpoint(
    _ note: String, _ place: String, _ manifest: Manifest, _ recorded: RecordedEntries
  ) throws -> Checkpoint {
    let found: Checkpoint
    do {
      found = try Checkpoint.verified(
        note: note, key: manifest.recorderKey, origin: manifest.journalOrigin)
    } catch {
      throw JournalError.badCheckpoint(place, reason: "\(error)")
    }
    guard found.size == recorded.count, found.root == recorded.frontier.root else {
      throw JournalError.badCheckpoint(
        place, reason: "found the size \(found.size), or another root than that of the entries")
    }
    return found
  }

  /// Whether the final note is over these entries and over the bytes of this file.
  static func checkFinalNote(
    _ files: TrialFiles, _ manifest: Manifest, _ recorded: RecordedEntries
  ) throws {
    let note = String(decoding: try files.read(TrialFiles.head), as: UTF8.self)
    let final = try checkpoint(note, TrialFiles.head, manifest, recorded)
    // A note may have signatures of others; this one is written by the recorder alone, and once.
    let signatures = note.split(separator: "\n").count { $0.hasPrefix("— ") }
    guard signatures == 1 else {
      throw JournalError.badCheckpoint(
        TrialFiles.head, reason: "found \(signatures) signatures, expected one by the recorder")
    }
    guard let line = final.extensions.first, final.extensions.count == 1 else {
      throw JournalError.badCheckpoint(
        TrialFiles.head, reason: "found no line for the finished file")
    }
    let digest = contentDigest(try files.read(TrialFiles.database))
    guard line == Recorder.digestLine(digest) else { throw JournalError.fileChanged }
  }
}
