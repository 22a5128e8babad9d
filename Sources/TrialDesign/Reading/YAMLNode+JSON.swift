package import BlindRecord

extension YAMLNode {
  /// A JSON value as the reader of protocols takes it: one vocabulary, two spellings.
  ///
  /// Everything stands on line 1; columns are bytes.
  init(_ json: JSONNode) {
    let column = json.bytes.lowerBound + 1
    func text(_ text: String, at column: Int, isPlain: Bool) -> YAMLNode {
      YAMLNode(line: 1, column: column, kind: .scalar(text, isPlain: isPlain))
    }
    switch json.kind {
    case .null: self = text("null", at: column, isPlain: true)
    case .flag(let flag): self = text(flag ? "true" : "false", at: column, isPlain: true)
    case .number(let digits): self = text(digits, at: column, isPlain: true)
    case .text(let string): self = text(string, at: column, isPlain: false)
    case .list(let elements):
      self.init(line: 1, column: column, kind: .list(elements.map(YAMLNode.init)))
    case .object(let entries):
      self.init(
        line: 1, column: column,
        kind: .mapping(
          entries.map { entry in
            (
              key: text(entry.key, at: entry.value.bytes.lowerBound + 1, isPlain: false),
              value: YAMLNode(entry.value)
            )
          }))
    }
  }
}

extension OpenDesign {
  /// Reads a design that stands in a line of JSON, in the vocabulary of a design file.
  ///
  /// - Parameters:
  ///   - json: the object; its places are those of the line.
  ///   - place: what it is, for the faults, such as `design`.
  /// - Throws: `ProtocolFaults` with everything that is wrong.
  package init(json: JSONNode, place: String) throws(ProtocolFaults) {
    let faults = FaultList(file: place)
    try self.init(root: YAMLNode(json), reader: ProtocolReader(faults: faults))
  }
}
