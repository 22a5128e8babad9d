import ArgumentParser
import BlindRecord
import Foundation
import TrialArchive

/// A refusal of the command line itself: one sentence, and what to do.
struct CommandRefusal: Refusal, Equatable {
  let message: String
  let hint: String?
  let isFaultOfTheSystem: Bool

  init(_ message: String, hint: String? = nil, isFaultOfTheSystem: Bool = false) {
    self.message = message
    self.hint = hint
    self.isFaultOfTheSystem = isFaultOfTheSystem
  }
}

/// How an error becomes two lines on standard error and an exit status.
enum Failure {
  /// Prints the error, and the hint where there is one.
  ///
  /// - Returns: 0 for help, 64 for wrong usage, 2 for a refusal, 1 where the system is at fault.
  static func report(_ error: any Error) -> Int32 {
    if let lost = error as? Output.Lost, lost.isNobodyThere { return 1 }
    if let refusal = error as? any Refusal {
      say(refusal.message, hint: hint(of: refusal))
      return refusal.isFaultOfTheSystem ? 1 : 2
    }
    let code = SelfBlind.exitCode(for: error)
    let full = SelfBlind.fullMessage(for: error)
    switch code {
    case .success:
      do { try Output.show(full) } catch { return report(error) }
      return 0
    case .validationFailure:
      say(sentence(SelfBlind.message(for: error)), hint: help(in: full))
      return code.rawValue
    default:
      if !(error is ExitCode) { say(sentence(String(describing: error)), hint: nil) }
      return code.rawValue
    }
  }

  /// Prints one error in the house's form.
  static func say(_ message: String, hint: String?) {
    var text = "selfblind: error: \(message)\n"
    if let hint { text += "selfblind: hint: \(hint)\n" }
    Output.complain(masked(text))
  }

  /// Says what is wrong elsewhere, where a command does its work all the same.
  static func warn(_ faults: [any Error]) {
    for fault in faults {
      let message = (fault as? any Refusal)?.message ?? String(describing: fault)
      Output.complain(masked("selfblind: warning: \(message)\n"))
    }
  }

  /// A text without secret keys: what was typed by mistake is not repeated on the screen.
  static func masked(_ text: String) -> String {
    // What we say ourselves of its form, `AGE-SECRET-KEY-1…`, has no letter of a key.
    text.replacing(#/AGE-SECRET-KEY-(?!1…)[0-9A-Za-z-]*/#.ignoresCase(), with: "AGE-SECRET-KEY-…")
  }

  /// What to do about a refusal; for a file that cannot be read, a place to write to is no answer.
  private static func hint(of refusal: any Refusal) -> String? {
    if let folder = refusal as? FolderError, folder.attempt == "read" { return nil }
    return refusal.hint
  }

  /// The first line of a message, begun with a small letter and without a full stop.
  private static func sentence(_ message: String) -> String {
    var line = message.split(separator: "\n").first.map(String.init) ?? "unknown"
    if line.hasSuffix(".") { line.removeLast() }
    line = line.replacingOccurrences(of: ". Did you", with: ", did you")
    let isWord = line.dropFirst().first.map { $0.isLowercase || $0 == " " } ?? false
    return isWord ? line.prefix(1).lowercased() + line.dropFirst() : line
  }

  /// Where the parser says help can be found: `see 'selfblind seal --help'`.
  private static func help(in message: String) -> String? {
    guard let line = message.split(separator: "\n").last(where: { $0.contains("See '") }),
      let quoted = line.split(separator: "'").dropFirst().first
    else { return "see 'selfblind --help'" }
    return "see '\(quoted)'"
  }
}
