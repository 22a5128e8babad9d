import BlindRecord

/// A value of a YAML file with its place; scalars are kept as text and never given a type.
///
/// YAML 1.1 would read `no` as false, `012` as ten and `1_000` as a number. Here the key decides what
/// a text must be, so an arm named `no` is an arm named `no`.
struct YAMLNode {
  /// What is there.
  enum Kind {
    /// A text; plain when written without quotes and not as a block.
    case scalar(String, isPlain: Bool)
    /// A list.
    case list([YAMLNode])
    /// An anchor, an alias or a tag, noted already.
    case refused
    /// Keys and values, in order; a key may occur twice.
    case mapping([(key: YAMLNode, value: YAMLNode)])
  }

  /// The line, counted from 1.
  let line: Int
  /// The column, counted from 1 in Unicode scalars.
  let column: Int
  /// What is there.
  let kind: Kind

  /// Whether nothing is there: no text, `~` or `null`, without quotes.
  var isNothing: Bool {
    guard case .scalar(let text, isPlain: true) = kind else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  /// What was found, in words: `"twelve"`, `a list`, `nothing`.
  var summary: String {
    switch kind {
    case .scalar(let text, _): isNothing ? "nothing" : YAMLNode.quoted(text)
    case .list: "a list"
    case .refused: "an anchor or a tag"
    case .mapping: "keys and values"
    }
  }

  /// A text in quotes, at most 40 characters, on one line.
  static func quoted(_ text: String) -> String {
    let flat = String(
      text.prefix(40).unicodeScalars.map { isInvisible($0) ? "?" : Character($0) })
    return "\"\(flat)\(text.count > 40 ? "…" : "")\""
  }
}
