import BlindRecord
import Foundation

/// Codes from a keyboard scanner, typed codes, and the few words that are no code.
///
/// What is scanned is never shown: the lines on the screen would say which labels were filled with what.
enum ScanPrompt {
  /// What was read.
  enum Input: Equatable {
    /// A code, not checked yet.
    case code(String)
    /// An empty line.
    case nothing
    /// Takes the last scan back.
    case undo
    /// Ends the step.
    case done
    /// Gives up what is missing.
    case lost
    /// Asks what can be typed.
    case help
    /// Leaves; the next run goes on here. Also Ctrl-C and the end of the input.
    case stop
  }

  /// The words that can be typed instead of a code, for both wizards.
  static let words =
    "undo takes the last scan back, done ends the step, stop leaves, help says this"

  /// How far a step is that was begun before: whoever was cut off sees whether the last scan counted.
  ///
  /// - Returns: `nil` for a step that begins, and for one whose last scan is made.
  static func standing(_ done: Int, of total: Int) -> String? {
    (1..<max(total, 1)).contains(done) ? "  \(done) of \(total) so far" : nil
  }

  /// Reads one line: hidden on a terminal, plainly from a pipe.
  static func read(_ prompt: String) throws -> Input {
    guard let line = try line(prompt) else { return .stop }
    switch line.trimmingCharacters(in: .whitespaces).lowercased() {
    case "undo": return .undo
    case "done": return .done
    case "lost": return .lost
    case "help", "?": return .help
    case "stop", "quit", "exit": return .stop
    case "": return .nothing
    default: return .code(line)
    }
  }

  /// Asks before something that cannot be taken back: only the word yes does it.
  ///
  /// Read like a code, as a kit that is scanned in between must not be shown.
  ///
  /// - Returns: `nil` when the packer leaves.
  static func isSure(_ question: String) throws -> Bool? {
    try Output.show(question)
    guard let line = try line("yes/no> ") else { return nil }
    if line.trimmingCharacters(in: .whitespaces).lowercased() == "yes" { return true }
    try Output.show("  nothing has changed; only yes does it")
    return false
  }

  /// One line; `nil` when the packer leaves.
  private static func line(_ prompt: String) throws -> String? {
    guard isatty(0) == 1 else { return readLine() }
    do {
      let bytes = try HiddenLine.read(
        prompt, of: "the code", otherwise: "give the codes on the standard input")
      return String(decoding: bytes, as: UTF8.self)
    } catch let refusal as CommandRefusal where refusal == HiddenLine.interrupted {
      // What was scanned before is on the disk.
      return nil
    }
  }
}

/// Which scan an undo takes back, for both wizards.
///
/// Where the last code changed nothing, because it was known already or refused, the first undo says so: what it
/// would take back is not what was in the hand.
struct ScanUndo {
  private var isVoid = false

  /// Takes note of a code: how many scans there were before it, and after.
  mutating func noteCode(before: Int, after: Int) { isVoid = before == after }

  /// The scan to take back; `nil` where only a word was said.
  ///
  /// - Parameter last: the number of the last scan.
  mutating func scan(last: Int) throws -> Int? {
    guard isVoid, last > 0 else { return last }
    isVoid = false
    try Output.show(
      "  the last one changed nothing, so nothing of it is to be taken back; undo again takes scan "
        + "\(last) back")
    return nil
  }
}
