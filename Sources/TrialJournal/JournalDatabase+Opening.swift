import Foundation
import GRDB

/// Opening a journal that may be running, left behind, being locked or finished.
extension JournalDatabase {
  /// Opens for writing, in WAL mode with `synchronous` FULL, asserted.
  ///
  /// A locked journal that is one file already stays so: its lock may be signing that file.
  static func openForWriting(_ files: TrialFiles) throws(JournalError) -> DatabaseQueue {
    if let denial = files.denial { throw denial }
    return try translating(files) {
      let queue = try DatabaseQueue(
        path: files.path(TrialFiles.database), configuration: configuration())
      try queue.writeWithoutTransaction { database in
        if try String.fetchOne(database, sql: "PRAGMA journal_mode") != "wal",
          try !isLocked(database)
        {
          _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
        }
        try database.execute(sql: "PRAGMA synchronous = FULL")
        let level = try Int.fetchOne(database, sql: "PRAGMA synchronous")
        guard level == 2 else { throw JournalError.notDurable(synchronous: level ?? -1) }
      }
      return queue
    }
  }

  private static func isLocked(_ database: Database) throws -> Bool {
    try Bool.fetchOne(
      database, sql: "SELECT (SELECT kind FROM entry ORDER BY position DESC LIMIT 1) IS 'locked'")
      ?? false
  }

  /// Opens for reading; adds no entry.
  ///
  /// While a trial runs, other programs may write, and one that was killed leaves its write-ahead log:
  /// SQLite reads both through files of its own beside the database. Where these cannot be made, and
  /// for a finished journal, the one file is read and no file is made.
  ///
  /// - Throws: `logOnReadOnlyDisk` where entries lie in a log that cannot be read.
  static func openForReading(
    _ files: TrialFiles, isFinished: Bool
  ) throws(JournalError) -> DatabaseQueue {
    if isFinished { return try openOneFile(files) }
    var refusal: JournalError?
    if files.denial == nil {
      do {
        return try translating(files) {
          let queue = try DatabaseQueue(
            path: files.path(TrialFiles.database), configuration: configuration())
          try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
            _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema")
          }
          return queue
        }
      } catch {
        refusal = error
      }
    }
    guard files.size(log) == 0, files.size(rollbackLog) == 0 else {
      throw refusal ?? .logOnReadOnlyDisk
    }
    return try openOneFile(files)
  }

  /// Opens the file as it is, for reading: makes no file, and looks at no other.
  static func openOneFile(_ files: TrialFiles) throws(JournalError) -> DatabaseQueue {
    let escaped = files.path(TrialFiles.database).replacing("%", with: "%25")
      .replacing("?", with: "%3f").replacing("#", with: "%23")
    return try translating(files) {
      try DatabaseQueue(
        path: "file:\(escaped)?immutable=1", configuration: configuration(isReadOnly: true))
    }
  }

  /// Turns the database into one file in rollback mode, when no other program has it open.
  static func mergeIntoOneFile(_ files: TrialFiles) throws(JournalError) {
    let end = Date(timeIntervalSinceNow: patienceOfTheLock)
    while true {
      do {
        return try mergeAtOnce(files)
      } catch .inUse where Date() < end {
        // A reader needs moments only.
        usleep(20_000)
      }
    }
  }

  private static func mergeAtOnce(_ files: TrialFiles) throws(JournalError) {
    do {
      try translating(files) {
        let queue = try DatabaseQueue(
          path: files.path(TrialFiles.database), configuration: configuration())
        defer { try? queue.close() }
        try queue.writeWithoutTransaction { database in
          try database.execute(sql: "PRAGMA synchronous = FULL")
          _ = try Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
          let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode = DELETE")
          guard mode == "delete" else { throw JournalError.inUse }
        }
      }
    } catch .busy {
      throw .inUse
    }
    guard !files.exists(log) else { throw .inUse }
  }
}
