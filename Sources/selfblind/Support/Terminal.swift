import BlindRecord
import Foundation

/// Questions and answers on the terminal; works the same with a piped standard input.
enum Terminal {
  /// Asks one question and reads one line.
  ///
  /// - Parameter standing: the answer an empty line gives.
  /// - Throws: `CommandRefusal` when the input has ended.
  static func ask(_ question: String, standing: String? = nil) throws -> String {
    try Output.show(question + (standing.map { " [\($0)]" } ?? ""), end: ": ")
    guard let line = readLine() else {
      try Output.show()
      throw CommandRefusal(
        "the input ended before the question \"\(question)\" was answered",
        hint: "give every answer as an option; see --help")
    }
    let typed = line.trimmingCharacters(in: .whitespaces)
    return typed.isEmpty ? standing ?? "" : typed
  }

  /// Asks until the answer can be read; says why it could not.
  ///
  /// - Throws: when the input ends after an answer that was refused, the reason of that refusal.
  static func ask<Value>(
    _ question: String, standing: String? = nil, read: (String) throws -> Value
  ) throws -> Value {
    var refused: (any Refusal)?
    while true {
      let typed: String
      do { typed = try ask(question, standing: standing) } catch let ended as CommandRefusal {
        throw refused ?? ended
      }
      do {
        return try read(typed)
      } catch let refusal as any Refusal {
        refused = refusal
        try Output.show("  " + refusal.description)
      }
    }
  }

  /// Asks a question that is answered by yes or no.
  static func confirm(_ question: String, standing: Bool? = nil) throws -> Bool {
    try ask(
      question + " (yes/no)", standing: standing.map { $0 ? "yes" : "no" }, read: yesOrNo)
  }

  /// Reads yes or no.
  static func yesOrNo(_ typed: String) throws -> Bool {
    switch typed.lowercased() {
    case "yes", "y": return true
    case "no", "n": return false
    default:
      throw FormatError("answer", found: "\"\(typed.prefix(40))\"", expected: "yes or no")
    }
  }

  /// Asks for one of a list, by number or by name.
  ///
  /// - Parameter meaning: what each option is, where its name does not say it.
  static func choose(
    _ question: String, from options: [String], meaning: [String] = []
  ) throws -> String {
    for (place, option) in options.enumerated() {
      let explained = meaning.indices.contains(place) ? ": \(meaning[place])" : ""
      try Output.show("  \(place + 1)  \(option)\(explained)")
    }
    return try ask(question) { typed in
      if let number = Int(typed), options.indices.contains(number - 1) {
        return options[number - 1]
      }
      guard options.contains(typed) else {
        throw FormatError(
          "answer", found: "\"\(typed.prefix(40))\"",
          expected: "a number from 1 to \(options.count), or a name of the list")
      }
      return typed
    }
  }
}
