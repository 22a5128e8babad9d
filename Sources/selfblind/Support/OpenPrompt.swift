import Foundation

/// A question whose answer is seen while it is typed, and which can be left.
///
/// For steps that go on where they were left: there Ctrl-C and the end of the input are an answer, as where a code is
/// scanned, and no failure.
enum OpenPrompt {
  /// Ctrl-C and Ctrl-\, which end the line here.
  private static let leaving: [UInt8] = [0x03, 0x1C]
  /// What stands for no key at all: `_POSIX_VDISABLE`.
  private static let noKey: UInt8 = 0

  /// Asks, and reads one line without the blanks around it; `nil` when the packer leaves.
  static func read(_ question: String) throws -> String? {
    try Output.show(question, end: ": ")
    guard let line = isatty(0) == 1 ? typed() : readLine() else {
      try Output.show()
      return nil
    }
    return line.trimmingCharacters(in: .whitespaces)
  }

  /// One line from the terminal, which edits and shows it as ever.
  private static func typed() -> String? {
    var kept = termios()
    guard tcgetattr(0, &kept) == 0 else { return readLine() }
    var open = kept
    // The two keys are ends of a line while they are read, and not signals.
    withUnsafeMutableBytes(of: &open.c_cc) { keys in
      for key in [VINTR, VQUIT] { keys[Int(key)] = noKey }
      for (end, key) in zip([VEOL, VEOL2], leaving) { keys[Int(end)] = key }
    }
    tcsetattr(0, TCSADRAIN, &open)
    defer { tcsetattr(0, TCSADRAIN, &kept) }
    var (line, byte) = ([UInt8](), UInt8(0))
    while true {
      let count = Foundation.read(0, &byte, 1)
      if count < 0, errno == EINTR { continue }
      guard count == 1, !leaving.contains(byte) else { return nil }
      if byte == 0x0A { return String(decoding: line, as: UTF8.self) }
      line.append(byte)
    }
  }
}
