import Foundation

/// Files read and written whole or not at all; the one place that does so.
///
/// A new file is written beside its place with mode 0600, forced to the disk and then renamed, so a
/// crash leaves the old file or the new one, never a part. Errors are the system's numbers: whoever
/// calls knows which sentence they mean.
package enum WholeFile {
  /// What the system answered.
  package struct Failure: Error {
    /// The value of `errno`.
    package let number: Int32
  }

  /// The ending of a file that is still being written, or that a crash left behind.
  package static let unfinished = ".partial"

  /// All bytes of a file.
  package static func read(_ path: String) throws(Failure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(number: errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Foundation.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure(number: errno) }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }

  /// Writes a file, in place of one of that name if there is one.
  ///
  /// - Parameter sync: whether to return only when bytes and name are on the disk.
  package static func write(
    _ bytes: [UInt8], to path: String, sync: Bool = true
  ) throws(Failure) {
    let temporary = "\(path).\(getpid())\(unfinished)"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Failure(number: errno) }
    var isWritten = writeAll(bytes, descriptor)
    if isWritten, sync { isWritten = fsync(descriptor) == 0 }
    let number = errno
    close(descriptor)
    guard isWritten else {
      unlink(temporary)
      throw Failure(number: number)
    }
    try move(temporary, to: path, sync: sync)
  }

  /// Writes new files into one folder, and returns when all of them are on the disk.
  ///
  /// All are written before the first is forced to the disk: the disk then does in one go what it
  /// would do file by file otherwise.
  package static func write(
    _ files: [(path: String, bytes: [UInt8])]
  ) throws(Failure) {
    for file in files { try write(file.bytes, to: file.path, sync: false) }
    for file in files {
      let descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw Failure(number: errno) }
      defer { close(descriptor) }
      guard fsync(descriptor) == 0 else { throw Failure(number: errno) }
    }
    if let last = files.last { try syncFolder(of: last.path) }
  }

  /// Renames a file or folder; what has the new name is replaced.
  ///
  /// A failing rename removes nothing but an unfinished file.
  package static func move(
    _ path: String, to other: String, sync: Bool = true
  ) throws(Failure) {
    guard rename(path, other) == 0 else {
      let number = errno
      if path.hasSuffix(unfinished) { unlink(path) }
      throw Failure(number: number)
    }
    if sync { try syncFolder(of: other) }
  }

  /// Forces a name to the disk.
  package static func syncFolder(of path: String) throws(Failure) {
    let parent = (path as NSString).deletingLastPathComponent
    let folder = open(parent.isEmpty ? "." : parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw Failure(number: errno) }
    defer { close(folder) }
    // Some file systems cannot sync a folder and say so; the rename stands all the same.
    guard fsync(folder) == 0 || errno == EINVAL else { throw Failure(number: errno) }
  }

  private static func writeAll(_ bytes: [UInt8], _ descriptor: Int32) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return false }
      done += count
    }
    return true
  }
}
