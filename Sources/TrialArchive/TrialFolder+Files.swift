import BlindRecord
import Foundation

/// Reading and writing, whole or not at all.
extension TrialFolder {
  func full(_ name: String) -> String { "\(path)/\(name)" }

  /// Whether a file or folder of that name is there.
  public func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: full(name))
  }

  /// The bytes of a file, or `nil` where there is none.
  public func read(_ name: String) throws -> [UInt8]? {
    let descriptor = open(full(name), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw FolderError(full(name), "read")
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Foundation.read(descriptor, &buffer, buffer.count)
      guard count >= 0 else { throw FolderError(full(name), "read") }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }

  /// The bytes of a file that must be there.
  func required(_ name: String) throws -> [UInt8] {
    guard let bytes = try read(name) else { throw FolderError(full(name), "read", ENOENT) }
    return bytes
  }

  /// Makes the folder, or a folder in it, with mode 0700; an existing one stays as it is.
  public func makeFolder(_ name: String? = nil) throws {
    let target = name.map(full) ?? path
    guard mkdir(target, 0o700) != 0, errno != EEXIST else { return }
    throw FolderError(target, "create")
  }

  /// Writes a file with mode 0600: beside its place, to the disk, then renamed.
  ///
  /// - Parameter replacing: whether an existing file is replaced; otherwise it is an error.
  public func write(_ bytes: [UInt8], to name: String, replacing: Bool = false) throws {
    if !replacing, exists(name) { throw FolderError(full(name), "write", EEXIST) }
    let temporary = full(name) + ".partial"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FolderError(full(name), "write") }
    do {
      defer { close(descriptor) }
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
        guard count > 0 else { throw FolderError(full(name), "write") }
        rest = rest.dropFirst(count)
      }
      guard fsync(descriptor) == 0 else { throw FolderError(full(name), "write") }
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, full(name)) == 0 else {
      let number = errno
      unlink(temporary)
      throw FolderError(full(name), "write", number)
    }
    try syncFolder(of: name)
  }

  /// Forces a rename or a new name to the disk.
  func syncFolder(of name: String) throws {
    let parent = (full(name) as NSString).deletingLastPathComponent
    let descriptor = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FolderError(parent, "write") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw FolderError(parent, "write") }
  }

  /// Every file in the folder, by its path relative to it, sorted.
  public func files() throws -> [String] {
    guard let all = FileManager.default.enumerator(atPath: path) else {
      throw FolderError(path, "read", ENOENT)
    }
    var names: [String] = []
    for case let name as String in all {
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: full(name), isDirectory: &isFolder),
        isFolder.boolValue
      {
        continue
      }
      names.append(name)
    }
    return names.sorted()
  }
}

extension TrialFolder {
  /// Renames a file or folder within the trial folder, to the disk.
  func move(_ name: String, to other: String) throws {
    guard rename(full(name), full(other)) == 0 else { throw FolderError(full(name), "rename") }
    try syncFolder(of: other)
  }
}
