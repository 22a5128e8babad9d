public import BlindRecord
import Foundation

/// A file of the trial folder that could not be read or written.
public struct FolderError: Refusal, Equatable {
  /// The file or folder.
  public let path: String
  /// What was tried: `read`, `write`, `create`.
  public let attempt: String
  /// The system's error number.
  public let number: Int32

  init(_ path: String, _ attempt: String, _ number: Int32 = errno) {
    self.path = path
    self.attempt = attempt
    self.number = number
  }

  /// "cannot write …: no space left on the device".
  public var message: String {
    let reason =
      switch number {
      case EACCES, EPERM: "permission denied"
      case EROFS: "the file system is read-only"
      case ENOSPC, EDQUOT: "no space is left on the disk"
      case ENOENT: "no such file or folder"
      case ENOTDIR where attempt == "write into": "it is a link or no folder"
      case ENOTDIR: "a part of the path is not a folder"
      case EEXIST: "it exists already"
      case EISDIR: "it is a folder"
      default: String(cString: strerror(number)).lowercased()
      }
    return "\(path): cannot \(attempt): \(reason)"
  }

  /// What to do.
  public var hint: String? {
    switch number {
    case EACCES, EPERM, EROFS: "choose a folder that you may write to; nothing was lost"
    case ENOSPC, EDQUOT: "make space and run the command again; nothing was lost"
    default: nil
    }
  }

  /// A missing file is the input's fault, everything else the system's.
  public var isFaultOfTheSystem: Bool { ![ENOENT, ENOTDIR, EEXIST, EISDIR].contains(number) }
}
