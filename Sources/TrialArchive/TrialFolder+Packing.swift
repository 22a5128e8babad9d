import BlindRecord
import Foundation
import TrialJournal
import TrialSeal

/// The end of packing alone: its key, and what only that key could open.
extension TrialFolder {
  /// Removes what packing alone has left behind, the key first: it is finished, or was given up.
  ///
  /// The key is overwritten before its name goes.
  public func forgetPacking() throws {
    if isLeft(Name.packingKey) {
      overwritePackingKey()
      guard unlink(full(Name.packingKey)) == 0 || errno == ENOENT else {
        throw FolderError(full(Name.packingKey), "remove")
      }
      try? WholeFile.syncFolder(of: full(Name.packingKey))
    }
    do { try PackingFolder.remove(in: path) } catch {
      throw FolderError(full(Name.packing), "remove", error.number)
    }
  }

  /// Destroys a packing key that outlived the record of packing, because the power went in between.
  ///
  /// A key that a program which packs holds at this moment is that program's to destroy.
  ///
  /// - Returns: whether there was one. A journal that cannot be read tells nothing, so the key stays then; whoever
  ///   opens that journal says what is wrong with it.
  public func forgetLeftPacking() throws -> Bool {
    guard isLeft(Name.packingKey), exists(Name.journal), !isPackingKeyHeld, isPacked else {
      return false
    }
    try forgetPacking()
    return true
  }

  /// Whether the record says which kit lies in which slot.
  private var isPacked: Bool {
    let entries = try? Journal.open(in: path, for: .reading).entries()
    return entries?.havePackedKits ?? false
  }

  /// Whether a name is there, also of a link that leads nowhere.
  private func isLeft(_ name: String) -> Bool {
    var facts = stat()
    return lstat(full(name), &facts) == 0
  }

  private var isPackingKeyHeld: Bool {
    let descriptor = open(full(Name.packingKey), O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return errno == EWOULDBLOCK }
    flock(descriptor, LOCK_UN)
    return false
  }

  /// Where it cannot be written, removing it is what is left.
  private func overwritePackingKey() {
    let descriptor = open(full(Name.packingKey), O_WRONLY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return }
    let zeros = [UInt8](repeating: 0x30, count: Int(min(facts.st_size, 4096)))
    _ = pwrite(descriptor, zeros, zeros.count, 0)
    _ = fsync(descriptor)
  }
}
