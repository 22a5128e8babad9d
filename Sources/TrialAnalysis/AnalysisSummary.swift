/// The analysis as one JSON object, for scripts: full precision, counts as decimal strings.
///
/// An unbounded side of an interval, and what is not available, is `null`.
public struct AnalysisSummary: Sendable {
  /// The trial's or data set's result.
  private let primary: OutcomeResult
  private let guesses: GuessResult?

  /// The summary of a result's primary analysis and its guesses.
  public init(_ result: TrialResult) {
    primary = result.primary
    guesses = result.guesses
  }

  /// The summary of another outcome of the result.
  package init(_ outcome: OutcomeResult, guesses: GuessResult? = nil) {
    primary = outcome
    self.guesses = guesses
  }
}

extension AnalysisSummary: Encodable {
  private enum CodingKeys: String, CodingKey {
    case outcome, method, draws, standardError, estimate, hodgesLehmann, referenceSet, p, interval
    case intervalAbsolute, bayes, blinding
  }
  private enum IntervalKeys: String, CodingKey { case level, kind, lower, upper }
  private enum BlindingKeys: String, CodingKey { case bang, james, logScore, brier }

  /// Writes the object.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(primary.name, forKey: .outcome)
    let test = primary.test
    switch test?.method {
    case .exact: try fields.encode("exact", forKey: .method)
    case .monteCarlo(let draws, let error):
      try fields.encode("monte-carlo", forKey: .method)
      try fields.encode(draws, forKey: .draws)
      try fields.encode(error, forKey: .standardError)
    case nil: try fields.encodeNil(forKey: .method)
    }
    try fields.encode(test?.estimate, forKey: .estimate)
    try fields.encode(test?.hodgesLehmann, forKey: .hodgesLehmann)
    try fields.encode(test?.referenceSet, forKey: .referenceSet)
    try fields.encode(test?.p, forKey: .p)
    try interval(test?.interval, kind: "equal-tailed", &fields, .interval)
    try interval(test?.intervalAbsolute, kind: nil, &fields, .intervalAbsolute)
    try fields.encode(primary.bayes, forKey: .bayes)
    try blinding(&fields)
  }

  private func interval(
    _ bounds: EffectTest.Bounds?, kind: String?,
    _ fields: inout KeyedEncodingContainer<CodingKeys>, _ key: CodingKeys
  ) throws {
    guard let bounds else { return try fields.encodeNil(forKey: key) }
    var inner = fields.nestedContainer(keyedBy: IntervalKeys.self, forKey: key)
    try inner.encode(bounds.level, forKey: .level)
    try inner.encodeIfPresent(kind, forKey: .kind)
    try inner.encode(bounds.lower, forKey: .lower)
    try inner.encode(bounds.upper, forKey: .upper)
  }

  private func blinding(_ fields: inout KeyedEncodingContainer<CodingKeys>) throws {
    guard let guesses else { return try fields.encodeNil(forKey: .blinding) }
    var inner = fields.nestedContainer(keyedBy: BlindingKeys.self, forKey: .blinding)
    var bang: [String: GuessResult.Index?] = [:]
    for arm in guesses.arms { bang.updateValue(arm.bang, forKey: arm.arm) }
    try inner.encode(bang, forKey: .bang)
    try inner.encode(guesses.james, forKey: .james)
    try inner.encode(guesses.logScore, forKey: .logScore)
    try inner.encode(guesses.brier, forKey: .brier)
  }
}
