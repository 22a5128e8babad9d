import Foundation

/// Files read and written whole or not at all; the one place that does so.
///
/// A new file is written beside its place with mode 0600, forced to the disk and then renamed, so a
/// crash leaves the old file or the new one, never a part. Errors are facts without a sentence: whoever
/// calls knows which one they mean.
package enum WholeFile {
  /// Why a file could not be read or written.
  package enum Failure: Error, Equatable {
    /// The system refused; the value of `errno`.
    case system(Int32)
    /// It is something else than a file with bytes: "a folder", "a pipe".
    case notRegular(String)
    /// It has more bytes than a file of its kind may have.
    case tooLarge(limit: Int)

    /// The system's number for it.
    package var number: Int32 {
      switch self {
      case .system(let number): number
      case .notRegular(let what): what == "a folder" ? EISDIR : EINVAL
      case .tooLarge: EFBIG
      }
    }

    /// What was found, and what was expected; `nil` where the system refused.
    package var unfit: (found: String, expected: String)? {
      switch self {
      case .system: nil
      case .notRegular(let what): (what, "a regular file")
      case .tooLarge(let limit): ("more than \(limit) bytes", "at most that")
      }
    }
  }

  /// The most bytes of a file that no other limit is given for: 256 MiB.
  package static let usualLimit = 256 << 20

  /// The ending of a file that is still being written, or that a crash left behind.
  package static let unfinished = ".partial"

  /// Whether a name is one that this program gives to files that it is still writing:
  /// `NAME.PROCESS-NUMBER.partial`, or a database of its own name with what SQLite keeps beside it.
  package static func isUnfinished(_ name: String) -> Bool {
    // A pattern is compiled anew for each of what may be thousands of names; this look is quick.
    name.contains(unfinished)
      && name.contains(#/\.[0-9]+-[0-9]+\.partial$|\.sqlite\.partial(-journal|-wal|-shm)?$/#)
  }

  /// All bytes of a file.
  ///
  /// A folder, a pipe and a device are refused, and nothing is waited for: a trial folder may come
  /// from someone else.
  package static func read(
    _ path: String, limit: Int = usualLimit
  ) throws(Failure) -> [UInt8] {
    let (descriptor, size) = try openRegular(path)
    defer { close(descriptor) }
    guard size <= limit else { throw .tooLarge(limit: limit) }
    return try read(descriptor, atMost: limit + 1, limit: limit)
  }

  /// The first bytes of a file, and how many it has.
  package static func beginning(
    of path: String, count: Int
  ) throws(Failure) -> (bytes: [UInt8], size: Int) {
    let (descriptor, size) = try openRegular(path)
    defer { close(descriptor) }
    return (try read(descriptor, atMost: count, limit: count), size)
  }

  private static func read(
    _ descriptor: Int32, atMost most: Int, limit: Int
  ) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: min(most, 1 << 16))
    while bytes.count < most {
      let wanted = min(buffer.count, most - bytes.count)
      let count = Foundation.read(descriptor, &buffer, wanted)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .system(errno) }
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    // It grew while it was read.
    guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
    return bytes
  }

  /// Opens a file that has bytes; a pipe without a writer is not waited for.
  private static func openRegular(
    _ path: String
  ) throws(Failure) -> (descriptor: Int32, size: Int) {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == ENXIO ? .notRegular("a socket") : .system(errno)
    }
    var facts = stat()
    var failure: Failure?
    if fstat(descriptor, &facts) != 0 {
      failure = .system(errno)
    } else {
      switch facts.st_mode & S_IFMT {
      case S_IFREG: break
      case S_IFDIR: failure = .notRegular("a folder")
      case S_IFIFO: failure = .notRegular("a pipe")
      default: failure = .notRegular("a device")
      }
    }
    if let failure {
      close(descriptor)
      throw failure
    }
    return (descriptor, Int(facts.st_size))
  }

  /// Writes a file, in place of one of that name if there is one.
  ///
  /// - Parameter sync: whether to return only when bytes and name are on the disk.
  package static func write(
    _ bytes: [UInt8], to path: String, sync: Bool = true
  ) throws(Failure) {
    let (temporary, descriptor) = try openNew(beside: path)
    var isWritten = writeAll(bytes, descriptor)
    if isWritten, sync { isWritten = fsync(descriptor) == 0 }
    let number = errno
    close(descriptor)
    guard isWritten else {
      unlink(temporary)
      throw .system(number)
    }
    try move(temporary, to: path, sync: sync)
  }

  /// A new file beside a path, never one that is there already: in a folder that others can write to
  /// that could be a link of theirs, or a file that they hold open.
  private static func openNew(
    beside path: String
  ) throws(Failure) -> (name: String, descriptor: Int32) {
    for number in 0..<1_000 {
      let name = "\(path).\(getpid())-\(number)\(unfinished)"
      let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
      if descriptor >= 0 { return (name, descriptor) }
      guard errno == EEXIST else { throw .system(errno) }
    }
    throw .system(EEXIST)
  }

  /// Fills an empty file of this user that was made before, in its place and not beside it.
  ///
  /// For what no second file may hold for a moment: a crash leaves a part of it under its own name.
  package static func fill(_ path: String, with bytes: [UInt8]) throws(Failure) {
    let descriptor = open(path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(errno) }
    defer { close(descriptor) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { throw .system(errno) }
    guard facts.st_mode & S_IFMT == S_IFREG, facts.st_size == 0, facts.st_uid == geteuid(),
      facts.st_nlink == 1, fchmod(descriptor, 0o600) == 0
    else { throw .system(EEXIST) }
    guard writeAll(bytes, descriptor), fsync(descriptor) == 0 else { throw .system(errno) }
    try syncFolder(of: path)
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
      guard descriptor >= 0 else { throw .system(errno) }
      defer { close(descriptor) }
      guard fsync(descriptor) == 0 else { throw .system(errno) }
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
      throw .system(number)
    }
    if sync { try syncFolder(of: other) }
  }

  /// Forces a name to the disk.
  package static func syncFolder(of path: String) throws(Failure) {
    let parent = (path as NSString).deletingLastPathComponent
    let folder = open(parent.isEmpty ? "." : parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw .system(errno) }
    defer { close(folder) }
    // Some file systems cannot sync a folder and say so; the rename stands all the same.
    guard fsync(folder) == 0 || errno == EINVAL else { throw .system(errno) }
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
