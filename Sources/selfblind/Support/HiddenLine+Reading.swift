import Foundation

extension HiddenLine {
  /// What Ctrl-C is answered, where nothing was done before.
  static let interrupted = CommandRefusal("interrupted; nothing was done")

  /// Reads one line from the controlling terminal without showing it.
  ///
  /// - Parameters:
  ///   - prompt: what is shown before it.
  ///   - what: what the line is, in an error: "the passphrase".
  ///   - otherwise: what to do where there is no terminal.
  static func read(_ prompt: String, of what: String, otherwise: String) throws -> [UInt8] {
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
    var kept = termios()
    guard terminal >= 0, tcgetattr(terminal, &kept) == 0 else {
      throw CommandRefusal("there is no terminal to ask for \(what)", hint: otherwise)
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
    case .interrupted: throw HiddenLine.interrupted
    case .notACharacter:
      throw CommandRefusal(
        "\(what) has a key that is no character; nothing was done",
        hint: "backspace removes a character, Ctrl-U all of them; arrows and Tab are refused")
    case .tooLong:
      throw CommandRefusal(
        "\(what) has more than \(HiddenLine.limit) bytes; nothing was done")
    case .more:
      throw CommandRefusal("\(what) ended without a line end; nothing was done")
    }
  }
}
