import BlindRecord
import TrialAnalysis
import TrialStatistics

/// What a trial gives to a series, as JSON.
struct ContributionFields: Encodable {
  let contribution: TrialContribution

  init(_ contribution: TrialContribution) { self.contribution = contribution }

  private enum CodingKeys: String, CodingKey {
    case outcome, unit, arm, reference, effect, se, reason, difference, ratings, referenceSD,
      guesses, sums
  }
  private enum GuessKeys: String, CodingKey { case active, reference }
  private enum SumKeys: String, CodingKey { case low, weights, observed, decimals }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(contribution.outcome, forKey: .outcome)
    try fields.encode(contribution.unit, forKey: .unit)
    try fields.encode(contribution.arm, forKey: .arm)
    try fields.encode(contribution.reference, forKey: .reference)
    try fields.encode(contribution.effect, forKey: .effect)
    try fields.encode(contribution.se, forKey: .se)
    try fields.encodeIfPresent(contribution.reason, forKey: .reason)
    try fields.encode(contribution.difference, forKey: .difference)
    try fields.encode(contribution.ratings, forKey: .ratings)
    try fields.encode(contribution.referenceSD, forKey: .referenceSD)
    if let guesses = contribution.guesses {
      var inner = fields.nestedContainer(keyedBy: GuessKeys.self, forKey: .guesses)
      try inner.encode(ContributionFields.counts(guesses.active), forKey: .active)
      try inner.encode(ContributionFields.counts(guesses.reference), forKey: .reference)
    } else {
      try fields.encodeNil(forKey: .guesses)
    }
    guard let sums = contribution.sums else { return }
    var inner = fields.nestedContainer(keyedBy: SumKeys.self, forKey: .sums)
    try inner.encode(sums.low, forKey: .low)
    try inner.encode(sums.weights, forKey: .weights)
    try inner.encode(sums.observed, forKey: .observed)
    try inner.encode(sums.decimals, forKey: .decimals)
  }

  /// Guesses of the arm, of the reference, and "don't know".
  private static func counts(_ row: GuessTable.Row) -> [Int] {
    [row.active, row.reference, row.dontKnow]
  }
}

extension TrialContribution {
  /// Reads what `ContributionFields` wrote.
  ///
  /// - Throws: `LineFault` for what is missing or of another kind.
  init(_ node: JSONNode) throws(LineFault) {
    let keys = [
      "outcome", "unit", "arm", "reference", "effect", "se", "reason", "difference", "ratings",
      "referenceSD", "guesses", "sums",
    ]
    let fields = try LineFields(node, "contributions", known: keys)
    func name(_ key: String) throws(LineFault) -> String {
      try fields.required(key, fields.text(key, limit: 2_000), expected: "a text")
    }
    let ratings = (fields["ratings"]?.list ?? []).compactMap(\.whole)
    guard ratings.count == 2, ratings.allSatisfy({ (0...1_000_000).contains($0) }) else {
      throw LineFault("ratings", fields["ratings"], expected: "two counts, the arm's first")
    }
    // Beyond any scale of ratings numbers could not be pooled with others.
    func size(_ key: String, isPositive: Bool) throws(LineFault) -> Double? {
      guard let value = try fields.number(key) else { return nil }
      let isFit =
        isPositive ? (1e-50...1e50).contains(value) : value == 0 || value.magnitude <= 1e50
      guard isFit else {
        throw LineFault(
          key, fields[key],
          expected: isPositive ? "a number from 1e-50 to 1e50" : "a number within 1e50 of 0")
      }
      return value
    }
    self.init(
      outcome: try name("outcome"), unit: try fields.text("unit"), arm: try name("arm"),
      reference: try name("reference"), effect: try size("effect", isPositive: false),
      se: try size("se", isPositive: true), reason: try fields.text("reason", limit: 2_000),
      difference: try fields.number("difference"), ratings: ratings,
      referenceSD: try fields.number("referenceSD"),
      guesses: try TrialContribution.guesses(fields["guesses"]),
      sums: try TrialContribution.sums(fields["sums"]))
  }

  private static func guesses(_ node: JSONNode?) throws(LineFault) -> GuessTable? {
    guard let node else { return nil }
    func row(_ key: String) throws(LineFault) -> GuessTable.Row {
      let counts = (node[key]?.list ?? []).compactMap(\.whole)
      guard counts.count == 3, counts.allSatisfy({ (0...1_000_000).contains($0) }) else {
        throw LineFault(
          "guesses.\(key)", node[key],
          expected: "three counts: of the arm, of the reference, and of don't know")
      }
      return GuessTable.Row(active: counts[0], reference: counts[1], dontKnow: counts[2])
    }
    return GuessTable(active: try row("active"), reference: try row("reference"))
  }

  private static func sums(_ node: JSONNode?) throws(LineFault) -> TrialSums? {
    guard let node else { return nil }
    let weights = node["weights"]?.list ?? []
    guard let low = node["low"]?.whole, let observed = node["observed"]?.whole,
      let decimals = node["decimals"]?.whole,
      let sums = TrialSums(
        low: low, weights: weights.map { $0.number ?? .nan }, observed: observed,
        decimals: decimals)
    else {
      throw LineFault("sums", node, expected: "a distribution with the observed sum in it")
    }
    return sums
  }
}
