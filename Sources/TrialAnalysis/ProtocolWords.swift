public import TrialDesign

/// What a protocol amounts to, in the words in which the report will say it.
public struct ProtocolWords: Sendable {
  /// The scheme.
  public let scheme: String
  /// The plan, line by line.
  public let plan: [PlanLine]
  /// How many assignments the scheme could give, as decimal digits.
  public let assignments: String
  /// The share of slots that somebody guesses right who knows the scheme and all earlier arms.
  public let bestGuesser: Double
  /// What a block of the design is called, where it has some: blocks or periods are rows of the report.
  public let blocks: Int

  /// Reads a protocol.
  ///
  /// - Throws: `SchemeError` when the scheme has no reference set.
  public init(_ design: TrialProtocol) throws {
    let input = AnalysisInput(
      arms: design.arms, scheme: design.scheme, automaton: design.automaton,
      observed: Array(repeating: 0, count: design.scheme.slotCount), plan: design.plan,
      days: design.days)
    scheme = input.schemeInWords
    plan = input.planLines([design.plan.outcome] + design.plan.alsoTested)
    assignments = String(input.automaton.count)
    bestGuesser =
      input.automaton.expectedCorrectGuesses / Double(max(1, input.automaton.slotCount))
    blocks = design.scheme.blocks.count
  }
}
