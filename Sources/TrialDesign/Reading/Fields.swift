/// The values of one mapping, by key.
struct Fields {
  /// The mapping.
  let node: YAMLNode
  /// What the mapping is, for messages.
  let what: String
  /// The values of the known keys.
  let values: [String: YAMLNode]
  /// Where the faults go.
  let faults: FaultList

  /// The value of a key that need not be there.
  subscript(key: String) -> YAMLNode? { values[key] }

  /// The value of a key that must be there; its absence is noted.
  func required(_ key: String, expected: String, hint: String? = nil) -> YAMLNode? {
    if let value = values[key] { return value }
    faults.add(node, found: "\(what) without \(key)", expected: expected, hint: hint)
    return nil
  }
}
