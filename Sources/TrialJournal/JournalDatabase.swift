import Foundation
import GRDB

/// Makes `journal.sqlite`, and reads and writes its rows; `JournalDatabase+Opening.swift` opens it.
///
/// While a trial runs the database is in WAL mode with `synchronous` FULL: a commit is one
/// `fdatasync`. After the lock it is one file in rollback mode, which a read-only disk can serve.
enum JournalDatabase {
  /// Seconds to wait for another program that is writing.
  static let patience: TimeInterval = 5

  /// Seconds for which a lock waits for others to close the journal.
  static let patienceOfTheLock: TimeInterval = 2

  /// SQLite's log of a journal that is being written, or that was left in the midst of it.
  static let log = TrialFiles.database + "-wal"

  /// SQLite's log of a journal that is becoming one file.
  static let rollbackLog = TrialFiles.database + "-journal"

  /// What the first hundred bytes of the file say (sqlite.org/fileformat2.html, section 1.3).
  struct Header {
    var isWAL: Bool

    /// Judges a file before SQLite opens it, so that a foreign one is never touched.
    init(_ files: TrialFiles) throws(JournalError) {
      let (bytes, size) = try files.beginning(of: TrialFiles.database, count: 100)
      guard bytes.starts(with: Array("SQLite format 3\0".utf8)), bytes.count >= 100 else {
        throw bytes.isEmpty
          ? .damaged("the file is empty") : .foreignFile(TrialFiles.database)
      }
      func number(_ place: Int) -> Int {
        bytes[place..<(place + 4)].reduce(0) { $0 << 8 | Int($1) }
      }
      guard number(68) == JournalSchema.applicationID else {
        throw .foreignFile(TrialFiles.database)
      }
      guard number(60) == JournalSchema.version else {
        throw .newerFormat(found: number(60), known: JournalSchema.version)
      }
      isWAL = bytes[18] == 2
      let pageSize = Int(bytes[16]) << 8 | Int(bytes[17])
      let expected = (pageSize == 1 ? 65_536 : pageSize) * number(28)
      // With a write-ahead log the rest may still be in there.
      if size < expected, files.size(log) == 0 {
        throw .damaged("cut short at \(size) of \(expected) bytes")
      }
    }
  }

  /// Makes a new database with the schema, in rollback mode and complete after one commit.
  static func make(
    _ name: String, in files: TrialFiles, fill: (Database) throws -> Void
  ) throws(JournalError) {
    try files.make(name)
    try translating(files) {
      let queue = try DatabaseQueue(path: files.path(name), configuration: configuration())
      try queue.write { database in
        try database.execute(sql: "PRAGMA application_id = \(JournalSchema.applicationID)")
        try database.execute(sql: "PRAGMA user_version = \(JournalSchema.version)")
        for object in JournalSchema.objects { try database.execute(sql: object.sql) }
        try fill(database)
      }
      try queue.close()
    }
  }

  /// The stored entries from a position on.
  static func entries(_ database: Database, from position: Int) throws -> [StoredEntry] {
    try Row.fetchAll(
      database,
      sql: "SELECT position, kind, slot, body, leaf FROM entry WHERE position >= ? "
        + "ORDER BY position", arguments: [position]
    ).map { row in
      StoredEntry(
        position: row["position"], kind: row["kind"], slot: row["slot"],
        body: Array(row["body"] as Data), leaf: Array(row["leaf"] as Data))
    }
  }

  /// The signed tree heads from a size on.
  static func heads(_ database: Database, from size: Int) throws -> [StoredHead] {
    try Row.fetchAll(
      database, sql: "SELECT size, root, note FROM checkpoint WHERE size >= ? ORDER BY size",
      arguments: [size]
    ).map { row in
      StoredHead(size: row["size"], root: Array(row["root"] as Data), note: row["note"])
    }
  }

  /// Adds one entry.
  static func insert(_ entry: StoredEntry, _ database: Database) throws {
    try database.cachedStatement(
      sql: "INSERT INTO entry (position, kind, slot, body, leaf) VALUES (?, ?, ?, ?, ?)"
    ).execute(
      arguments: [entry.position, entry.kind, entry.slot, Data(entry.body), Data(entry.leaf)])
  }

  /// Adds one signed tree head.
  static func insert(_ head: StoredHead, _ database: Database) throws {
    try database.cachedStatement(
      sql: "INSERT INTO checkpoint (size, root, note) VALUES (?, ?, ?)"
    ).execute(arguments: [head.size, Data(head.root), head.note])
  }

  /// Checks that pages are consistent, and that tables and triggers are those of this version.
  static func checkPages(_ database: Database, pragma: String) throws {
    let verdict = try String.fetchOne(database, sql: "PRAGMA \(pragma)(1)")
    guard verdict == "ok" else {
      let said = verdict?.split(separator: "\n").last.map(String.init) ?? "no verdict"
      throw JournalError.damaged("SQLite says \(said)")
    }
    let rows = try Row.fetchAll(
      database, sql: "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    let stored = Dictionary(
      rows.map { ($0["name"] as String, $0["sql"] as String) }, uniquingKeysWith: { $1 })
    for object in JournalSchema.objects where stored[object.name] != object.sql {
      throw JournalError.schemaChanged(object.name)
    }
    let known = Set(JournalSchema.objects.map(\.name))
    if let other = stored.keys.sorted().first(where: { !known.contains($0) }) {
      throw JournalError.schemaChanged(other)
    }
  }

  /// Runs database work, and says its errors in the journal's words.
  static func translating<Value>(
    _ files: TrialFiles, _ work: () throws -> Value
  ) throws(JournalError) -> Value {
    do {
      return try work()
    } catch let error as JournalError {
      throw error
    } catch let error as DatabaseError {
      throw translation(of: error, files)
    } catch {
      throw .database("\(error)")
    }
  }

  private static func translation(of error: DatabaseError, _ files: TrialFiles) -> JournalError {
    switch error.resultCode {
    case .SQLITE_FULL: .diskFull
    case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
    case .SQLITE_NOTADB: .foreignFile(TrialFiles.database)
    case .SQLITE_CORRUPT: .damaged("SQLite says \(error.message ?? "malformed")")
    case .SQLITE_CONSTRAINT where error.message == JournalSchema.lockedSentence: .locked
    case .SQLITE_IOERR, .SQLITE_CANTOPEN:
      files.isDiskFull
        ? .diskFull
        : files.denial
          ?? .fileFailed(TrialFiles.database, reason: "cannot be opened, read or written")
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
      files.denial ?? .noPermission(TrialFiles.database, reason: "cannot be written")
    default: .database(error.message ?? "SQLite refused (\(error.resultCode.rawValue))")
    }
  }

  static func configuration(isReadOnly: Bool = false) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = isReadOnly
    configuration.busyMode = .timeout(patience)
    configuration.label = "selfblind.journal"
    return configuration
  }
}

/// One row of the table `checkpoint`.
struct StoredHead: Sendable {
  var size: Int
  var root: [UInt8]
  var note: String
}
