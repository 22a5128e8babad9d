/// A JSON value with its place; numbers stay the text that was written, so that ratings are compared
/// exactly.
package struct JSONNode: Sendable {
  /// What is there.
  package enum Kind: Sendable {
    case null
    case flag(Bool)
    case number(String)
    case text(String)
    case list([JSONNode])
    case object([(key: String, value: JSONNode)])
  }

  /// What is there.
  package let kind: Kind
  /// Its bytes in the line, from 0.
  package let bytes: Range<Int>

  /// A value at a place.
  package init(kind: Kind, bytes: Range<Int>) {
    self.kind = kind
    self.bytes = bytes
  }

  /// The value of a key; `nil` without the key, and where this is no object.
  package subscript(key: String) -> JSONNode? {
    guard case .object(let entries) = kind else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// The text, where it is one.
  package var text: String? { if case .text(let text) = kind { text } else { nil } }

  /// The elements, where it is a list.
  package var list: [JSONNode]? { if case .list(let list) = kind { list } else { nil } }

  /// The number as written, where it is one.
  package var digits: String? { if case .number(let digits) = kind { digits } else { nil } }

  /// The nearest floating-point number, where it is a number.
  package var number: Double? { digits.flatMap { Double($0) } }

  /// The whole number, where it is written as one.
  package var whole: Int? { digits.flatMap { Int($0) } }

  /// Whether it is `null`.
  package var isNull: Bool { if case .null = kind { true } else { false } }

  /// What was found, in words: `"twelve"`, `a list`, `null`.
  package var summary: String {
    switch kind {
    case .null: "null"
    case .flag(let flag): "\(flag)"
    case .number(let digits): String(digits.prefix(40))
    case .text(let text): quoted(text)
    case .list: "a list"
    case .object: "an object"
    }
  }
}
