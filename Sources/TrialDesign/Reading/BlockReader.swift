/// The parameters of `blocks`, in each of the ways in which they can be written.
struct BlockReader {
  let scheme: SchemeReader

  private var reader: ProtocolReader { scheme.reader }
  private var fields: Fields { scheme.fields }
  private var faults: FaultList { scheme.reader.faults }

  /// Whether the blocks may stand in any order.
  private enum Order: String, CaseIterable {
    case fixed, shuffled
  }

  func blocks() -> RandomizationScheme? {
    let order =
      fields["order"] == nil ? .fixed : reader.word(fields["order"], "order", as: Order.self)
    guard let counts = counts(), let order else { return nil }
    return .blocks(PermutedBlocks(counts: counts, isShuffled: order == .shuffled))
  }

  private func counts() -> [[Int]]? {
    if let node = fields["counts"] {
      guard scheme.isAlone("counts", beside: ["sizes", "active", "each", "repeat"]) else {
        return nil
      }
      return reader.list(node, "counts") { scheme.counts($0, "counts") }
    }
    if fields["each"] != nil || fields["repeat"] != nil {
      guard scheme.isAlone("each", beside: ["sizes", "active"]) else { return nil }
      let each = fields.required("each", expected: "each: the slots of each arm in a block")
        .flatMap { scheme.counts($0, "each") }
      let times = scheme.number("repeat")
      guard let each, let times else { return nil }
      return Array(repeating: each, count: times)
    }
    guard scheme.arms?.count ?? 2 == 2 else {
      faults.add(
        fields.node, found: "blocks without counts",
        expected: "counts: for each block its slots of each arm, or each and repeat",
        hint: "blocks: {each: [\(scheme.arms?.map { _ in "1" }.joined(separator: ", ") ?? "")], "
          + "repeat: 10}")
      return nil
    }
    return sizesAndActive()
  }

  /// For two arms: the size of each block, and its slots that are not the reference.
  private func sizesAndActive() -> [[Int]]? {
    let (sizes, active) = (numbers("sizes"), numbers("active"))
    guard let sizes, let active else { return nil }
    guard sizes.values.count == active.values.count else {
      faults.add(
        active.node, found: "\(active.values.count) active for \(sizes.values.count) sizes",
        expected: "one number of active slots for each block")
      return nil
    }
    var isBalanced = true
    for (block, size) in sizes.values.enumerated() where active.values[block] >= size {
      faults.add(
        active.nodes[block], found: "\(active.values[block]) active in a block of \(size)",
        expected: "at least one slot of each arm in each block")
      isBalanced = false
    }
    return isBalanced ? zip(sizes.values, active.values).map { [$0 - $1, $1] } : nil
  }

  private func numbers(_ key: String) -> (node: YAMLNode, values: [Int], nodes: [YAMLNode])? {
    guard let node = fields.required(key, expected: "\(key): one number for each block"),
      let nodes = reader.list(node, key),
      let values = reader.list(
        node, key, each: { reader.whole($0, key, in: 1...SchemeError.mostSlots) })
    else { return nil }
    return (node, values, nodes)
  }
}
