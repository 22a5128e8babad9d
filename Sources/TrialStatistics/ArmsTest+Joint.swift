extension ArmsTest {
  /// All arms alike, over the whole set; without the comparisons and the closed testing of `result()`.
  public func global() throws(StatisticsError) -> ArmsResult.Global {
    let joint = try ArmsComparison(self, arms: Array(1..<armCount), used: used)
    guard let target = joint.spread(observed) else { throw joint.missingArm(observed) }
    let least = target * (1 - 1e-10)
    var (extreme, undefined, total) = (0.0, 0.0, 0.0)
    let draws = whole.forEach(most: Limits.enumerated, observed: observed) { arms in
      total += 1
      guard let value = joint.spread(arms) else {
        undefined += 1
        return
      }
      if value >= least { extreme += 1 }
    }
    let p = (extreme + undefined) / total
    return ArmsResult.Global(
      method: ArmsTest.method(draws, p / 2), statistic: target, p: p,
      undefinedShare: undefined / total)
  }

  /// p of the hypothesis that all of `arms` are like the reference: the largest |T| / s over the
  /// assignments that are the real one where that has another arm.
  func largest(of arms: [Int]) throws(StatisticsError) -> (p: Double, draws: Int?) {
    let free = Set(arms + [0])
    let set = ArmsSet(layers: layers, ends: ends, armCount: armCount) { slot, arm in
      free.contains(observed[slot]) ? free.contains(arm) : arm == observed[slot]
    }
    let inside = used.indices.map { used[$0] && free.contains(observed[$0]) }
    let joint = try ArmsComparison(self, arms: arms, used: inside)
    guard let own = joint.contrasts(observed) else { return (1, nil) }
    var columns = [[Double]](repeating: [], count: arms.count)
    let most = min(Limits.enumerated, 0x1p22 / Double(arms.count))
    let draws = set.forEach(most: most, observed: observed) { assignment in
      let values = joint.contrasts(assignment)
      for index in columns.indices { columns[index].append(values?[index] ?? .infinity) }
    }
    let found = ReferenceAdjustment(observed: own, columns: columns, measure: .maxT)
    return (found.singleStep.min() ?? 1, draws)
  }
}

/// The contrasts of several arms with the reference under any assignment of the slots to them.
struct ArmsComparison {
  /// The arms beside the reference.
  private let arms: [Int]
  private let rows: [Int]
  /// The places among the rows of each block.
  private let blocks: [Range<Int>]
  private let kind: Kind

  private enum Kind {
    /// Values centred within blocks; the coefficients of a fit with block and arm dummies.
    case fitted([Double])
    /// Fixed scores and what one over each arm's observed slots is, the reference first: means of
    /// what adjustments leave, or of ranks.
    case scores([Double], [Double])
    /// t of each arm.
    case studentised(StudentisedSeries, small: Double)
  }

  init(_ test: ArmsTest, arms: [Int], used: [Bool]) throws(StatisticsError) {
    self.arms = arms
    let rows = used.indices.filter { used[$0] }
    self.rows = rows
    guard !rows.isEmpty else { throw .allMissing }
    let slots: [Range<Int>]
    switch test.statistic {
    case .meanDifference, .studentised(nil), .rankSum(nil): slots = [0..<used.count]
    case .blockAdjusted(let given), .studentised(.some(let given)), .rankSum(.some(let given)),
      .signedRank(let given):
      slots = given
    }
    blocks = StudentisedSetting.places(rows, slots)
    let values = test.outcome.values
    var series = rows.map { values[$0] ?? 0 }
    let isAdjusted = test.whitening != .none || !test.covariates.isEmpty
    if isAdjusted {
      series = try AdjustmentModel(
        outcome: test.outcome, used: used, blocks: slots, whitening: test.whitening,
        covariates: test.covariates
      ).adjustedOutcome()
    }
    let shares = ([0] + arms).map { arm in
      1 / Double(max(1, rows.count { test.observed[$0] == arm }))
    }
    switch test.statistic {
    case .meanDifference, .blockAdjusted:
      kind = isAdjusted ? .scores(series, shares) : .fitted(ArmsComparison.centred(series, blocks))
    case .rankSum, .signedRank:
      let tie = isAdjusted ? 1e-10 * series.reduce(0) { max($0, $1.magnitude) } : 0
      let ranks = RankScores.centred(series, within: blocks) { $1 - $0 <= tie }
      kind = .scores(ranks.map { Double($0) / 2 }, shares)
    case .studentised(let given):
      let centred = ArmsComparison.centred(series, [0..<rows.count])
      kind = .studentised(
        StudentisedSeries(
          rows: rows, outcome: centred, effect: centred.map { _ in 0 },
          blocks: given == nil ? nil : blocks),
        small: 1e-12 * centred.reduce(0) { max($0, $1.magnitude) })
    }
  }

  private static func centred(_ series: [Double], _ blocks: [Range<Int>]) -> [Double] {
    blocks.flatMap { block -> [Double] in
      let mean = series[block].reduce(0, +) / Double(max(1, block.count))
      return series[block].map { $0 - mean }
    }
  }

  /// Why an assignment has no statistic.
  func missingArm(_ assignment: [Int]) -> StatisticsError {
    for arm in [0] + arms where !rows.contains(where: { assignment[$0] == arm }) {
      return .armUnobserved(active: arm != 0)
    }
    if case .studentised = kind { return .tooFewForStandardError }
    return .noBlockWithBothArms
  }

  /// Each arm less the reference, or `nil` where an arm cannot be compared.
  func contrasts(_ assignment: [Int]) -> [Double]? {
    switch kind {
    case .fitted(let series): return fitted(assignment, series)
    case .scores(let series, let shares):
      guard isConnected(assignment) else { return nil }
      var sums = [Double](repeating: 0, count: arms.count + 1)
      for (index, slot) in rows.enumerated() {
        if let place = place(assignment[slot]) { sums[place] += series[index] }
      }
      return arms.indices.map { sums[$0 + 1] * shares[$0 + 1] - sums[0] * shares[0] }
    case .studentised(let series, let small):
      var result: [Double] = []
      for arm in arms {
        guard let form = series.form(assignment, comparing: arm) else { return nil }
        result.append(form.t(0, small: small))
      }
      return result
    }
  }

  /// How far apart all arms are: the sum of squares of their means about their mean, or the largest
  /// |t|.
  func spread(_ assignment: [Int]) -> Double? {
    guard let contrasts = contrasts(assignment) else { return nil }
    if case .studentised = kind { return contrasts.reduce(0) { max($0, $1.magnitude) } }
    let sum = contrasts.reduce(0, +)
    let squares = contrasts.reduce(0) { $0 + $1 * $1 }
    return max(0, squares - sum * sum / Double(contrasts.count + 1))
  }

  /// The place of an arm, the reference first.
  private func place(_ arm: Int) -> Int? {
    arm == 0 ? 0 : arms.firstIndex(of: arm).map { $0 + 1 }
  }

  /// Whether every arm is linked to the reference by blocks that are observed under both.
  private func isConnected(_ assignment: [Int]) -> Bool {
    var linked = 1
    let all = (1 << (arms.count + 1)) - 1
    let inside = blocks.map { block in
      block.reduce(0) { found, index in
        place(assignment[rows[index]]).map { found | 1 << $0 } ?? found
      }
    }
    while linked != all {
      let before = linked
      for block in inside where block & linked != 0 { linked |= block }
      if linked == before { return false }
    }
    return true
  }

  /// The coefficients of the arms in a least-squares fit with block dummies.
  private func fitted(_ assignment: [Int], _ series: [Double]) -> [Double]? {
    guard isConnected(assignment) else { return nil }
    var normal = SquareMatrix(arms.count)
    var right = [Double](repeating: 0, count: arms.count)
    for block in blocks where !block.isEmpty {
      var counts = [Double](repeating: 0, count: arms.count)
      for index in block {
        guard let place = place(assignment[rows[index]]), place > 0 else { continue }
        counts[place - 1] += 1
        right[place - 1] += series[index]
      }
      for i in arms.indices {
        normal[i, i] += counts[i]
        for j in 0...i { normal[i, j] -= counts[i] * counts[j] / Double(block.count) }
      }
    }
    return normal.cholesky()?.solve(right)
  }
}
