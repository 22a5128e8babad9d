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

  static let manifest = "manifest.json"
  static let database = "journal.sqlite"
  static let key = "recorder.key"
  static let head = "journal.checkpoint"

  func path(_ name: String) -> String { folder + "/" + name }

  /// Whether a file of that name is there.
  func exists(_ name: String) -> Bool { access(path(name), F_OK) == 0 }

  /// The bytes of a file.
  ///
  /// - Throws: `missingFile`, or the system's words.
  func read(_ name: String) throws(JournalError) -> [UInt8] {
    do { return try WholeFile.read(path(name)) } catch {
      if error.number == ENOENT || error.number == ENOTDIR { throw .missingFile(name) }
      throw failure(name, error.number)
    }
  }

  /// Writes a new file that only its owner may read, whole or not at all.
  ///
  /// - Parameter sync: waits until the bytes and the name are on the disk.
  func replace(_ name: String, with bytes: [UInt8], sync: Bool) throws(JournalError) {
    do { try WholeFile.write(bytes, to: path(name), sync: sync) } catch {
      throw failure(name, error.number)
    }
  }

  /// Gives a file its final name.
  func rename(_ old: String, to name: String, sync: Bool) throws(JournalError) {
    do { try WholeFile.move(path(old), to: path(name), sync: sync) } catch {
      unlink(path(old))
      throw failure(name, error.number)
    }
  }

  /// Makes an empty file for its owner alone, in place of whatever a crash has left.
  func make(_ name: String) throws(JournalError) {
    unlink(path(name))
    unlink(path(name + "-journal"))
    let descriptor = open(path(name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(name) }
    close(descriptor)
  }

  /// Removes a file, if it is there.
  func remove(_ name: String) throws(JournalError) {
    guard unlink(path(name)) == 0 || errno == ENOENT else { throw failure(name) }
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

  private func failure(_ name: String, _ number: Int32 = errno) -> JournalError {
    if number == ENOSPC || number == EDQUOT { return .diskFull }
    return .fileFailed(name, reason: String(cString: strerror(number)).lowercased())
  }
}
