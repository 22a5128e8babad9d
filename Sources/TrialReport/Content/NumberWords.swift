import TrialAnalysis
import TrialDesign

extension AnalysisPlan.Sides {
  /// The mid-p of these sides, as a row's name.
  var mid: String {
    switch self {
    case .doubled: "Two-sided mid-p, twice the smaller side"
    case .absolute: "Two-sided mid-p, absolute difference"
    case .greater: "One-sided mid-p, greater"
    case .less: "One-sided mid-p, less"
    }
  }
}

extension OutcomeResult {
  /// As in "schedules that the scheme could have drawn": those that a contrast is compared with.
  func possible(for contrast: Contrast) -> String {
    let others = arms.map(\.arm).filter { $0 != contrast.name && $0 != contrast.reference }
    return others.isEmpty
      ? "the scheme could have drawn"
      : "leave \(others.joined(separator: " and ")) where "
        + (others.count == 1 ? "it was" : "they were")
  }
}

extension EffectTest.Planned {
  /// "Two-sided p", as a column's name.
  var name: String {
    (sides.isOneSided ? "One-sided " : "Two-sided ") + (isMidP ? "mid-p" : "p")
  }
}
