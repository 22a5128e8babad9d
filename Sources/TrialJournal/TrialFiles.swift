import BlindRecord
import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The files of a trial folder that the recorder reads and writes.
struct TrialFiles: Sendable {
  /// The folder's path.
  let folder: String

  static let commitment = "commitment.json"
  static let manifest = "manifest.json"
  static let database = "journal.sqlite"
  static let key = "recorder.key"
  static let head = "journal.checkpoint"

  func path(_ name: String) -> String { folder + "/" + name }

  /// Whether a file of that name is there.
  func exists(_ name: String) -> Bool { access(path(name), F_OK) == 0 }

  /// The bytes of a file.
  ///
  /// - Throws: `missingFile`, `unfitFile`, `noPermission`, or the system's words.
  func read(_ name: String) throws(JournalError) -> [UInt8] {
    do { return try WholeFile.read(path(name), limit: TrialFiles.limit(name)) } catch {
      if error.number == ENOENT || error.number == ENOTDIR { throw .missingFile(name) }
      throw failure(name, error)
    }
  }

  /// The first bytes of a file, and how many it has.
  func beginning(
    of name: String, count: Int
  ) throws(JournalError) -> (bytes: [UInt8], size: Int) {
    do { return try WholeFile.beginning(of: path(name), count: count) } catch {
      if error.number == ENOENT || error.number == ENOTDIR { throw .missingFile(name) }
      throw failure(name, error)
    }
  }

  /// The most bytes that a file of the folder may have.
  private static func limit(_ name: String) -> Int {
    switch name {
    case database: 2 << 30
    case manifest: 64 << 20
    default: 64 << 10
    }
  }

  /// Why the journal cannot be written, where the folder or the file forbids it.
  var denial: JournalError? {
    for (target, place) in [(folder, "its folder"), (path(TrialFiles.database), "it")] {
      guard access(target, W_OK) != 0 else { continue }
      switch errno {
      case EROFS:
        return .noPermission(
          TrialFiles.database, reason: "cannot be written, the disk is read-only")
      case EACCES, EPERM:
        return .noPermission(
          TrialFiles.database, reason: "cannot be written, the right to write \(place) is missing")
      default: continue
      }
    }
    return nil
  }

  /// Writes a new file that only its owner may read, whole or not at all.
  ///
  /// - Parameter sync: waits until the bytes and the name are on the disk.
  func replace(_ name: String, with bytes: [UInt8], sync: Bool) throws(JournalError) {
    do { try WholeFile.write(bytes, to: path(name), sync: sync) } catch {
      throw failure(name, error)
    }
  }

  /// Gives a file its final name.
  func rename(_ old: String, to name: String, sync: Bool) throws(JournalError) {
    do { try WholeFile.move(path(old), to: path(name), sync: sync) } catch {
      unlink(path(old))
      throw failure(name, error)
    }
  }

  /// Makes an empty file for its owner alone, in place of whatever a crash has left.
  func make(_ name: String) throws(JournalError) {
    unlink(path(name))
    unlink(path(name + "-journal"))
    let descriptor = open(path(name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(name, .system(errno)) }
    close(descriptor)
  }

  /// Removes a file, if it is there.
  func remove(_ name: String) throws(JournalError) {
    guard unlink(path(name)) == 0 || errno == ENOENT else {
      throw failure(name, .system(errno))
    }
    try? WholeFile.syncFolder(of: path(name))
  }

  /// The number of bytes of a file; 0 when it is not there.
  func size(_ name: String) -> Int {
    var facts = stat()
    return stat(path(name), &facts) == 0 ? Int(facts.st_size) : 0
  }

  /// Whether the disk has no room left, for errors that do not say so themselves.
  var isDiskFull: Bool {
    var facts = statvfs()
    return statvfs(folder, &facts) == 0 && facts.f_bavail < 16
  }

  private func failure(_ name: String, _ failure: WholeFile.Failure) -> JournalError {
    if let unfit = failure.unfit {
      return .unfitFile(name, found: unfit.found, expected: unfit.expected)
    }
    let reason = String(cString: strerror(failure.number)).lowercased()
    return switch failure.number {
    case ENOSPC, EDQUOT: .diskFull
    case EACCES, EPERM, EROFS: .noPermission(name, reason: reason)
    default: .fileFailed(name, reason: reason)
    }
  }
}
