public import BlindRecord
import GRDB
import MerkleLog
import Synchronization

/// The append-only record of a running trial: `journal.sqlite` in the trial's folder.
///
/// Every entry is a leaf of a Merkle tree, and every append signs the tree's new head. Nothing is
/// changed or removed; `lock(reason:clock:)` ends the record. One value may be shared by threads, and
/// several programs may have the same journal open: their entries follow each other.
///
/// ```swift
/// let journal = try Journal.open(in: "caffeine")
/// let receipt = try journal.append(checkIn, clock: clock)
/// ```
public final class Journal: Sendable {
  /// What a journal may be opened for.
  public enum Access: Sendable {
    /// Reading: adds no entry, and makes no file beside a finished journal or on a read-only disk.
    case reading
    /// Reading and writing.
    case writing
  }

  struct State {
    /// `nil` once it is closed: a closed connection must never be used again.
    private var connection: DatabaseQueue?
    var isReadOnly: Bool
    var recorded: RecordedEntries

    init(_ database: DatabaseQueue, isReadOnly: Bool, recorded: RecordedEntries) {
      connection = database
      self.isReadOnly = isReadOnly
      self.recorded = recorded
    }

    /// The open connection.
    var database: DatabaseQueue {
      get throws(JournalError) {
        guard let connection else { throw .closed }
        return connection
      }
    }

    /// Closes the connection, if it is open.
    mutating func close() throws {
      try connection?.close()
      connection = nil
    }

    /// Takes out what is recorded, so that entries are added to it in place and not to a copy.
    ///
    /// Whoever does not put it back, because writing failed, leaves everything to be read again.
    mutating func takeRecorded(_ manifest: Manifest) -> RecordedEntries {
      let taken = recorded
      recorded = RecordedEntries(manifest)
      return taken
    }

    /// Goes on with another connection.
    mutating func use(_ database: DatabaseQueue, isReadOnly: Bool) {
      connection = database
      self.isReadOnly = isReadOnly
    }
  }

  /// The trial folder's path.
  public let folder: String
  /// What a blinded participant may know of the trial.
  public let manifest: Manifest

  let files: TrialFiles
  let state: Mutex<State>

  private init(_ files: TrialFiles, _ manifest: Manifest, _ state: sending State) {
    self.folder = files.folder
    self.files = files
    self.manifest = manifest
    self.state = Mutex(state)
  }

  /// Begins the journal of a sealed trial.
  ///
  /// Writes `journal.sqlite` with the opening entry, `recorder.key`, and `manifest.json` where it is
  /// not there yet. A journal appears complete or not at all, also after a crash.
  ///
  /// A journal of the same trial that holds nothing but its opening is taken as it is, so that a
  /// beginning that failed late can be repeated.
  ///
  /// - Parameter recorderSeed: The 32 secret bytes of the key that the manifest names.
  /// - Throws: `JournalError`; `FormatError` for bytes that are no manifest.
  public static func create(
    in folder: String, for manifestBytes: [UInt8], recorderSeed: [UInt8], clock: WallClock
  ) throws -> Journal {
    let files = TrialFiles(folder: folder)
    let manifest = try Manifest(bytes: manifestBytes)
    let recorder = try Recorder(manifest, seed: recorderSeed)
    if files.exists(TrialFiles.database) {
      return try reopenUnused(folder, manifestBytes, recorderSeed)
    }
    if files.exists(TrialFiles.manifest) {
      guard try files.read(TrialFiles.manifest) == manifestBytes else {
        throw JournalError.manifestChanged
      }
    } else {
      try files.replace(TrialFiles.manifest, with: manifestBytes, sync: true)
    }
    try files.replace(TrialFiles.key, with: Recorder.keyText(recorderSeed), sync: true)
    let digest = contentDigest(manifestBytes)
    let new = TrialFiles.database + WholeFile.unfinished
    try JournalDatabase.make(new, in: files) { database in
      try database.execute(
        sql: "INSERT INTO journal (id, trial, manifest) VALUES (1, ?, ?)",
        arguments: [manifest.trial, digest])
      var recorded = RecordedEntries(manifest)
      _ = try add(
        .opened(manifestDigest: digest), clock: clock, to: &recorded, recorder, database)
    }
    try files.rename(new, to: TrialFiles.database, sync: true)
    let journal = try open(in: folder)
    journal.publishHead()
    return journal
  }

  /// The journal that an earlier beginning has left, if nothing was added to it.
  private static func reopenUnused(
    _ folder: String, _ manifestBytes: [UInt8], _ seed: [UInt8]
  ) throws -> Journal {
    let files = TrialFiles(folder: folder)
    guard try files.read(TrialFiles.manifest) == manifestBytes else {
      throw JournalError.manifestChanged
    }
    let journal = try open(in: folder)
    guard try journal.entries().count == 1,
      try files.read(TrialFiles.key) == Recorder.keyText(seed)
    else { throw JournalError.alreadyExists }
    return journal
  }

  /// Opens the journal of a trial's folder.
  ///
  /// A finished journal (locked, its key removed) is always opened for reading.
  ///
  /// - Throws: `JournalError` for a foreign, newer, damaged or changed file, and for the journal of
  ///   another trial; `FormatError` for a manifest that cannot be read.
  public static func open(in folder: String, for access: Access = .writing) throws -> Journal {
    let files = TrialFiles(folder: folder)
    if !files.exists(TrialFiles.manifest), files.exists(TrialFiles.commitment),
      !files.exists(TrialFiles.database)
    {
      throw JournalError.drawIsToCome
    }
    let bytes = try files.read(TrialFiles.manifest)
    let manifest = try Manifest(bytes: bytes)
    let header = try JournalDatabase.Header(files)
    let isFinished = !header.isWAL && !files.exists(TrialFiles.key)
    let isReadOnly = access == .reading || isFinished
    let database =
      isReadOnly
      ? try JournalDatabase.openForReading(files, isFinished: isFinished)
      : try JournalDatabase.openForWriting(files)
    var state = State(
      database, isReadOnly: isReadOnly, recorded: RecordedEntries(manifest))
    try JournalDatabase.translating(files) {
      try state.database.read { database in
        try JournalDatabase.checkPages(database, pragma: "quick_check")
        try checkTrial(database, manifest, bytes)
        try refresh(&state.recorded, database)
        try checkHead(state.recorded, database)
      }
    }
    return Journal(files, manifest, state)
  }

  /// Lets go of the files; nothing can be read or written through this value afterwards.
  ///
  /// The last one to close moves the write-ahead log into `journal.sqlite`. A value that goes out of
  /// scope does the same; a program that ends by `exit` must call this.
  public func close() throws {
    try state.withLock { state in
      try JournalDatabase.translating(files) { try state.close() }
    }
  }

  /// Whether the locked entry has been written.
  public var isLocked: Bool {
    get throws { try reading { recorded, _ in recorded.rules.isLocked } }
  }

  /// Every entry, in order.
  public func entries() throws -> [JournalEntry] {
    try reading { recorded, _ in recorded.entries }
  }

  /// One row for every scheduled slot.
  ///
  /// - Parameter today: The day to judge by; ignored once the journal is locked.
  public func rows(today: CalendarDay) throws -> [SlotRecord] {
    try reading { recorded, _ in
      SlotRecord.rows(
        of: self.manifest.schedule, entries: recorded.entries,
        today: recorded.rules.isLocked ? nil : today)
    }
  }

  /// The newest checkpoint, a C2SP signed note over size and root.
  public func checkpoint() throws -> String {
    try reading { recorded, database in try Journal.lastHead(recorded, database).note }
  }

  /// Reads what is new, then gives all that is recorded.
  func reading<Value: Sendable>(
    _ body: (RecordedEntries, Database) throws -> Value
  ) throws -> Value {
    try state.withLock { state in
      try JournalDatabase.translating(files) {
        try state.database.read { database in
          try Journal.refresh(&state.recorded, database)
          return try body(state.recorded, database)
        }
      }
    }
  }
}
