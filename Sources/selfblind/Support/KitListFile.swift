import BlindRecord
import Foundation
import TrialKits
import TrialSeal

/// Where the packer's list is written, never inside the trial's folder.
struct KitListFile {
  /// Whom a list is for where no name was given.
  static let unnamed = ["the packer", "the pharmacy"]

  private let file: OutsideFile
  private let recipient: AgeRecipient?
  /// Whom the list is for.
  let packer: String

  /// The file's path.
  var path: String { file.path }

  /// - Parameters:
  ///   - path: where the user wants it; `nil` for a file beside the trial's folder.
  ///   - trial: the trial's folder.
  ///   - recipient: the helper's key, to which the list is sealed.
  ///   - packer: whom the list is for.
  ///   - resuming: whether a sealing goes on that may have written its list before it was cut off.
  init(
    path: String?, trial: String, recipient: AgeRecipient?, packer: String, resuming: Bool = false
  ) throws {
    self.packer = packer
    file = try OutsideFile(
      path: path, trial: trial, ending: recipient == nil ? "-kit-list.html" : "-kit-list.age",
      name: "kit list", option: "--kit-list", reader: "the packer", numbered: resuming)
    self.recipient = recipient
  }

  /// Makes the file, empty, so that a place that cannot be written to is found before the draw.
  func reserve() throws { try file.reserve() }

  /// Removes the file again if nothing was written into it, by this program or another one.
  func release() { file.release() }

  /// Removes a list whose sealing was not finished; it is written again when that goes on.
  ///
  /// - Returns: whether it is gone.
  func withdraw() -> Bool { file.withdraw() }

  /// Why sealing failed, with the warning that the list could not be removed.
  func void(because error: any Error) -> CommandRefusal {
    CommandRefusal(
      (error as? any Refusal)?.message ?? "\(error)",
      hint: "the kit list \(path) could not be removed: destroy it unread",
      isFaultOfTheSystem: (error as? any Refusal)?.isFaultOfTheSystem ?? true)
  }

  /// Writes the list with mode 0600, sealed to the helper where there is one: a page for the printer, or a
  /// plain text where the file's name ends in `.txt`.
  ///
  /// - Parameter word: what whoever packs tells back.
  func write(_ list: consuming KitList, word: String) throws {
    let bytes =
      path.hasSuffix(".txt")
      ? KitSheet(list, to: packer, word: word).bytes
      : KitListPage.bytes(list, to: packer, word: word)
    let sealed = try recipient.map { try AgeFile.encrypt(bytes, to: [$0], armored: true) }
    try file.write(sealed ?? bytes)
  }

  /// What to do with it.
  var advice: [String] {
    [
      recipient == nil
        ? "for the packer, unread: whoever reads it is no longer blind"
        : "for the helper, who opens it with `age -d -i KEY -o list.\(path.hasSuffix(".txt") ? "txt" : "html")`"
    ] + (file.warning.map { [$0] } ?? [])
  }
}
