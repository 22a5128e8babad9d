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
      if let unfit = error.unfit {
        throw FormatError(full(name), found: unfit.found, expected: unfit.expected)
      }
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
    guard mkdir(target, 0o700) != 0 else { return }
    guard errno == EEXIST else { throw FolderError(target, "create") }
    // A link in the place of a folder of the trial would lead what is written out of it.
    var facts = stat()
    guard name == nil || (lstat(target, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR) else {
      throw FolderError(target, "write into", ENOTDIR)
    }
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

  /// What lies in the folder.
  struct Listing {
    /// Regular files, by their path relative to the folder, sorted.
    var files: [String] = []
    /// Links, devices, pipes, empty folders of foreign names: nothing that a trial has.
    var others: [String] = []
    /// What a crash left half written.
    var unfinished: [String] = []

    func isAsLong(as other: Listing) -> Bool {
      files.count == other.files.count && others.count == other.others.count
        && unfinished.count == other.unfinished.count
    }
  }

  /// Folders that a trial has, which may be empty where a step was cut off.
  private static let folders: Set<String> = ["sealed", "code-breaks", "packing", Name.witness]

  /// Every file in the folder, by its path relative to it, sorted.
  ///
  /// What a crash left half written is no file of the trial.
  public func files() throws -> [String] { try listing().files }

  /// Looks through the folder and the folders in it, following no link but one to the folder itself.
  func listing() throws -> Listing {
    var listing = Listing()
    try look("", into: &listing)
    listing.files.sort()
    return listing
  }

  private func look(_ folder: String, into listing: inout Listing) throws {
    let place = full(folder + ".")
    guard let stream = opendir(place) else { throw FolderError(path, "read") }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      guard let name = TrialFolder.name(of: entry) else { throw FolderError(path, "read") }
      if name == "." || name == ".." { continue }
      let relative = folder + name
      var facts = stat()
      guard lstat(full(relative), &facts) == 0 else {
        if errno == ENOENT { continue }
        throw FolderError(full(relative), "read")
      }
      switch facts.st_mode & S_IFMT {
      case S_IFDIR:
        let before = listing
        try look(relative + "/", into: &listing)
        if listing.isAsLong(as: before), !TrialFolder.folders.contains(relative) {
          listing.others.append(relative)
        }
      case S_IFREG where WholeFile.isUnfinished(name): listing.unfinished.append(relative)
      case S_IFREG: listing.files.append(relative)
      default: listing.others.append(relative)
      }
    }
  }

  /// The name of an entry, read where it lies.
  ///
  /// As a value of Swift it would be copied in the 256 bytes that its type has. An entry is shorter, and
  /// what follows the last one may not be memory.
  private static func name(of entry: UnsafeMutablePointer<dirent>) -> String? {
    guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { return nil }
    return String(
      cString: UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self))
  }

  /// Does something while no other program takes a step in the same folder that looks first and writes
  /// then.
  ///
  /// - Throws: `StepError.busy` where another one does; what `body` throws.
  func whileHeld<Value>(_ body: () throws -> Value) throws -> Value {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FolderError(path, "read") }
    // Given back by name: a process that is being started may hold a copy of the descriptor.
    defer {
      flock(descriptor, LOCK_UN)
      close(descriptor)
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw StepError.busy }
    return try body()
  }

  /// Removes what crashes left half written; for the steps that write.
  func removeUnfinished() throws {
    for name in try listing().unfinished { unlink(full(name)) }
  }
}
