import BlindRecord

/// Reads the plan of a study; every part is read, whatever was wrong with the others.
struct StudyPlanReader {
  /// The keys of a plan, in the order in which they are best written.
  static let keys = [
    "selfblind", "title", "arms", "columns", "sets", "covariates", "outcomes", "analysis",
  ]
  /// The most outcomes, sets and covariates.
  static let most = 60

  let reader: ProtocolReader

  var faults: FaultList { reader.faults }

  func plan(_ root: YAMLNode) -> StudyPlan? {
    guard reader.isReadable(root, needsFormat: false),
      let fields = reader.fields(root, "the plan", known: StudyPlanReader.keys)
    else { return nil }
    let title = reader.text(
      fields.required("title", expected: "title: what the study is called"), "title", limit: 200)
    let arms = arms(fields.required("arms", expected: "arms: [reference, other]"))
    let columns = columns(
      fields.required("columns", expected: "columns: {person: …, arm: …, guess: …}"))
    let sets = fields["sets"] == nil ? [] : sets(fields["sets"])
    let covariates = fields["covariates"] == nil ? [] : covariates(fields["covariates"])
    let node = fields.required("outcomes", expected: "outcomes: a list of columns with numbers")
    let outcomes = OutcomeReader(reader: reader, sets: sets, covariates: covariates).outcomes(node)
    let analysis = analysis(fields["analysis"])
    guard let title, let arms, let columns, sets != nil, covariates != nil, let outcomes,
      let analysis
    else { return nil }
    return StudyPlan(
      title: title, arms: arms, columns: columns, outcomes: outcomes, analysis: analysis)
  }

  /// Two arms with a pill: what is compared, and what is guessed.
  private func arms(_ node: YAMLNode?) -> [Arm]? {
    guard let node, let arms = reader.arms(node) else { return nil }
    guard arms.count == 2 else {
      faults.add(
        node, found: "\(arms.count) arms", expected: "two arms, the reference first",
        hint: "a table with more arms can be cut into one for each comparison")
      return nil
    }
    return arms
  }

  private func columns(_ node: YAMLNode?) -> StudyPlan.Columns? {
    guard
      let fields = reader.fields(
        node, "columns", known: ["person", "arm", "guess", "occasion", "missing"])
    else { return nil }
    let person = reader.text(
      fields.required("person", expected: "person: the column that tells persons apart"), "person")
    let arm = reader.text(fields.required("arm", expected: "arm: the column of the arms"), "arm")
    let guess = fields["guess"].map { reader.text($0, "guess") }
    let occasion = fields["occasion"].map { texts($0, "occasion") }
    let missing = fields["missing"].map { texts($0, "missing") }
    guard let person, let arm else { return nil }
    if guess == .some(nil) || occasion == .some(nil) || missing == .some(nil) { return nil }
    let named = [person, arm] + [guess ?? nil].compactMap { $0 }
    if let twice = named.indices.first(where: { named[..<$0].contains(named[$0]) }) {
      faults.add(
        fields[twice == 1 ? "arm" : "guess"] ?? fields.node,
        found: "the column \(YAMLNode.quoted(named[twice])) for two things",
        expected: "person, arm and guess in columns of their own")
      return nil
    }
    return StudyPlan.Columns(
      person: person, arm: arm, guess: guess ?? nil, occasion: (occasion ?? nil) ?? [],
      missing: (missing ?? nil) ?? [])
  }

  /// `acute: {timepoint: acute, week: ["1", "2"]}` for each set.
  private func sets(_ node: YAMLNode?) -> [StudyPlan.RowSet]? {
    guard let entries = entries(node, "sets", expected: "a name and its conditions for each set")
    else { return nil }
    let sets = entries.map { entry -> StudyPlan.RowSet? in
      let expected = "a column and the texts of its rows for each condition"
      guard let conditions = self.entries(entry.value, "a set", expected: expected) else {
        return nil
      }
      let read = conditions.compactMap { condition in
        texts(condition.value, condition.name).map {
          StudyPlan.RowSet.Condition(column: condition.name, values: $0)
        }
      }
      guard read.count == conditions.count else { return nil }
      return StudyPlan.RowSet(name: entry.name, conditions: read)
    }
    let read = sets.compactMap { $0 }
    return read.count == sets.count ? read : nil
  }

  private func covariates(_ node: YAMLNode?) -> [StudyPlan.Covariate]? {
    guard let entries = entries(node, "covariates", expected: "a column and its kind for each")
    else { return nil }
    let read = entries.compactMap { entry in
      reader.word(entry.value, entry.name, as: StudyPlan.Covariate.Kind.self).map {
        StudyPlan.Covariate(name: entry.name, kind: $0)
      }
    }
    return read.count == entries.count ? read : nil
  }

  private func analysis(_ node: YAMLNode?) -> StudyPlan.Analysis? {
    let known = ["level", "likelihood", "degrees", "bootstrap", "smallestStratum"]
    let none = YAMLNode(line: 1, column: 1, kind: .mapping([]))
    guard let fields = reader.fields(node ?? none, "analysis", known: known) else { return nil }
    let level = level(fields["level"])
    let likelihood =
      fields["likelihood"] == nil
      ? .restricted
      : reader.word(fields["likelihood"], "likelihood", as: StudyPlan.Likelihood.self)
    let degrees =
      fields["degrees"] == nil
      ? .satterthwaite : reader.word(fields["degrees"], "degrees", as: StudyPlan.Degrees.self)
    guard
      let draws = reader.fields(
        fields["bootstrap"] ?? none, "bootstrap", known: ["replicates", "seed"])
    else { return nil }
    let replicates =
      draws["replicates"] == nil
      ? 2_000 : reader.whole(draws["replicates"], "replicates", in: 200...100_000)
    let seed =
      draws["seed"] == nil ? 1 : reader.whole(draws["seed"], "seed", in: 0...999_999_999)
    let smallest =
      fields["smallestStratum"] == nil
      ? 5 : reader.whole(fields["smallestStratum"], "smallestStratum", in: 2...1_000)
    guard let level, let likelihood, let degrees, let replicates, let seed, let smallest else {
      return nil
    }
    if degrees == .kenwardRoger, likelihood == .full {
      faults.add(
        fields["degrees"] ?? fields.node, found: "kenward-roger beside the full likelihood",
        expected: "likelihood: restricted, for which it is defined")
      return nil
    }
    return StudyPlan.Analysis(
      level: level, likelihood: likelihood, degrees: degrees, replicates: replicates,
      seed: UInt64(seed), smallestStratum: smallest)
  }

  private func level(_ node: YAMLNode?) -> Double? {
    guard let node else { return 0.95 }
    guard let level = reader.decimal(node, "level") else { return nil }
    guard level.value >= 0.5, level.value <= 0.9999 else {
      faults.add(
        node, found: "the level \(level)", expected: "a level from 0.5 to 0.9999",
        hint: "the level is that of the intervals: write 0.95 for a test at 0.05")
      return nil
    }
    return level.value
  }

  // MARK: Mappings with any keys

  /// The entries of a mapping whose keys are names of the author's own; a name twice is noted.
  func entries(
    _ node: YAMLNode?, _ what: String, expected: String
  ) -> [(name: String, key: YAMLNode, value: YAMLNode)]? {
    guard let node else { return nil }
    guard case .mapping(let pairs) = node.kind, (1...StudyPlanReader.most).contains(pairs.count)
    else {
      faults.add(node, expected: "\(what): \(expected), 1 to \(StudyPlanReader.most)")
      return nil
    }
    var entries: [(name: String, key: YAMLNode, value: YAMLNode)] = []
    for (key, value) in pairs {
      guard let name = reader.text(key, "a name") else { return nil }
      if entries.contains(where: { $0.name == name }) {
        faults.add(
          key, found: "\(YAMLNode.quoted(name)) again in \(what)", expected: "each name once")
        return nil
      }
      entries.append((name, key, value))
    }
    return entries
  }

  /// A text, or a list of texts without one twice.
  func texts(_ node: YAMLNode, _ what: String) -> [String]? {
    guard case .list = node.kind else { return reader.text(node, what).map { [$0] } }
    guard
      let texts = reader.list(
        node, what, most: StudyPlanReader.most, each: { reader.text($0, what) })
    else { return nil }
    guard Set(texts).count == texts.count else {
      faults.add(node, found: "a text twice in \(what)", expected: "each once")
      return nil
    }
    return texts
  }
}
