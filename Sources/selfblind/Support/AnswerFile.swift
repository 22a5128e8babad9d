import BlindRecord
import Foundation

/// A file of answers that grows line by line, and that a later run can go on with.
///
/// Answers are appended in whole batches; a crash may leave a part of a line behind the last whole one,
/// which a resumed run takes off.
final class AnswerFile {
  /// The file as it was named.
  let path: String
  /// Whole lines that were there when it was opened.
  private(set) var answered = 0
  /// The last of them, with its line feed.
  private(set) var last: [UInt8] = []
  private let descriptor: Int32

  /// Makes a new file, or opens one that an interrupted run left.
  ///
  /// - Throws: `GivenFile.Failure`; `CommandRefusal` where a file of that name is there already.
  init(_ path: String, resume: Bool) throws {
    guard !path.isEmpty else { throw CommandRefusal("the name of a file is empty") }
    self.path = path
    descriptor = open(
      path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | (resume ? 0 : O_EXCL), 0o600)
    guard descriptor >= 0 else {
      let number = errno
      if number == EEXIST {
        throw CommandRefusal(
          "\(path): it exists already",
          hint: "go on with --resume where it is of an interrupted run, or write to another file")
      }
      throw GivenFile.Failure(path: path, attempt: "write", number: number)
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw CommandRefusal("\(path): another run is writing to it")
    }
    if resume { try findEnd() }
  }

  deinit { close(descriptor) }

  /// Counts whole lines, keeps the last one, and cuts off what stands behind it.
  private func findEnd() throws {
    var facts = stat()
    guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
      throw GivenFile.Failure(path: path, attempt: "write", number: EINVAL)
    }
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    var rest: [UInt8] = []
    var end: off_t = 0
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw GivenFile.Failure(path: path, number: errno) }
      if count == 0 { break }
      rest += buffer[..<count]
      guard let feed = rest.lastIndex(of: 0x0A) else { continue }
      let whole = rest[...feed]
      answered += whole.count { $0 == 0x0A }
      let start = whole.dropLast().lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
      last = Array(whole[start...])
      end += off_t(whole.count)
      rest.removeFirst(feed + 1)
    }
    guard ftruncate(descriptor, end) == 0, lseek(descriptor, end, SEEK_SET) == end else {
      throw GivenFile.Failure(path: path, attempt: "write", number: errno)
    }
  }

  /// Adds whole lines.
  func append(_ bytes: [UInt8]) throws {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw GivenFile.Failure(path: path, attempt: "write", number: count < 0 ? errno : EIO)
      }
      done += count
    }
  }

  /// Returns when all of it is on the disk.
  func finish() throws {
    guard fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS else {
      throw GivenFile.Failure(path: path, attempt: "write", number: errno)
    }
  }
}
