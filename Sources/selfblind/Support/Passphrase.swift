import Foundation
import OpenSSLCrypto

/// Passphrases: typed without echo, or read from a file; never an argument, never an environment
/// variable, both of which other processes can read.
enum Passphrase {
  /// Reads the passphrase from a file, or from the terminal.
  ///
  /// - Parameters:
  ///   - file: the path of a file whose first line is the passphrase.
  ///   - isNew: whether to ask twice and to demand a minimum length.
  static func read(file: String?, isNew: Bool) throws -> [UInt8] {
    let typed = try file.map(fromFile) ?? fromTerminal(isNew: isNew)
    guard !typed.isEmpty else {
      throw CommandRefusal("the passphrase is empty")
    }
    guard !isNew || typed.count >= 8 else {
      throw CommandRefusal(
        "the passphrase is too short: \(typed.count) bytes, at least 8 are needed",
        hint: "several words at random are easier to keep than one strange word")
    }
    return typed
  }

  private static func fromFile(_ path: String) throws -> [UInt8] {
    var bytes: [UInt8]
    do { bytes = try GivenFile.read(path) } catch var failure as GivenFile.Failure {
      // Whoever typed the passphrase itself should not read it again on the screen.
      failure.path = "--passphrase-file"
      throw failure
    }
    defer { wipe(&bytes) }
    return Array(bytes.prefix { $0 != 0x0A && $0 != 0x0D })
  }

  private static func fromTerminal(isNew: Bool) throws -> [UInt8] {
    let first = try secret(isNew ? "a new passphrase (not shown): " : "passphrase (not shown): ")
    guard isNew else { return first }
    var second = try secret("the same again: ")
    defer { wipe(&second) }
    guard constantTimeEqual(first, second) else {
      throw CommandRefusal("the two passphrases differ; nothing was done")
    }
    return first
  }

  /// Reads one line from the controlling terminal without showing it.
  private static func secret(_ prompt: String) throws -> [UInt8] {
    try HiddenLine.read(
      prompt, of: "the passphrase",
      otherwise: "use --passphrase-file with a file that only you can read")
  }
}
