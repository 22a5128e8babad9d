import BlindRecord

/// Reads values of a file strictly: each method notes a fault and returns `nil`, or returns a value.
///
/// A `nil` node is one whose absence has been noted already.
struct ProtocolReader {
  /// Where the faults go.
  let faults: FaultList

  /// The values of a mapping by key; unknown and repeated keys are noted.
  ///
  /// - Parameters:
  ///   - what: what the mapping is, for the message: `the file`, `scheme`.
  ///   - known: the keys that it may have.
  func fields(_ node: YAMLNode?, _ what: String, known: [String]) -> Fields? {
    guard let node else { return nil }
    guard case .mapping(let entries) = node.kind else {
      faults.add(node, expected: "\(what) as keys and values: \(known.joined(separator: ", "))")
      return nil
    }
    var values: [String: YAMLNode] = [:]
    var lines: [String: Int] = [:]
    for (key, value) in entries {
      guard case .scalar(let name, _) = key.kind else {
        faults.add(key, found: "\(key.summary) as a key", expected: "a name as a key")
        continue
      }
      if let line = lines[name] {
        faults.add(
          key, found: "the key \(YAMLNode.quoted(name)) again, after line \(line)",
          expected: "each key once", hint: "remove one of the two")
        continue
      }
      lines[name] = key.line
      if known.contains(name) {
        values[name] = value
      } else {
        let near = known.first { ProtocolReader.isNear($0, name) }
        faults.add(
          key, found: "the unknown key \(YAMLNode.quoted(name)) in \(what)",
          expected: "one of \(known.joined(separator: ", "))",
          hint: near.map { "did you mean \($0)?" })
      }
    }
    return Fields(node: node, what: what, values: values, faults: faults)
  }

  /// A text on one line, without blanks around it.
  func text(_ node: YAMLNode?, _ what: String, limit: Int = 300) -> String? {
    guard let node else { return nil }
    guard case .scalar(let raw, _) = node.kind, !node.isNothing else {
      faults.add(node, expected: "\(what) as a text")
      return nil
    }
    let text = ProtocolReader.trimmed(raw)
    guard !text.isEmpty else {
      faults.add(node, found: "an empty text", expected: what)
      return nil
    }
    guard !text.unicodeScalars.contains(where: isInvisible) else {
      faults.add(
        node, found: "a text with line breaks or control characters",
        expected: "\(what) on one line",
        hint: "for a long text write >- after the colon and the text indented below it")
      return nil
    }
    guard text.count <= limit else {
      faults.add(
        node, found: "a text of \(text.count) characters",
        expected: "\(what) of at most \(limit) characters")
      return nil
    }
    return text
  }

  /// A whole number within a range.
  func whole(_ node: YAMLNode?, _ what: String, in range: ClosedRange<Int>) -> Int? {
    guard let node else { return nil }
    let expected = "\(what) as a whole number from \(range.lowerBound) to \(range.upperBound)"
    guard case .scalar(let text, let isPlain) = node.kind, !node.isNothing else {
      faults.add(node, expected: expected)
      return nil
    }
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let isNumber =
      !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
      && (digits.count == 1 || !digits.hasPrefix("0"))
    guard isPlain, isNumber, let number = Int(text), range.contains(number) else {
      faults.add(
        node, expected: expected,
        hint: !isPlain && isNumber
          ? "remove the quotes" : isNumber ? nil : "write plain digits, without 0 in front")
      return nil
    }
    return number
  }

  /// A decimal number, exactly as written.
  func decimal(_ node: YAMLNode?, _ what: String) -> DecimalNumber? {
    guard let node else { return nil }
    guard case .scalar(let text, isPlain: true) = node.kind, !ProtocolReader.isOctal(text),
      let number = DecimalNumber(text)
    else {
      faults.add(
        node, expected: "\(what) as a number",
        hint: "write plain digits with a point: 0.5, 12, -3.25")
      return nil
    }
    return number
  }

  /// `true` or `false`, and nothing else.
  func flag(_ node: YAMLNode?, _ what: String) -> Bool? {
    guard let node else { return nil }
    if case .scalar(let text, isPlain: true) = node.kind, let flag = Bool(text) { return flag }
    faults.add(node, expected: "\(what) as true or false")
    return nil
  }

  /// One of the words of a type.
  func word<Word: RawRepresentable<String> & CaseIterable>(
    _ node: YAMLNode?, _ what: String, as type: Word.Type, hint: String? = nil
  ) -> Word? {
    guard let node else { return nil }
    if case .scalar(let text, _) = node.kind, let word = Word(rawValue: text) { return word }
    let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
    faults.add(node, expected: "\(what): one of \(words)", hint: hint)
    return nil
  }

  /// The elements of a list.
  func list(_ node: YAMLNode?, _ what: String, most: Int = SchemeError.mostSlots) -> [YAMLNode]? {
    guard let node else { return nil }
    guard case .list(let elements) = node.kind else {
      faults.add(node, expected: "\(what) as a list", hint: "write it as [first, second]")
      return nil
    }
    guard (1...most).contains(elements.count) else {
      faults.add(
        node, found: elements.isEmpty ? "an empty list" : "a list of \(elements.count)",
        expected: "\(what): 1 to \(most)")
      return nil
    }
    return elements
  }

  /// The elements of a list, each read; `nil` when one of them is wrong.
  func list<Value>(
    _ node: YAMLNode?, _ what: String, most: Int = SchemeError.mostSlots,
    each read: (YAMLNode) -> Value?
  ) -> [Value]? {
    guard let elements = list(node, what, most: most) else { return nil }
    let values = elements.map(read)
    let read = values.compactMap { $0 }
    return read.count == values.count ? read : nil
  }

  /// Without blanks and line breaks at both ends.
  static func trimmed(_ text: String) -> String {
    let start = text.drop(while: \.isWhitespace)
    return String(start.reversed().drop(while: \.isWhitespace).reversed())
  }

  private static func isOctal(_ text: String) -> Bool {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    return digits.count > 1 && digits.hasPrefix("0") && !digits.hasPrefix("0.")
  }

  /// Whether two names differ by at most two edits, or only in capital letters.
  private static func isNear(_ one: String, _ other: String) -> Bool {
    let (a, b) = (Array(one.lowercased().prefix(40)), Array(other.lowercased().prefix(40)))
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let cost = min(diagonal + (x == y ? 0 : 1), row[j] + 1, row[j + 1] + 1)
        diagonal = row[j + 1]
        row[j + 1] = cost
      }
    }
    return row[b.count] <= min(2, a.count / 2)
  }
}
