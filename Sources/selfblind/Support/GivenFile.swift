import BlindRecord
import Foundation

/// A file that is named on the command line: a regular one, a pipe, `/dev/stdin`.
enum GivenFile {
  /// The largest file that is read, in bytes.
  static let limit = 64 << 20

  /// A named file that cannot be read or written.
  struct Failure: Refusal, Equatable {
    /// The file as it was named.
    var path: String
    /// What was tried: `read`, `write`.
    var attempt = "read"
    /// The system's error number.
    let number: Int32

    var message: String {
      let reason =
        switch number {
        case EACCES, EPERM: "permission denied"
        case EROFS: "the file system is read-only"
        case ENOSPC, EDQUOT: "no space is left on the disk"
        case EEXIST: "it exists already"
        case ENOENT: "no such file or folder"
        case ENOTDIR: "a part of the path is not a folder"
        case EISDIR: "it is a folder"
        default: String(cString: strerror(number)).lowercased()
        }
      return "\(path): cannot \(attempt): \(reason)"
    }
    var hint: String? { nil }
    var isFaultOfTheSystem: Bool { ![ENOENT, ENOTDIR, EISDIR, EEXIST].contains(number) }
  }

  /// All bytes of a file.
  ///
  /// - Throws: `Failure`; `CommandRefusal` for a file beyond the limit, or an empty name.
  static func read(_ path: String) throws -> [UInt8] {
    guard !path.isEmpty else { throw CommandRefusal("the name of a file is empty") }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(path: path, number: errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Foundation.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure(path: path, number: errno) }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
      guard bytes.count <= limit else {
        throw CommandRefusal("\(path): found more than 64 MiB, expected a smaller file")
      }
    }
  }
}
