import Yams

extension YAMLText {
  /// A text in which repeated keys are hidden, each behind a character of its own.
  struct Masked {
    /// The text as it was, while nothing is hidden.
    private let text: String
    /// The lines as Unicode scalars, keys hidden.
    private(set) var lines: [[Unicode.Scalar]]
    private var hidden: [(key: String, line: Int, column: Int)] = []

    init(text: String) {
      self.text = text
      let scalars = Array(text.unicodeScalars)
      var lines: [[Unicode.Scalar]] = [[]]
      var place = 0
      while place < scalars.count {
        let scalar = scalars[place]
        lines[lines.count - 1].append(scalar)
        place += 1
        // The line breaks of YAML 1.1, as libyaml counts them; CRLF is one.
        guard ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar) else { continue }
        if scalar == "\r", place < scalars.count, scalars[place] == "\n" {
          lines[lines.count - 1].append("\n")
          place += 1
        }
        lines.append([])
      }
      self.lines = lines
    }

    /// The text for the parser.
    ///
    /// A very short text is padded: it would have no storage of its own, which the parser reads from.
    var padded: String {
      var shown = text
      if !hidden.isEmpty {
        var scalars = String.UnicodeScalarView()
        for line in lines { scalars.append(contentsOf: line) }
        shown = String(scalars)
      }
      return shown + (shown.utf8.count < 64 ? String(repeating: "\n", count: 64) : "")
    }

    /// What stands at a place counted from 1.
    func scalar(_ line: Int, _ column: Int) -> Unicode.Scalar? {
      guard lines.indices.contains(line - 1), lines[line - 1].indices.contains(column - 1) else {
        return nil
      }
      return lines[line - 1][column - 1]
    }

    /// Hides the first character of a key; `false` where that is not possible.
    mutating func hide(key: String, at mark: Mark) -> Bool {
      guard hidden.count < 100, !key.isEmpty, var first = scalar(mark.line, mark.column),
        let mask = Unicode.Scalar(0xE000 + UInt32(hidden.count))
      else { return false }
      var column = mark.column
      if first == "\"" || first == "'" {
        column += 1
        first = scalar(mark.line, column) ?? " "
      }
      guard key.unicodeScalars.first == first else { return false }
      lines[mark.line - 1][column - 1] = mask
      hidden.append((key: key, line: mark.line, column: mark.column))
      return true
    }

    /// The key that was hidden at a key's place.
    func original(of node: YAMLNode) -> YAMLNode? {
      hidden.first { $0.line == node.line && $0.column == node.column }.map {
        YAMLNode(line: node.line, column: node.column, kind: .scalar($0.key, isPlain: true))
      }
    }

    /// Notes the hidden keys, for a file that cannot be read further.
    func noteDuplicates(_ faults: FaultList) {
      for (key, line, column) in hidden {
        faults.add(
          line: line, column: column, found: "the key \(YAMLNode.quoted(key)) more than once",
          expected: "each key once")
      }
    }
  }
}
