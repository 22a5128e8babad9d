import BlindRecord
import Foundation
import TrialArchive
import TrialKits
import TrialSeal

/// Where the packer's list is written, never inside the trial's folder.
struct KitListFile {
  /// The file's path.
  let path: String
  private let recipient: AgeRecipient?

  /// - Parameters:
  ///   - path: where the user wants it; `nil` for a file beside the trial's folder.
  ///   - trial: the trial's folder.
  ///   - recipient: the helper's key, to which the list is sealed.
  init(path: String?, trial: String, recipient: AgeRecipient?) throws {
    let ending = recipient == nil ? "-kit-list.txt" : "-kit-list.age"
    self.path = try path ?? KitListFile.resolved(trial) + ending
    self.recipient = recipient
    guard !self.path.isEmpty else { throw CommandRefusal("the name of the kit list is empty") }
    guard !KitListFile.isInside(self.path, trial) else {
      throw CommandRefusal(
        "the kit list must not lie in the trial's folder",
        hint: "the folder is shown to others; choose a place that only the packer sees")
    }
    guard !FileManager.default.fileExists(atPath: self.path) else {
      throw CommandRefusal("\(self.path): it exists already", hint: "choose another --kit-list")
    }
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
  private static func isInside(_ file: String, _ folder: String) -> Bool {
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

  /// Makes the file, empty, so that a place that cannot be written to is found before the draw.
  func reserve() throws {
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

  /// Removes the list of a draw that does not exist.
  ///
  /// - Returns: whether it is gone.
  func withdraw() -> Bool { unlink(path) == 0 || errno == ENOENT }

  /// Why sealing failed, with the warning that the list could not be removed.
  func void(because error: any Error) -> CommandRefusal {
    CommandRefusal(
      (error as? any Refusal)?.message ?? "\(error)",
      hint: "the kit list \(path) could not be removed: it is void, destroy it unread",
      isFaultOfTheSystem: (error as? any Refusal)?.isFaultOfTheSystem ?? true)
  }

  /// Writes the list with mode 0600, sealed to the helper where there is one.
  func write(_ sheet: KitSheet) throws {
    let sealed = try recipient.map { try AgeFile.encrypt(sheet.bytes, to: [$0], armored: true) }
    let url = URL(fileURLWithPath: path)
    try TrialFolder(path: url.deletingLastPathComponent().path)
      .write(sealed ?? sheet.bytes, to: url.lastPathComponent, replacing: true)
  }

  /// What to do with it.
  var advice: String {
    recipient == nil
      ? "for the packer, unread: whoever reads it is no longer blind"
      : "for the helper, who opens it with `age -d -i KEY`"
  }
}
