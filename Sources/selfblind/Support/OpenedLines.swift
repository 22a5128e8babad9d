import BlindRecord
import Foundation

/// A file of lines that is read bit by bit: a regular one, a pipe, standard input.
final class OpenedLines {
  /// The open file.
  let descriptor: Int32
  private let path: String?

  /// - Parameter path: `nil` for standard input.
  /// - Throws: `GivenFile.Failure`; `CommandRefusal` for an empty name.
  init(_ path: String?) throws {
    self.path = path
    guard let path else {
      descriptor = STDIN_FILENO
      return
    }
    guard !path.isEmpty else { throw CommandRefusal("the name of a file is empty") }
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw GivenFile.Failure(path: path, number: errno) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT != S_IFDIR else {
      close(descriptor)
      throw GivenFile.Failure(path: path, number: EISDIR)
    }
  }

  deinit { if path != nil { close(descriptor) } }

  /// How many lines there are, for a progress bar; 0 where there is no terminal or no regular file.
  func countedForBar() throws -> Int {
    guard isatty(STDERR_FILENO) == 1, let path else { return 0 }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return 0 }
    let other = open(path, O_RDONLY | O_CLOEXEC)
    guard other >= 0 else { return 0 }
    defer { close(other) }
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    var (lines, last) = (0, UInt8(0x0A))
    while true {
      let count = read(other, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      for index in 0..<count where buffer[index] == 0x0A { lines += 1 }
      last = buffer[count - 1]
    }
    return lines + (last == 0x0A ? 0 : 1)
  }
}
