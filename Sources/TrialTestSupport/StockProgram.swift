public import Foundation

/// Programs by others that tests hold our formats against: `openssl`, `age`, `curl`.
///
/// On a developer's machine a test without its program says so and passes. Where `CI` is `true` it
/// fails: a check that is passed over there in silence is none.
///
/// ```swift
/// guard let age = try StockProgram.url("age") else { return }
/// ```
public enum StockProgram {
  /// A program that must be there and is not.
  public struct Missing: Error, CustomStringConvertible {
    /// Its name.
    public let name: String
    /// One sentence.
    public var description: String {
      "the program \(name) is not here, and CI is true: install it, see .ci/run"
    }
  }

  /// Where a program is.
  ///
  /// - Returns: `nil`, said on standard output, where it is missing.
  /// - Throws: `Missing` where the environment's `CI` is `true`.
  public static func url(_ name: String) throws -> URL? {
    try url(name, environment: ProcessInfo.processInfo.environment)
  }

  package static func url(_ name: String, environment: [String: String]) throws -> URL? {
    let folders = environment["PATH"]?.split(separator: ":") ?? []
    let found = folders.map { URL(filePath: String($0)).appending(path: name) }
      .first { FileManager.default.isExecutableFile(atPath: $0.path()) }
    if let found { return found }
    guard environment["CI"] != "true" else { throw Missing(name: name) }
    FileHandle.standardOutput.write(Data("skipped: the program \(name) is not here\n".utf8))
    return nil
  }
}
