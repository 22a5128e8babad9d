import BlindRecord
import Foundation

extension GivenFile {
  /// Writes a new file with mode 0600; one that is there already must have the same bytes.
  ///
  /// - Throws: `Failure`; `CommandRefusal` for an empty name.
  static func write(_ bytes: [UInt8], to path: String) throws {
    guard !path.isEmpty else { throw CommandRefusal("the name of a file is empty") }
    if FileManager.default.fileExists(atPath: path) {
      guard (try? read(path)) == bytes else {
        throw Failure(path: path, attempt: "write", number: EEXIST)
      }
      return
    }
    do { try WholeFile.write(bytes, to: path) } catch {
      throw Failure(path: path, attempt: "write", number: error.number)
    }
  }
}
