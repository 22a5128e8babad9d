/// The analysis as one JSON object, for scripts: full precision, counts as decimal strings.
///
/// An unbounded side of an interval, and what is not available, is `null`. The form is described in
/// Documentation/Specifications/analysis.md.
public struct AnalysisSummary: Sendable {
  private let primary: OutcomeResult
  private let alsoTested: [OutcomeResult]
  private let guesses: GuessResult?
  /// Whether what the analysis of one of very many trials leaves out is absent here.
  private let isBrief: Bool

  /// The summary of a result: the outcomes of its plan and its guesses.
  public init(_ result: TrialResult) {
    primary = result.primary
    alsoTested = result.alsoTested
    guesses = result.guesses
    isBrief = false
  }

  /// The summary of an analysis without what stands beside test, model and indices.
  package init(_ brief: BriefAnalysis) {
    primary = brief.tested[0]
    alsoTested = Array(brief.tested.dropFirst())
    guesses = brief.guesses
    isBrief = true
  }

  /// The summary of one outcome of a result.
  package init(_ outcome: OutcomeResult, guesses: GuessResult? = nil) {
    primary = outcome
    alsoTested = []
    self.guesses = guesses
    isBrief = false
  }
}

extension AnalysisSummary: Encodable {
  private enum CodingKeys: String, CodingKey { case outcomes, blinding }
  private enum BlindingKeys: String, CodingKey {
    case bang, james, simple, kappa, permutationP, logScore, brier
    case logScoreOfBaseRate, brierOfBaseRate, answered, rightShare, baseRate
    case bestGuesser, curves, caveat
  }

  /// Writes the object.
  public func encode(to encoder: any Encoder) throws {
    try OutcomeSummary(outcome: primary, isBrief: isBrief).encode(to: encoder)
    var fields = encoder.container(keyedBy: CodingKeys.self)
    if !alsoTested.isEmpty {
      try fields.encode(
        ([primary] + alsoTested).map { OutcomeSummary(outcome: $0, isBrief: isBrief) },
        forKey: .outcomes)
    }
    guard let guesses else { return try fields.encodeNil(forKey: .blinding) }
    var inner = fields.nestedContainer(keyedBy: BlindingKeys.self, forKey: .blinding)
    var bang: [String: BangSummary?] = [:]
    for arm in guesses.arms { bang.updateValue(BangSummary(arm), forKey: arm.arm) }
    try inner.encode(bang, forKey: .bang)
    try inner.encode(guesses.james, forKey: .james)
    try inner.encode(guesses.simple, forKey: .simple)
    try inner.encode(guesses.kappa, forKey: .kappa)
    try inner.encode(guesses.permutationP, forKey: .permutationP)
    try inner.encode(guesses.logScore, forKey: .logScore)
    try inner.encode(guesses.brier, forKey: .brier)
    try inner.encode(guesses.logScoreOfBaseRate, forKey: .logScoreOfBaseRate)
    try inner.encode(guesses.brierOfBaseRate, forKey: .brierOfBaseRate)
    try inner.encode(guesses.answered, forKey: .answered)
    try inner.encode(guesses.rightShare, forKey: .rightShare)
    try inner.encode(guesses.baseRate, forKey: .baseRate)
    try inner.encode(guesses.bestGuesser, forKey: .bestGuesser)
    guard !isBrief else { return }
    try inner.encode(guesses.curves, forKey: .curves)
    try inner.encode(GuessCurveResult.caveat, forKey: .caveat)
  }
}

/// Bang's index of one arm, with its standard error and its score interval.
private struct BangSummary: Encodable {
  let index: Double
  let se, lower, upper: Double?

  /// `nil` for an arm without guesses.
  init?(_ arm: GuessResult.ArmGuesses) {
    guard let bang = arm.bang else { return nil }
    (index, se, lower, upper) = (bang.index, bang.se, arm.bangLower, arm.bangUpper)
  }
}

/// One outcome: with two arms the fields of its only contrast, with more one object for each.
struct OutcomeSummary: Encodable {
  let outcome: OutcomeResult
  var isBrief = false

  private enum CodingKeys: String, CodingKey { case outcome, contrasts, global }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(outcome.name, forKey: .outcome)
    if outcome.contrasts.count == 1 {
      try ContrastSummary(contrast: outcome.contrasts[0], isNamed: false, isBrief: isBrief)
        .encode(to: encoder)
    } else {
      try fields.encode(
        outcome.contrasts.map {
          ContrastSummary(contrast: $0, isNamed: true, isBrief: isBrief)
        },
        forKey: .contrasts)
      try fields.encode(outcome.global, forKey: .global)
    }
  }
}
