import BlindRecord

/// Reads the outcomes of a study's plan.
struct OutcomeReader {
  let reader: ProtocolReader
  /// The sets and covariates that may be named; `nil` where they are wrong themselves.
  let sets: [StudyPlan.RowSet]?
  let covariates: [StudyPlan.Covariate]?

  private var faults: FaultList { reader.faults }

  private enum Better: String, CaseIterable { case higher, lower, neither }

  func outcomes(_ node: YAMLNode?) -> [StudyPlan.Outcome]? {
    guard let elements = reader.list(node, "outcomes", most: StudyPlanReader.most) else {
      return nil
    }
    let read = elements.map(outcome)
    let outcomes = read.compactMap { $0 }
    guard outcomes.count == read.count else { return nil }
    for (place, outcome) in outcomes.enumerated()
    where outcomes[..<place].contains(where: { $0.name == outcome.name }) {
      faults.add(
        elements[place], found: "the outcome \(YAMLNode.quoted(outcome.name)) again",
        expected: "outcomes with different names",
        hint: "the same column in another set needs a name of its own: {name: …, column: …}")
      return nil
    }
    return outcomes
  }

  /// A column's name alone, or keys and values.
  private func outcome(_ node: YAMLNode) -> StudyPlan.Outcome? {
    guard case .mapping = node.kind else {
      guard let name = reader.text(node, "an outcome") else { return nil }
      return StudyPlan.Outcome(
        name: name, column: name, unit: nil, direction: .neither, relevance: nil, set: .all,
        covariates: [])
    }
    guard
      let fields = reader.fields(
        node, "an outcome",
        known: ["name", "column", "set", "unit", "direction", "relevance", "covariates"])
    else { return nil }
    let name = reader.text(
      fields.required("name", expected: "name: what is measured"), "name", limit: 100)
    let column = fields["column"] == nil ? name : reader.text(fields["column"], "column")
    let unit = fields["unit"].map { reader.text($0, "unit", limit: 40) }
    let direction =
      fields["direction"] == nil
      ? Better.neither : reader.word(fields["direction"], "direction", as: Better.self)
    let relevance = fields["relevance"].map { reader.decimal($0, "relevance") }
    let set = fields["set"] == nil ? .all : set(fields["set"])
    let named = fields["covariates"] == nil ? [] : covariates(fields["covariates"])
    if let node = fields["relevance"], case .some(.some(let number)) = relevance,
      number <= DecimalNumber(units: 0)
    {
      faults.add(node, expected: "relevance above 0, in the outcome's unit")
      return nil
    }
    guard let name, let column, let direction, let set, let named,
      unit != .some(nil), relevance != .some(nil),
      let direction = Item.Direction(rawValue: direction.rawValue)
    else { return nil }
    return StudyPlan.Outcome(
      name: name, column: column, unit: unit ?? nil, direction: direction,
      relevance: relevance ?? nil, set: set, covariates: named)
  }

  private func set(_ node: YAMLNode?) -> StudyPlan.RowSet? {
    guard let node, let name = reader.text(node, "set"), let sets else { return nil }
    if let set = sets.first(where: { $0.name == name }) { return set }
    faults.add(
      node, found: "the set \(YAMLNode.quoted(name))",
      expected: sets.isEmpty
        ? "a set that is described under sets"
        : "one of \(sets.map(\.name).joined(separator: ", "))")
    return nil
  }

  private func covariates(_ node: YAMLNode?) -> [StudyPlan.Covariate]? {
    guard let node,
      let names = StudyPlanReader(reader: reader).texts(node, "covariates"), let covariates
    else { return nil }
    var read: [StudyPlan.Covariate] = []
    for name in names {
      guard let covariate = covariates.first(where: { $0.name == name }) else {
        faults.add(
          node, found: "the covariate \(YAMLNode.quoted(name))",
          expected: "one that is described under covariates, such as \(name): number")
        return nil
      }
      read.append(covariate)
    }
    return read
  }
}
