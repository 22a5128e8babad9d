package import BlindRecord

extension Refusal {
  /// The message and the hint as sentences of a page: a capital letter and a full stop each.
  package var sentences: String {
    ([message] + (hint.map { [$0] } ?? [])).map { text in
      text.prefix(1).uppercased() + text.dropFirst() + "."
    }.joined(separator: " ")
  }
}
