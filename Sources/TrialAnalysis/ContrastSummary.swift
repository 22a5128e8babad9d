import TrialDesign

/// One contrast as JSON.
struct ContrastSummary: Encodable {
  let contrast: Contrast
  /// Whether the object says which arm it is about.
  let isNamed: Bool
  /// Whether what stands beside test and model is absent.
  var isBrief = false

  private enum CodingKeys: String, CodingKey {
    case arm, reference, method, draws, standardError, estimate, statistic, hodgesLehmann
    case referenceSet, p, interval, intervalAbsolute, intervalIsHull, intervalDraws, planned,
      adjusted,
      meanDifference, bayes, statisticIsInfinite, roundedTo
    case effectSizes, carryOver, note, phi
  }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    if isNamed {
      try fields.encode(contrast.name, forKey: .arm)
      try fields.encode(contrast.reference, forKey: .reference)
    }
    let test = contrast.test
    switch test?.method {
    case .exact: try fields.encode("exact", forKey: .method)
    case .monteCarlo(let draws, let error):
      try fields.encode("monte-carlo", forKey: .method)
      try fields.encode(draws, forKey: .draws)
      try fields.encode(error, forKey: .standardError)
    case nil: try fields.encodeNil(forKey: .method)
    }
    try fields.encode(test?.estimate, forKey: .estimate)
    try fields.encodeIfPresent(test?.statistic, forKey: .statistic)
    try fields.encodeIfPresent(test?.autocorrelation, forKey: .phi)
    if test?.isInfinite == true {
      try fields.encodeNil(forKey: .statistic)
      try fields.encode(true, forKey: .statisticIsInfinite)
    }
    try fields.encodeIfPresent(test?.roundingUnit, forKey: .roundedTo)
    try fields.encode(test?.hodgesLehmann, forKey: .hodgesLehmann)
    try fields.encode(test?.referenceSet, forKey: .referenceSet)
    try fields.encode(test?.p, forKey: .p)
    try fields.encode(
      test.map { BoundsSummary($0.interval, kind: "equal-tailed") }, forKey: .interval)
    try fields.encode(test.map { BoundsSummary($0.intervalAbsolute) }, forKey: .intervalAbsolute)
    try fields.encodeIfPresent(test?.intervalDraws, forKey: .intervalDraws)
    if test?.intervalIsHull == true { try fields.encode(true, forKey: .intervalIsHull) }
    try fields.encode(test.map { PlannedSummary(planned: $0.planned) }, forKey: .planned)
    try fields.encodeIfPresent(contrast.adjusted, forKey: .adjusted)
    try fields.encode(contrast.meanDifference, forKey: .meanDifference)
    try fields.encode(contrast.bayes, forKey: .bayes)
    if !isBrief { try fields.encode(contrast.effectSizes, forKey: .effectSizes) }
    try fields.encodeIfPresent(
      contrast.carryOver.map(CarryOverSummary.init(carryOver:)), forKey: .carryOver)
    try fields.encodeIfPresent(contrast.note, forKey: .note)
  }
}

/// The bounds of an effect; a side that is not bounded is `null`.
struct BoundsSummary: Encodable {
  private let bounds: EffectTest.Bounds
  private let kind: String?

  init(_ bounds: EffectTest.Bounds, kind: String? = nil) {
    self.bounds = bounds
    self.kind = kind
  }

  private enum CodingKeys: String, CodingKey { case level, kind, lower, upper }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(bounds.level, forKey: .level)
    try fields.encodeIfPresent(kind, forKey: .kind)
    try fields.encode(bounds.lower, forKey: .lower)
    try fields.encode(bounds.upper, forKey: .upper)
  }
}

/// What the plan reports of a test.
struct PlannedSummary: Encodable {
  let planned: EffectTest.Planned

  private enum CodingKeys: String, CodingKey { case sides, midP, anytimeValid, p, interval }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(planned.sides.rawValue, forKey: .sides)
    try fields.encode(planned.isMidP, forKey: .midP)
    if planned.isAnytimeValid { try fields.encode(true, forKey: .anytimeValid) }
    try fields.encode(planned.p, forKey: .p)
    try fields.encode(BoundsSummary(planned.interval), forKey: .interval)
  }
}

/// Effects that outlast their slot, as JSON.
struct CarryOverSummary: Encodable {
  let carryOver: CarryOverResult

  private enum CodingKeys: String, CodingKey { case lag, bayes, table, note }
  private enum LagKeys: String, CodingKey { case coefficient, effect, p, slots, degrees }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    if let lag = carryOver.lag {
      var inner = fields.nestedContainer(keyedBy: LagKeys.self, forKey: .lag)
      try inner.encode(lag.coefficient, forKey: .coefficient)
      try inner.encode(lag.effect, forKey: .effect)
      try inner.encode(lag.p, forKey: .p)
      try inner.encode(lag.slots, forKey: .slots)
      try inner.encode(lag.degrees, forKey: .degrees)
    } else {
      try fields.encodeNil(forKey: .lag)
    }
    try fields.encode(carryOver.lagBayes, forKey: .bayes)
    try fields.encode(carryOver.rows.map(Row.init(row:)), forKey: .table)
    try fields.encodeIfPresent(carryOver.note, forKey: .note)
  }

  private struct Row: Encodable {
    let row: CarryOverResult.Row

    private enum CodingKeys: String, CodingKey {
      case dropped, ratings, estimate, p, interval, note
    }

    func encode(to encoder: any Encoder) throws {
      var fields = encoder.container(keyedBy: CodingKeys.self)
      try fields.encode(row.dropped, forKey: .dropped)
      try fields.encode(row.ratings, forKey: .ratings)
      try fields.encode(row.test?.estimate, forKey: .estimate)
      try fields.encode(row.test?.planned.p, forKey: .p)
      try fields.encode(row.test.map { BoundsSummary($0.planned.interval) }, forKey: .interval)
      try fields.encodeIfPresent(row.note, forKey: .note)
    }
  }
}
