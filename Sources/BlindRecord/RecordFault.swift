/// Why a table from elsewhere cannot be read: one place, in one sentence.
public struct RecordFault: Refusal, Equatable {
  /// The file's name as the caller gave it.
  public let file: String
  /// The line in it, from 1.
  public let line: Int
  /// What was found there.
  public let found: String
  /// What was expected instead.
  public let expected: String
  /// What to do about it.
  public let hint: String?

  /// Makes the fault of one line.
  public init(_ file: String, _ line: Int, found: String, expected: String, hint: String? = nil) {
    self.file = file
    self.line = line
    self.found = found
    self.expected = expected
    self.hint = hint
  }

  /// "ratings.csv:5: found …, expected …".
  public var message: String { "\(file):\(line): found \(found), expected \(expected)" }
}

/// A cell's text as it may stand in a sentence: quoted, shortened, on one line.
package func quoted(_ text: String) -> String {
  let shown = text.unicodeScalars.prefix(40).map { isInvisible($0) ? "·" : String($0) }.joined()
  return "\"\(shown)\(text.unicodeScalars.count > 40 ? "…" : "")\""
}

/// Control characters, line breaks, and characters that reorder the text around them.
package func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
  scalar.properties.generalCategory == .control || [0x2028, 0x2029, 0xFEFF].contains(scalar.value)
    || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
}
