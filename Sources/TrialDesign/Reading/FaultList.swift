/// Collects the faults of one file, so that all are shown at once.
final class FaultList {
  /// The file as it was named.
  let file: String
  /// What the file is meant to be: `a protocol`.
  let kind: String
  /// Where one can be had to start from.
  let start: String
  private var faults: [ProtocolFault] = []

  init(
    file: String, kind: String = "a protocol",
    start: String = "selfblind new writes a protocol to start from"
  ) {
    self.file = file
    self.kind = kind
    self.start = start
  }

  /// The number of faults so far.
  var count: Int { faults.count }

  /// Whether nothing is wrong so far.
  var isEmpty: Bool { faults.isEmpty }

  /// Notes a fault at a place; the same fault is noted once.
  func add(
    line: Int, column: Int, found: String, expected: String, hint: String? = nil
  ) {
    let fault = ProtocolFault(
      file: file, line: line, column: column, found: found, expected: expected, hint: hint)
    if !faults.contains(fault) { faults.append(fault) }
  }

  /// Notes a fault at a node, unless the node itself was refused before.
  func add(_ node: YAMLNode, found: String? = nil, expected: String, hint: String? = nil) {
    if case .refused = node.kind { return }
    add(
      line: node.line, column: node.column, found: found ?? node.summary, expected: expected,
      hint: hint)
  }

  /// All faults in the order of their places, as an error.
  var error: ProtocolFaults {
    if faults.isEmpty {
      add(line: 1, column: 1, found: "a file that cannot be read", expected: kind)
    }
    return ProtocolFaults(
      faults: faults.enumerated().sorted {
        ($0.element.line, $0.element.column, $0.offset)
          < ($1.element.line, $1.element.column, $1.offset)
      }.map(\.element))
  }
}
