import ArgumentParser

/// The name of a folder on the command line.
///
/// An empty one would mean the root of the file system; it comes from a variable that is not set.
enum FolderName {
  /// - Throws: `ValidationError` for an empty name.
  static func read(_ typed: String) throws -> String {
    guard !typed.isEmpty else { throw ValidationError("the name of the folder is empty") }
    return typed
  }
}
