public import Foundation

/// Files by others that tests read where they are present: a folder `shared` beside the package.
///
/// A test that needs one and does not find it says so and passes:
///
/// ```swift
/// guard let folder = SharedFiles.url("vectors/rfc6962") else { return }
/// ```
public enum SharedFiles {
  /// The package's root, found from this file.
  public static let packageRoot = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The shared file or folder at `path`, or `nil`, said on standard output, where it is missing.
  public static func url(_ path: String) -> URL? {
    let url = packageRoot.deletingLastPathComponent().appending(path: "shared")
      .appending(path: path)
    if FileManager.default.fileExists(atPath: url.path(percentEncoded: false)) { return url }
    FileHandle.standardOutput.write(Data("skipped: ../shared is not here (\(path))\n".utf8))
    return nil
  }

  /// All files at or below a shared folder, in the order of their paths.
  public static func files(below folder: URL, extension ending: String? = nil) throws -> [URL] {
    let found = FileManager.default.enumerator(
      at: folder, includingPropertiesForKeys: [.isRegularFileKey])
    var files: [URL] = []
    while let url = found?.nextObject() as? URL {
      guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else {
        continue
      }
      if let ending, url.pathExtension != ending { continue }
      files.append(url)
    }
    return files.sorted { $0.path(percentEncoded: false) < $1.path(percentEncoded: false) }
  }

  /// The bytes of a file.
  public static func bytes(_ url: URL) throws -> [UInt8] {
    Array(try Data(contentsOf: url))
  }
}
