import BlindRecord

extension ProtocolReader {
  private static let planKeys = [
    "outcome", "alsoTested", "statistic", "adjust", "whitening", "level", "relevance", "sides",
    "midP", "carryOver", "prior", "monitoring",
  ]

  /// The plan of a protocol: everything that matters stated, the outcome one of the numeric items.
  func plan(_ node: YAMLNode?, items: [Item]?) -> (plan: AnalysisPlan, level: DecimalNumber)? {
    guard let fields = fields(node, "analysis", known: ProtocolReader.planKeys) else { return nil }
    for (key, expected) in [
      ("statistic", "statistic: one of \(PlanReader.words(AnalysisPlan.Statistic.self))"),
      ("whitening", "whitening: none, estimated, or a number"), ("level", "level: such as 0.95"),
    ] { _ = fields.required(key, expected: expected) }
    let outcomeNode = fields.required("outcome", expected: "outcome: the name of a numeric item")
    let outcome = outcomeNode.flatMap { numericItem($0, "outcome", items) }
    let reader = PlanReader(reader: self, fields: fields)
    let others = others(fields["alsoTested"], items, beside: outcome?.name)
    guard let read = reader.plan(outcome: outcome?.name ?? "", item: outcome, others: others),
      outcome != nil
    else { return nil }
    return read
  }

  /// The plan of an open design: whatever is not stated is the plain test at 0.95.
  func openPlan(_ node: YAMLNode?) -> AnalysisPlan? {
    guard let node else {
      return AnalysisPlan(
        outcome: "", statistic: .meanDifference, whitening: .none, level: 0.95)
    }
    guard let fields = fields(node, "analysis", known: ProtocolReader.planKeys) else { return nil }
    let outcome = fields["outcome"].map { text($0, "outcome") } ?? ""
    let names =
      fields["alsoTested"] == nil
      ? [] : distinct(fields["alsoTested"], beside: outcome) { text($0, "an outcome") }
    let reader = PlanReader(reader: self, fields: fields)
    guard let outcome, let read = reader.plan(outcome: outcome, item: nil, others: names)
    else { return nil }
    return read.plan
  }

  /// Further outcomes of a protocol: numeric items, each once, none of them the primary one.
  private func others(_ node: YAMLNode?, _ items: [Item]?, beside outcome: String?) -> [String]? {
    guard let node else { return [] }
    return distinct(node, beside: outcome) { numericItem($0, "alsoTested", items)?.name }
  }

  private func distinct(
    _ node: YAMLNode?, beside outcome: String?, read: (YAMLNode) -> String?
  ) -> [String]? {
    guard let elements = list(node, "alsoTested", most: 20) else { return nil }
    var names: [String] = []
    var isRight = true
    for element in elements {
      guard let name = read(element) else {
        isRight = false
        continue
      }
      if name == outcome || names.contains(name) {
        faults.add(
          element, found: "the outcome \(YAMLNode.quoted(name)) again",
          expected: "each outcome once")
        isRight = false
      }
      names.append(name)
    }
    return isRight ? names : nil
  }

  private func numericItem(_ node: YAMLNode, _ what: String, _ items: [Item]?) -> Item? {
    guard let name = text(node, what), let items else { return nil }
    guard let item = items.first(where: { $0.name == name }), item.isNumeric else {
      let numeric = items.filter(\.isNumeric).map(\.name)
      faults.add(
        node,
        expected: numeric.isEmpty
          ? "the name of an item of type number; there is none"
          : "the name of an item of type number: \(numeric.joined(separator: ", "))")
      return nil
    }
    return item
  }
}
