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
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
    var kept = termios()
    guard terminal >= 0, tcgetattr(terminal, &kept) == 0 else {
      throw CommandRefusal(
        "there is no terminal to ask for the passphrase",
        hint: "use --passphrase-file with a file that only you can read")
    }
    defer { close(terminal) }
    var quiet = kept
    // Signals are read as characters while the echo is off, so that no interrupt leaves it off.
    quiet.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
    tcsetattr(terminal, TCSAFLUSH, &quiet)
    defer { tcsetattr(terminal, TCSAFLUSH, &kept) }
    _ = prompt.utf8CString.withUnsafeBytes { write(terminal, $0.baseAddress, $0.count - 1) }
    var line = HiddenLine()
    defer { line.clear() }
    var byte: UInt8 = 0
    var step = HiddenLine.Step.more
    while step == .more, Foundation.read(terminal, &byte, 1) == 1 { step = line.take(byte) }
    _ = write(terminal, "\n", 1)
    switch step {
    case .done: return line.content
    case .interrupted: throw CommandRefusal("interrupted; nothing was done")
    case .notACharacter:
      throw CommandRefusal(
        "the passphrase has a key that is no character; nothing was done",
        hint: "backspace removes a character, Ctrl-U all of them; arrows and Tab are refused")
    case .tooLong:
      throw CommandRefusal(
        "the passphrase has more than \(HiddenLine.limit) bytes; nothing was done")
    case .more:
      throw CommandRefusal("the passphrase ended without a line end; nothing was done")
    }
  }
}
