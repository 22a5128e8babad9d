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
    let descriptor = open(path(name), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { throw .missingFile(name) }
      throw failure(name)
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unistdRead(descriptor, &buffer)
      if count < 0 { throw failure(name) }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }

  /// Writes a new file that only its owner may read, whole or not at all.
  ///
  /// - Parameter sync: waits until the bytes and the name are on the disk.
  func replace(_ name: String, with bytes: [UInt8], sync: Bool) throws(JournalError) {
    let temporary = "\(name).new"
    let descriptor = open(path(temporary), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(name) }
    var isWritten = writeAll(bytes, descriptor)
    if isWritten, sync { isWritten = fsync(descriptor) == 0 }
    let reason = isWritten ? nil : failure(name)
    close(descriptor)
    if let reason {
      unlink(path(temporary))
      throw reason
    }
    try rename(temporary, to: name, sync: sync)
  }

  /// Gives a file its final name.
  func rename(_ old: String, to name: String, sync: Bool) throws(JournalError) {
    guard stdioRename(path(old), path(name)) == 0 else {
      let reason = failure(name)
      unlink(path(old))
      throw reason
    }
    if sync { syncFolder() }
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
    syncFolder()
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

  /// Makes a change of names in the folder durable.
  private func syncFolder() {
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private func failure(_ name: String) -> JournalError {
    if errno == ENOSPC || errno == EDQUOT { return .diskFull }
    return .fileFailed(name, reason: String(cString: strerror(errno)).lowercased())
  }

  private func writeAll(_ bytes: [UInt8], _ descriptor: Int32) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return false }
      done += count
    }
    return true
  }
}

private func unistdRead(_ descriptor: Int32, _ buffer: inout [UInt8]) -> Int {
  while true {
    let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    if count >= 0 || errno != EINTR { return count }
  }
}

private func stdioRename(_ old: String, _ new: String) -> Int32 { rename(old, new) }
