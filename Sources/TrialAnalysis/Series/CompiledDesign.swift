package import TrialDesign

/// A design made ready once for any number of trials that share it.
package struct CompiledDesign: Sendable {
  /// The design as it was read.
  package let design: OpenDesign
  /// Scheme and plan, compiled; its assignment is none.
  let input: AnalysisInput
  /// The best guesser's expected share right, which depends on the scheme alone.
  let bestGuesser: Double

  /// Compiles a design.
  ///
  /// - Throws: `SchemeError` when the scheme has no reference set.
  package init(_ design: OpenDesign) throws {
    self.design = design
    input = AnalysisInput(
      arms: design.arms, scheme: design.scheme, automaton: design.automaton,
      observed: Array(repeating: 0, count: design.scheme.slotCount), plan: design.plan, days: nil)
    bestGuesser = input.automaton.bestGuesserShare(hasPill: design.arms.map(\.hasPill))
  }
}
