import Yams

/// Reads the bytes of a file as one YAML document, with the place of every value.
///
/// Refused: bytes that are not UTF-8, NUL, files above 256 KiB, anchors, aliases, tags, several
/// documents, keys that are not texts, duplicate keys. A byte order mark and CRLF are accepted.
struct YAMLText {
  /// The largest file that is read.
  static let mostBytes = 262_144

  private let faults: FaultList
  /// The file by line, as Unicode scalars, to look at what stands at a mark.
  private let lines: [[Unicode.Scalar]]

  /// The tree of a file, or `nil` with the faults noted.
  static func read(_ bytes: [UInt8], faults: FaultList) -> YAMLNode? {
    guard let text = decode(bytes, faults: faults) else { return nil }
    var masked = Masked(text: text)
    // Yams stops at the first duplicate key. Each one is noted and hidden, so that the rest is read.
    while true {
      do {
        let parser = try Parser(yaml: masked.padded, resolver: .basic, encoding: .utf8)
        guard let root = try parser.singleRoot() else {
          faults.add(
            line: 1, column: 1, found: "a file without content", expected: "keys and values",
            hint: faults.start)
          return nil
        }
        let reader = YAMLText(faults: faults, lines: masked.lines)
        return reader.convert(root, masked: masked)
      } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
        guard masked.hide(key: keys.first ?? "", at: context.mark) else {
          faults.add(
            line: context.mark.line, column: context.mark.column,
            found: "the key \(YAMLNode.quoted(keys.first ?? "")) more than once",
            expected: "each key once")
          return nil
        }
      } catch {
        note(error, faults: faults, masked: masked)
        return nil
      }
    }
  }

  private static func decode(_ bytes: [UInt8], faults: FaultList) -> String? {
    func refuse(_ found: String, _ expected: String, _ hint: String? = nil) {
      faults.add(line: 1, column: 1, found: found, expected: expected, hint: hint)
    }
    guard bytes.count <= mostBytes else {
      refuse("a file of \(bytes.count) bytes", "at most \(mostBytes) bytes")
      return nil
    }
    guard !bytes.contains(0) else {
      refuse("a NUL byte", "text in UTF-8", "save the file as plain text in UTF-8")
      return nil
    }
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    guard let text = String(validating: body, as: UTF8.self) else {
      refuse("bytes that are not UTF-8", "text in UTF-8", "save the file as plain text in UTF-8")
      return nil
    }
    return text
  }

  /// Notes what the parser could not read.
  private static func note(_ error: any Error, faults: FaultList, masked: Masked) {
    var mark = (line: 1, column: 1)
    var problem = "text that is not YAML"
    switch error {
    case YamlError.scanner(let context, let text, let place, _),
      YamlError.parser(let context, let text, let place, _),
      YamlError.composer(let context, let text, let place, _):
      // A quote that is never closed is found at the end; where it starts is what helps.
      let start = text.contains("end of stream") ? context?.mark ?? place : place
      mark = (start.line, start.column)
      problem = text
    case YamlError.reader(let text, _, _, _): problem = text
    case YamlError.memory: problem = "nested too deeply"
    default: break
    }
    if problem.contains("another document") {
      faults.add(
        line: mark.line, column: mark.column, found: "a second document", expected: "one document",
        hint: "remove the line --- and what follows it")
    } else if problem.contains("nest") {
      faults.add(
        line: mark.line, column: mark.column, found: "lists within lists, hundreds deep",
        expected: faults.kind)
    } else if problem.contains("undefined alias") {
      faults.add(
        line: mark.line, column: mark.column, found: "an alias", expected: "the value itself")
    } else {
      let isTab = masked.scalar(mark.line, mark.column) == "\t"
      faults.add(
        line: mark.line, column: mark.column, found: "text that is not YAML (\(problem))",
        expected: "YAML",
        hint: isTab
          ? "indent with spaces, not with tabs" : "put texts with : # or quotes between quotes")
    }
    masked.noteDuplicates(faults)
  }

  /// The node as ours; anchored and tagged nodes are noted and not looked into.
  private func convert(_ node: Node, masked: Masked) -> YAMLNode {
    let line = node.mark?.line ?? 1
    let column = node.mark?.column ?? 1
    func place(_ kind: YAMLNode.Kind) -> YAMLNode {
      YAMLNode(line: line, column: column, kind: kind)
    }
    switch masked.scalar(line, column) {
    case "&":
      faults.add(
        line: line, column: column, found: "an anchor", expected: "the value itself",
        hint: "write the value wherever it is needed")
      return place(.refused)
    case "!":
      faults.add(
        line: line, column: column, found: "a tag", expected: "a value without a tag",
        hint: "put the text between quotes if it starts with !")
      return place(.refused)
    default: break
    }
    switch node {
    case .scalar(let scalar):
      return place(.scalar(scalar.string, isPlain: scalar.style == .plain))
    case .sequence(let sequence):
      return place(.list(sequence.map { convert($0, masked: masked) }))
    case .mapping(let mapping):
      return place(
        .mapping(
          mapping.map { entry in
            let key = convert(entry.key, masked: masked)
            return (
              key: masked.original(of: key) ?? key, value: convert(entry.value, masked: masked)
            )
          }))
    case .alias: return place(.refused)
    }
  }
}
