package import BlindRecord

extension Refusal {
  /// The message and the hint as sentences of a page: a capital letter and a full stop each.
  ///
  /// The name of a file keeps its first letter: with another one it names a file that does not exist.
  package var sentences: String {
    ([message] + (hint.map { [$0] } ?? [])).map { text in
      let isFile = text.prefix { $0 != " " && $0 != ":" }.contains { $0 == "/" || $0 == "." }
      return (isFile ? text : text.prefix(1).uppercased() + text.dropFirst()) + "."
    }.joined(separator: " ")
  }
}
