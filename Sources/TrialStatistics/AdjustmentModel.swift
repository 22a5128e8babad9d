import RealModule

/// What is taken out of the outcomes before the arms are compared: columns and autocorrelation.
///
/// With the columns X (block dummies or ones, then covariates) and the AR(1) correlation V of the
/// slots with an outcome, P = V⁻¹ − V⁻¹X(X′V⁻¹X)⁻¹X′V⁻¹ turns any series into what is left of it.
/// Nothing here sees the arms, so P is the same for every assignment.
struct AdjustmentModel {
  /// The slots with an outcome.
  let rows: [Int]
  /// Slots since the row before.
  let gaps: [Int]
  /// The columns over the rows, independent of each other.
  let columns: [[Double]]
  /// The autocorrelation.
  let phi: Double
  /// The outcome over the rows.
  let series: [Double]

  /// - Throws: `StatisticsError.tooFewSlots` where the columns explain any outcome.
  init(
    outcome: ExactOutcome, used: [Bool], blocks: [Range<Int>], whitening: Whitening,
    covariates: [[Double]]
  ) throws(StatisticsError) {
    let values = outcome.values
    let rows = used.indices.filter { used[$0] }
    let series = rows.map { values[$0] ?? 0 }
    let gaps = rows.indices.map { $0 == 0 ? 0 : rows[$0] - rows[$0 - 1] }
    let dummies = blocks.map { block in rows.map { block.contains($0) ? 1.0 : 0 } }
      .filter { $0.contains(1) }
    let extra = covariates.map { column in rows.map { column[$0] } }
    columns = AdjustmentModel.independent(dummies, extra)
    guard columns.count < rows.count else {
      throw .tooFewSlots(found: rows.count, needed: columns.count + 1)
    }
    switch whitening {
    case .none: phi = 0
    case .fixed(let fixed): phi = fixed
    case .estimated:
      phi = AR1Fit.restrictedPhi(
        outcome: series,
        columns: AdjustmentModel.independent([series.map { _ in 1 }], extra), gaps: gaps)
    }
    (self.rows, self.gaps, self.series) = (rows, gaps, series)
  }

  /// `first`, and what each column of `more` adds to those before, of length 1; one that adds less
  /// than 10⁻⁹ of itself adds nothing.
  static func independent(_ first: [[Double]], _ more: [[Double]]) -> [[Double]] {
    var columns = first
    for column in more {
      let size = length(column)
      guard size > 0 else { continue }
      var rest = column.map { $0 / size }
      for _ in 0..<2 {
        for other in columns {
          let share = product(rest, other) / product(other, other)
          for index in rest.indices { rest[index] -= share * other[index] }
        }
      }
      let left = length(rest)
      if left > 1e-9 { columns.append(rest.map { $0 / left }) }
    }
    return columns
  }

  private static func product(_ left: [Double], _ right: [Double]) -> Double {
    zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The length, without overflow.
  private static func length(_ column: [Double]) -> Double {
    let largest = column.reduce(0) { max($0, $1.magnitude) }
    guard largest > 0 else { return 0 }
    return largest
      * column.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }.squareRoot()
  }

  /// P times a series over the rows, and the series' length squared under P; `nil` where V is
  /// singular to working accuracy.
  func adjusted(_ series: [Double]) -> (scores: [Double], square: Double)? {
    guard
      let fit = AR1Fit(
        outcome: series, columns: columns, gaps: gaps, phi: phi, room: (1 - phi) * (1 + phi))
    else { return nil }
    return (AR1Fit.scores(fit.innovations, gaps: gaps, phi: phi), fit.residual)
  }

  /// P times the outcome; nothing but 0 where only rounding is left.
  func adjustedOutcome() throws(StatisticsError) -> [Double] {
    guard let (scores, _) = adjusted(series) else { throw .singularModel }
    let largest = series.reduce(0) { max($0, $1.magnitude) }
    return scores.contains { $0.magnitude > largest * 1e-12 } ? scores : scores.map { _ in 0 }
  }

  /// P times the observed arms, and z°′Pz°.
  ///
  /// - Throws: `StatisticsError.adjustmentsExplainArms`.
  func adjustedArms(_ observed: [Int]) throws(StatisticsError) -> (scores: [Double], square: Double)
  {
    let arms = rows.map { Double(observed[$0]) }
    guard let found = adjusted(arms), found.square > 1e-9 else { throw .adjustmentsExplainArms }
    return found
  }
}
