import RealModule

/// The scores of the stated probabilities beside what somebody without any knowledge of the slots
/// would have scored by always stating the base rate: the share of slots that were active.
///
/// Both are proper: nothing is gained by stating another probability than one believes
/// [Gneiting and Raftery 2007]. "Don't know" is scored as one half.
public struct GuessScores: Hashable, Sendable {
  /// The mean squared distance from the truth, and that of the base rate, b (1 − b).
  public let brier, brierOfBaseRate: Double
  /// The mean logarithm of the probability given to the true arm, and that of the base rate,
  /// b ln b + (1 − b) ln (1 − b); minus infinity where the true arm was once called impossible.
  public let logScore, logScoreOfBaseRate: Double
  /// The share of scored slots that were active.
  public let baseRate: Double

  /// 1 − Brier score / that of the base rate: 1 for perfect knowledge, 0 for none, below 0 for less
  /// than none; `nil` where only one arm was scored, so that the base rate knows everything.
  public var brierSkill: Double? {
    brierOfBaseRate > 0 ? 1 - brier / brierOfBaseRate : nil
  }

  init?(_ table: GuessTable) {
    guard let brier = table.brier, let logScore = table.logScore, table.total > 0 else {
      return nil
    }
    self.brier = brier
    self.logScore = logScore
    let active = Double(table.active.total) / Double(table.total)
    let reference = Double(table.reference.total) / Double(table.total)
    baseRate = active
    brierOfBaseRate = active * reference
    func part(_ share: Double) -> Double { share > 0 ? share * Double.log(share) : 0 }
    logScoreOfBaseRate = part(active) + part(reference)
  }
}

extension GuessTable {
  /// The scores beside those of the base rate; `nil` without probabilities.
  public var scores: GuessScores? { GuessScores(self) }
}
