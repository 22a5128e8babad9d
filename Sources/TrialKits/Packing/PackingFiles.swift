import BlindRecord
import Foundation
import TrialSeal

/// The files of packing in a trial's folder, held by one program at a time.
///
/// The register is replaced whole and is on the disk before an answer is given; the key goes last.
final class PackingFiles: Sendable {
  private let folder: String
  private let registerName: String
  private let key: PackingKey
  private let descriptor: Int32

  /// Takes the key, and keeps every other program from packing the same trial.
  ///
  /// - Parameter register: the register's name in `packing`.
  init(folder: String, register: String) throws(PackingError) {
    self.folder = folder
    registerName = "\(PackingFolder.name)/\(register)"
    let path = "\(folder)/\(PackingKey.fileName)"
    descriptor = Foundation.open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == ENOENT ? .noKey : .file(PackingKey.fileName, reason: PackingFiles.words(errno))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw .busy
    }
    do {
      key = try PackingKey(file: WholeFile.read(path, limit: 4096))
    } catch {
      close(descriptor)
      throw .damaged(PackingKey.fileName)
    }
    // Who holds the key writes alone: what is half written now was left by a program that was killed.
    PackingFolder.removeUnfinished(in: folder)
  }

  deinit {
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  /// Opens a file that was sealed to the key.
  func open<Value>(
    _ sealed: [UInt8], name: String, read: ([UInt8]) -> Value?
  ) throws(PackingError) -> Value {
    guard let value = try? key.open(sealed, read: read) else { throw .damaged(name) }
    return value
  }

  /// What the register says; `nil` before it was written.
  func readRegister<Value>(_ read: ([UInt8]) -> Value?) throws(PackingError) -> Value? {
    let sealed: [UInt8]
    do { sealed = try WholeFile.read("\(folder)/\(registerName)", limit: 1 << 20) } catch {
      guard error.number != ENOENT else { return nil }
      throw .file(registerName, reason: PackingFiles.words(error.number))
    }
    return try open(sealed, name: registerName, read: read)
  }

  /// Puts the register on the disk, in place of the one before.
  func write(_ register: [UInt8]) throws(PackingError) {
    let place = "\(folder)/\(PackingFolder.name)"
    guard mkdir(place, 0o700) == 0 || errno == EEXIST else {
      throw .file(PackingFolder.name, reason: PackingFiles.words(errno))
    }
    do {
      try WholeFile.write(key.seal(register), to: "\(folder)/\(registerName)")
    } catch let failure as WholeFile.Failure {
      throw .file(registerName, reason: PackingFiles.words(failure.number))
    } catch { throw .file(registerName, reason: "cannot be sealed") }
  }

  /// Overwrites and removes the key, then what only it could open.
  func destroyKey() throws(PackingError) {
    let path = "\(folder)/\(PackingKey.fileName)"
    var facts = stat()
    let size = fstat(descriptor, &facts) == 0 ? Int(facts.st_size) : 0
    let zeros = [UInt8](repeating: 0x30, count: size)
    guard pwrite(descriptor, zeros, size, 0) == size, fsync(descriptor) == 0,
      unlink(path) == 0
    else { throw .file(PackingKey.fileName, reason: PackingFiles.words(errno)) }
    try? WholeFile.syncFolder(of: path)
    try? PackingFolder.remove(in: folder)
  }

  /// Removes the register, and the folder when nothing else is in it; returns when that is on the disk.
  func removeRegister() {
    unlink("\(folder)/\(registerName)")
    try? WholeFile.syncFolder(of: "\(folder)/\(registerName)")
    rmdir("\(folder)/\(PackingFolder.name)")
  }

  /// Why the system refused.
  static func words(_ number: Int32) -> String {
    switch number {
    case ENOSPC, EDQUOT: PackingError.noRoom
    case EROFS: "the file system is read-only"
    default: String(cString: strerror(number)).lowercased()
    }
  }
}
