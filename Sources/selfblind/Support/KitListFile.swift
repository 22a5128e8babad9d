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
    self.path = path ?? trial + (recipient == nil ? "-kit-list.txt" : "-kit-list.age")
    self.recipient = recipient
    let inside = URL(fileURLWithPath: trial).standardizedFileURL.path + "/"
    guard !URL(fileURLWithPath: self.path).standardizedFileURL.path.hasPrefix(inside) else {
      throw CommandRefusal(
        "the kit list must not lie in the trial's folder",
        hint: "the folder is shown to others; choose a place that only the packer sees")
    }
    guard !FileManager.default.fileExists(atPath: self.path) else {
      throw CommandRefusal("\(self.path): it exists already", hint: "choose another --kit-list")
    }
  }

  /// Makes the file, empty, so that a place that cannot be written to is found before the draw.
  func reserve() throws { try put([], replacing: false) }

  /// Removes the file again if nothing was written into it.
  func release() {
    if FileManager.default.contents(atPath: path)?.isEmpty == true { unlink(path) }
  }

  /// Writes the list with mode 0600, sealed to the helper where there is one.
  func write(_ sheet: KitSheet) throws {
    let sealed = try recipient.map { try AgeFile.encrypt(sheet.bytes, to: [$0], armored: true) }
    try put(sealed ?? sheet.bytes, replacing: true)
  }

  private func put(_ bytes: [UInt8], replacing: Bool) throws {
    let url = URL(fileURLWithPath: path)
    try TrialFolder(path: url.deletingLastPathComponent().path)
      .write(bytes, to: url.lastPathComponent, replacing: replacing)
  }

  /// What to do with it.
  var advice: String {
    recipient == nil
      ? "for the packer, unread: whoever reads it is no longer blind"
      : "for the helper, who opens it with `age -d -i KEY`"
  }
}
