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

  /// Reads one line: hidden on a terminal, plainly from a pipe.
  static func read(_ prompt: String) throws -> Input {
    let line: String
    if isatty(0) == 1 {
      do {
        let bytes = try HiddenLine.read(
          prompt, of: "the code", otherwise: "give the codes on the standard input")
        line = String(decoding: bytes, as: UTF8.self)
      } catch let refusal as CommandRefusal where refusal == HiddenLine.interrupted {
        // What was scanned before is on the disk.
        return .stop
      }
    } else {
      guard let typed = readLine() else { return .stop }
      line = typed
    }
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
