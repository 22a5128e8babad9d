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
    do { return try WholeFile.read(full(name)) } catch {
      if error.number == ENOENT { return nil }
      throw FolderError(full(name), "read", error.number)
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

  /// Writes a file with mode 0600, whole or not at all.
  ///
  /// - Parameter replacing: whether an existing file is replaced; otherwise it is an error.
  public func write(_ bytes: [UInt8], to name: String, replacing: Bool = false) throws {
    if !replacing, exists(name) { throw FolderError(full(name), "write", EEXIST) }
    do { try WholeFile.write(bytes, to: full(name)) } catch {
      throw FolderError(full(name), "write", error.number)
    }
  }

  /// Writes new files of one folder, whole or not at all, each.
  func write(_ files: [(name: String, bytes: [UInt8])]) throws {
    do { try WholeFile.write(files.map { (full($0.name), $0.bytes) }) } catch {
      throw FolderError(path, "write", error.number)
    }
  }

  /// Renames a file or folder within the trial folder, to the disk.
  func move(_ name: String, to other: String) throws {
    do { try WholeFile.move(full(name), to: full(other)) } catch {
      throw FolderError(full(name), "rename", error.number)
    }
  }

  /// Forces a new name in the folder to the disk.
  func syncFolder(of name: String) throws {
    do { try WholeFile.syncFolder(of: full(name)) } catch {
      throw FolderError(full(name), "write", error.number)
    }
  }

  /// Every file in the folder, by its path relative to it, sorted; what a crash left half written is
  /// no file of the trial.
  public func files() throws -> [String] {
    guard let all = FileManager.default.enumerator(atPath: path) else {
      throw FolderError(path, "read", ENOENT)
    }
    var names: [String] = []
    for case let name as String in all {
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: full(name), isDirectory: &isFolder),
        isFolder.boolValue || name.contains(WholeFile.unfinished)
      {
        continue
      }
      names.append(name)
    }
    return names.sorted()
  }
}
