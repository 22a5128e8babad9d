/// The observed rows of a series and the columns of its regression.
struct AR1Series {
  let outcome: [Double]
  /// Intercept, active arm, the centred day where asked for, and the covariates.
  let columns: [[Double]]
  /// Days since the row before.
  let gaps: [Int]
  /// The place of the first covariate among the columns.
  let firstCovariate: Int

  init(
    outcome: [Double?], active: [Int], day: [Double]?, trend: Bool, covariates: [[Double]] = []
  ) throws(StatisticsError) {
    guard active.count == outcome.count else {
      throw .lengthsDiffer(name: "assignment", found: active.count, expected: outcome.count)
    }
    let days = day ?? outcome.indices.map { Double($0) }
    guard days.count == outcome.count else {
      throw .lengthsDiffer(name: "days", found: days.count, expected: outcome.count)
    }
    for slot in outcome.indices {
      guard outcome[slot]?.isFinite ?? true, days[slot].isFinite else {
        throw .notFinite(slot: slot + 1)
      }
      guard (0...1).contains(active[slot]) else { throw .unknownArm(slot: slot + 1) }
      guard days[slot] == days[slot].rounded(), days[slot].magnitude < 1e9,
        slot == 0 || days[slot] > days[slot - 1]
      else { throw .daysNotAscending(slot: slot + 1) }
    }
    let rows = outcome.indices.filter { outcome[$0] != nil }
    for (place, covariate) in covariates.enumerated() {
      guard covariate.count == outcome.count else {
        throw .lengthsDiffer(
          name: "covariate \(place + 1)", found: covariate.count, expected: outcome.count)
      }
      if let bad = rows.first(where: { !covariate[$0].isFinite }) {
        throw .covariateNotFinite(covariate: place + 1, slot: bad + 1)
      }
    }
    guard !rows.isEmpty else { throw .allMissing }
    for arm in 0...1 where !rows.contains(where: { active[$0] == arm }) {
      throw .armUnobserved(active: arm == 1)
    }
    firstCovariate = trend ? 3 : 2
    let needed = firstCovariate + covariates.count + 3
    guard rows.count >= needed else { throw .tooFewSlots(found: rows.count, needed: needed) }
    self.outcome = rows.compactMap { outcome[$0] }
    let centre = rows.reduce(0) { $0 + days[$1] } / Double(rows.count)
    var columns = [rows.map { _ in 1.0 }, rows.map { Double(active[$0]) }]
    if trend { columns.append(rows.map { days[$0] - centre }) }
    columns += covariates.map { covariate in rows.map { covariate[$0] } }
    self.columns = columns
    gaps = rows.indices.map { $0 == 0 ? 0 : Int(days[rows[$0]] - days[rows[$0 - 1]]) }
    guard let basis = OrthonormalColumns(columns) else { throw .singularModel }
    // A scale that a square can neither over- nor underflow.
    let largest = self.outcome.reduce(0) { max($0, $1.magnitude) }
    guard largest > 0 else { throw .noVariation }
    let scaled = self.outcome.map { $0 / largest }
    let rest = OrthonormalColumns.length(basis.residual(of: scaled).rest)
    guard rest > OrthonormalColumns.length(scaled) * 1e-12 else { throw .noVariation }
  }

  /// The likelihood with the column at `second` before the last one and that of the arm last.
  func likelihood(second: Int? = nil) -> AR1Likelihood? {
    var order = columns.indices.filter { $0 != 1 && $0 != second }
    if let second { order.append(second) }
    order.append(1)
    return AR1Likelihood(outcome: outcome, columns: order.map { columns[$0] }, gaps: gaps)
  }
}
