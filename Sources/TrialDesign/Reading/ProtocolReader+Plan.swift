import BlindRecord

extension ProtocolReader {
  /// The part of the analysis that a protocol and an open design share.
  struct PlanCore {
    var statistic = AnalysisPlan.Statistic.meanDifference
    var whitening = AnalysisPlan.Whitening.none
    var level = DecimalNumber(units: 95, decimals: 2)
  }

  private static let planKeys = [
    "outcome", "statistic", "whitening", "level", "relevance", "sides",
  ]

  /// The plan of a protocol: everything stated, the outcome one of the numeric items.
  func plan(_ node: YAMLNode?, items: [Item]?) -> (plan: AnalysisPlan, level: DecimalNumber)? {
    guard let fields = fields(node, "analysis", known: ProtocolReader.planKeys) else { return nil }
    for (key, expected) in [
      ("statistic", "statistic: mean-difference or block-adjusted"),
      ("whitening", "whitening: none, estimated, or a number"), ("level", "level: such as 0.95"),
    ] { _ = fields.required(key, expected: expected) }
    let core = core(fields)
    let outcomeNode = fields.required("outcome", expected: "outcome: the name of a numeric item")
    let outcome = outcome(outcomeNode, items: items)
    let relevance = relevance(fields["relevance"], outcome)
    let sides =
      fields["sides"] == nil
      ? .doubled : word(fields["sides"], "sides", as: AnalysisPlan.Sides.self)
    guard let core, let outcome, let relevance, let sides else { return nil }
    let plan = AnalysisPlan(
      outcome: outcome.name, statistic: core.statistic, whitening: core.whitening,
      level: core.level.value, relevance: relevance.value, sides: sides)
    return (plan, core.level)
  }

  /// The plan of an open design: whatever is not stated is the plain test at 0.95.
  func openPlan(_ node: YAMLNode?) -> AnalysisPlan? {
    guard let node else {
      return AnalysisPlan(
        outcome: "", statistic: .meanDifference, whitening: .none, level: 0.95)
    }
    guard let fields = fields(node, "analysis", known: ProtocolReader.planKeys) else { return nil }
    let outcome = fields["outcome"].map { text($0, "outcome") } ?? ""
    let relevance = relevance(fields["relevance"], nil)
    let sides =
      fields["sides"] == nil
      ? .doubled : word(fields["sides"], "sides", as: AnalysisPlan.Sides.self)
    guard let core = core(fields), let outcome, let relevance, let sides else { return nil }
    return AnalysisPlan(
      outcome: outcome, statistic: core.statistic, whitening: core.whitening,
      level: core.level.value, relevance: relevance.value, sides: sides)
  }

  private func core(_ fields: Fields) -> PlanCore? {
    var core = PlanCore()
    var isRight = true
    if let node = fields["statistic"] {
      if let statistic = word(node, "statistic", as: AnalysisPlan.Statistic.self) {
        core.statistic = statistic
      } else {
        isRight = false
      }
    }
    if let node = fields["whitening"] {
      if let whitening = whitening(node) { core.whitening = whitening } else { isRight = false }
    }
    if let node = fields["level"] {
      if let level = level(node) { core.level = level } else { isRight = false }
    }
    return isRight ? core : nil
  }

  private func whitening(_ node: YAMLNode) -> AnalysisPlan.Whitening? {
    if case .scalar(let text, _) = node.kind {
      if text == "none" { return AnalysisPlan.Whitening.none }
      if text == "estimated" { return .estimated }
      if let phi = DecimalNumber(text), abs(phi.value) < 1 { return .fixed(phi.value) }
    }
    faults.add(node, expected: "whitening: none, estimated, or a number between -1 and 1")
    return nil
  }

  private func level(_ node: YAMLNode) -> DecimalNumber? {
    guard let level = decimal(node, "level") else { return nil }
    guard level >= DecimalNumber(units: 5, decimals: 1),
      level <= DecimalNumber(units: 9999, decimals: 4)
    else {
      faults.add(
        node, found: "the level \(level)", expected: "a level from 0.5 to 0.9999",
        hint: "the level is that of the interval: write 0.95 for a test at 0.05")
      return nil
    }
    return level
  }

  private func outcome(_ node: YAMLNode?, items: [Item]?) -> Item? {
    guard let node, let name = text(node, "outcome"), let items else { return nil }
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

  /// The smallest relevant difference in a box, so that "not stated" is not "wrong".
  private func relevance(
    _ node: YAMLNode?, _ outcome: Item?
  ) -> (value: DecimalNumber?, isStated: Bool)? {
    guard let node else { return (nil, false) }
    guard let relevance = decimal(node, "relevance") else { return nil }
    guard relevance > DecimalNumber(units: 0) else {
      faults.add(node, expected: "a relevance above 0, in the outcome's unit")
      return nil
    }
    if let outcome, case .number(let lower, let upper, let decimals, _) = outcome.kind {
      let width = DecimalNumber(
        units: upper.scaled(to: decimals) - lower.scaled(to: decimals), decimals: decimals)
      guard relevance <= width else {
        faults.add(
          node, expected: "a relevance within the range of \(outcome.name), at most \(width)")
        return nil
      }
    }
    return (relevance, true)
  }
}
