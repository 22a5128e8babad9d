import BlindRecord
import Foundation
import TrialArchive

/// A file that a sealing writes for one person's eyes, never inside the trial's folder.
struct OutsideFile {
  /// The file's path.
  let path: String
  /// A file at the usual place that was there already, where another place was taken beside it.
  private(set) var other: String?

  /// - Parameters:
  ///   - path: where the user wants it; `nil` for a file beside the trial's folder.
  ///   - trial: the trial's folder.
  ///   - ending: what the name of a file beside the folder ends in.
  ///   - name: what it is, in an error: "kit list".
  ///   - option: the option that names another place.
  ///   - reader: who may see it, in an error: "the packer".
  ///   - numbered: whether a place beside the usual one is taken where that is not free: what stands
  ///     there may be left from a sealing that was cut off, and must be neither lost nor in the way.
  init(
    path: String?, trial: String, ending: String, name: String, option: String, reader: String,
    numbered: Bool = false
  ) throws {
    let usual = try OutsideFile.resolved(trial) + ending
    if path == nil, numbered, OutsideFile.isTaken(usual) {
      self.path = OutsideFile.unused(beside: usual)
      other = usual
    } else {
      self.path = path ?? usual
    }
    guard !self.path.isEmpty else { throw CommandRefusal("the name of the \(name) is empty") }
    guard !OutsideFile.isInside(self.path, trial) else {
      throw CommandRefusal(
        "the \(name) must not lie in the trial's folder",
        hint: "the folder is shown to others; choose a place that only \(reader) sees")
    }
    guard !OutsideFile.isTaken(self.path) else {
      throw CommandRefusal("\(self.path): it exists already", hint: "choose another \(option)")
    }
  }

  /// A file beside the trial's folder that may be there already: what an earlier run kept.
  static func beside(_ trial: String, path: String?, ending: String) throws -> OutsideFile {
    OutsideFile(path: try path ?? resolved(trial) + ending)
  }

  private init(path: String) { self.path = path }

  /// What to know of the file that was there already.
  var warning: String? {
    other.map { "\($0) is left from an earlier sealing: if that was cut off, destroy it unread" }
  }

  /// The first name beside a place that is free: `trial-envelope-2.html`.
  private static func unused(beside path: String) -> String {
    let url = URL(fileURLWithPath: path)
    let (stem, kind) = (url.deletingPathExtension().path, url.pathExtension)
    let names = (2...99).lazy.map { "\(stem)-\($0).\(kind)" }
    return names.first { !isTaken($0) } ?? path
  }

  /// What an earlier run kept there.
  ///
  /// - Returns: `nil` where there is no such file.
  func kept() throws -> [UInt8]? {
    FileManager.default.fileExists(atPath: path) ? try GivenFile.read(path) : nil
  }

  /// The folder's path without links, dots and slashes at the end.
  private static func resolved(_ folder: String) throws -> String {
    guard let found = realpath(folder, nil) else {
      throw GivenFile.Failure(path: folder, number: errno)
    }
    defer { free(found) }
    return String(cString: found)
  }

  /// Whether a file would lie in a folder, by whatever name: compares the folders themselves.
  static func isInside(_ file: String, _ folder: String) -> Bool {
    let parent = URL(fileURLWithPath: file).deletingLastPathComponent().path
    guard let trial = identity(of: folder), var place = try? resolved(parent) else { return false }
    while true {
      if identity(of: place) == trial { return true }
      if place == "/" { return false }
      place = URL(fileURLWithPath: place).deletingLastPathComponent().path
    }
  }

  /// Device and inode.
  private static func identity(of folder: String) -> [UInt64]? {
    var facts = stat()
    guard stat(folder, &facts) == 0 else { return nil }
    return [UInt64(facts.st_dev), UInt64(facts.st_ino)]
  }

  /// Whether an empty file stands there: what a run that was killed had reserved.
  private var isReserved: Bool { OutsideFile.isEmptyFile(path) }

  private static func isEmptyFile(_ path: String) -> Bool {
    var facts = stat()
    return lstat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG && facts.st_size == 0
  }

  /// Whether something stands there that could be lost.
  private static func isTaken(_ path: String) -> Bool {
    var facts = stat()
    return lstat(path, &facts) == 0 && !isEmptyFile(path)
  }

  /// Makes the file, empty, so that a place that cannot be written to is found before the draw.
  ///
  /// An empty file that is there already holds nothing that could be lost, and is taken over.
  func reserve() throws {
    if isReserved, access(path, W_OK) == 0 { return }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw GivenFile.Failure(path: path, attempt: "write", number: errno)
    }
    close(descriptor)
  }

  /// Removes the file again if nothing was written into it, by this program or another one.
  func release() {
    var facts = stat()
    if stat(path, &facts) == 0, facts.st_size == 0 { unlink(path) }
  }

  /// Removes what was written for a sealing that does not exist.
  ///
  /// - Returns: whether it is gone.
  func withdraw() -> Bool { unlink(path) == 0 || errno == ENOENT }

  /// Writes it with mode 0600: into the reserved file where there is one, so that no second file holds a
  /// part of it.
  func write(_ bytes: [UInt8]) throws {
    guard !isReserved else {
      do { try WholeFile.fill(path, with: bytes) } catch {
        throw GivenFile.Failure(path: path, attempt: "write", number: error.number)
      }
      return
    }
    let url = URL(fileURLWithPath: path)
    try TrialFolder(path: url.deletingLastPathComponent().path)
      .write(bytes, to: url.lastPathComponent, replacing: true)
  }
}
