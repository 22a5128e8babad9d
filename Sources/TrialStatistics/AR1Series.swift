/// The observed rows of a series and the columns of its regression.
struct AR1Series {
  let outcome: [Double]
  /// Intercept, active arm and, where asked for, the centred day.
  let columns: [[Double]]
  /// Days since the row before.
  let gaps: [Int]

  init(outcome: [Double?], active: [Int], day: [Double]?, trend: Bool) throws(StatisticsError) {
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
    guard !rows.isEmpty else { throw .allMissing }
    for arm in 0...1 where !rows.contains(where: { active[$0] == arm }) {
      throw .armUnobserved(active: arm == 1)
    }
    let needed = trend ? 6 : 5
    guard rows.count >= needed else { throw .tooFewSlots(found: rows.count, needed: needed) }
    self.outcome = rows.compactMap { outcome[$0] }
    let centre = rows.reduce(0) { $0 + days[$1] } / Double(rows.count)
    let basic = [rows.map { _ in 1.0 }, rows.map { Double(active[$0]) }]
    columns = trend ? basic + [rows.map { days[$0] - centre }] : basic
    gaps = rows.indices.map { $0 == 0 ? 0 : Int(days[rows[$0]] - days[rows[$0 - 1]]) }
    guard
      let fit = AR1Fit(outcome: self.outcome, columns: columns, gaps: gaps, phi: 0, room: 1)
    else { throw .singularModel }
    let size = self.outcome.reduce(0) { $0 + $1 * $1 }
    guard fit.residual > size * 1e-24 else { throw .noVariation }
  }
}
