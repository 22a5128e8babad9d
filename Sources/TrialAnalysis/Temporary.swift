import TrialStatistics

extension AnalysisInput {
  func posterior(_ series: OutcomeSeries) throws -> BayesEffect? { nil }
}
extension GuessResult {
  init?(_ slots: [SlotLine], _ input: AnalysisInput) throws { return nil }
}
