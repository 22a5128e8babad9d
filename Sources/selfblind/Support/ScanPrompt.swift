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
    /// Leaves; the next run goes on here. Also the end of the input.
    case stop
  }

  /// Reads one line: hidden on a terminal, plainly from a pipe.
  static func read(_ prompt: String) throws -> Input {
    let line: String
    if isatty(0) == 1 {
      let bytes = try HiddenLine.read(
        prompt, of: "the code", otherwise: "give the codes on the standard input")
      line = String(decoding: bytes, as: UTF8.self)
    } else {
      guard let typed = readLine() else { return .stop }
      line = typed
    }
    switch line.trimmingCharacters(in: .whitespaces).lowercased() {
    case "undo": return .undo
    case "done": return .done
    case "lost": return .lost
    case "stop": return .stop
    case "": return .nothing
    default: return .code(line)
    }
  }
}
