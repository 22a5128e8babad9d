extension CarryOverTest {
  /// The least-squares fit of the outcome on the slot's own arm and that of the slot before, beside
  /// the adjustments, recomputed for every assignment.
  ///
  /// Slots without one before them, or after one of another arm, are left out. Both p-values are those
  /// of no effect at all, own or carried over, and exact up to 2²⁰ assignments, by draws beyond. The
  /// interval of the own effect supposes that nothing is carried over. An assignment under which the
  /// two arms' columns cannot be told apart has no statistic: it is extreme on every side and counted.
  ///
  /// - Throws: `StatisticsError.adjustmentsExplainArms` where that is so for the observed assignment,
  ///   `tooFewSlots`, or what the adjustments throw.
  public func lag() throws(StatisticsError) -> LagResult {
    var used = test.used
    for slot in used.indices where slot == 0 || elsewhere[slot - 1] { used[slot] = false }
    guard used.contains(true) else { throw .allMissing }
    let model = try AdjustmentModel(
      outcome: test.outcome, used: used, blocks: test.blocks, whitening: test.whitening,
      covariates: test.covariates)
    let needed = model.columns.count + 2
    guard model.rows.count >= needed else {
      throw .tooFewSlots(found: model.rows.count, needed: needed)
    }
    let projection = AdjustedProduct(model)
    let (rows, scores) = (model.rows, try model.adjustedOutcome())
    let marks = (
      own: rows.map { Double(test.observed[$0]) },
      before: rows.map { Double(test.observed[$0 - 1]) }
    )
    guard let ownScores = model.adjusted(marks.own)?.scores,
      let beforeScores = model.adjusted(marks.before)?.scores
    else { throw .singularModel }
    func fit(_ arms: [Int]) -> LagFit? {
      let own = rows.map { Double(arms[$0]) }
      let before = rows.map { Double(arms[$0 - 1]) }
      let (white, lagged) = (projection.rest(own), projection.rest(before))
      guard
        let solve = LagSolver(
          AdjustedProduct.dot(white, white), AdjustedProduct.dot(white, lagged),
          AdjustedProduct.dot(lagged, lagged))
      else { return nil }
      func coefficients(_ scores: [Double]) -> (own: Double, before: Double) {
        solve.solution(AdjustedProduct.dot(own, scores), AdjustedProduct.dot(before, scores))
      }
      let (outcome, first, second) = (
        coefficients(scores), coefficients(ownScores), coefficients(beforeScores)
      )
      return LagFit(outcome: outcome, ownOverlap: first.own, beforeOverlap: second.before)
    }
    guard let observed = fit(test.observed) else { throw .adjustmentsExplainArms }
    let size = scores.reduce(0) { max($0, $1.magnitude) }
    let tolerance = 1e-10 * max(size, observed.outcome.own.magnitude)
    var own = LinearSample(observed: observed.outcome.own, tolerance: tolerance)
    var before = LinearSample(observed: observed.outcome.before, tolerance: tolerance)
    let list = Assignments(test.reference, observed: test.observed, most: 0x1p20)
    list.forEach { arms in
      guard let fit = fit(arms) else {
        own.appendUndefined()
        before.appendUndefined()
        return
      }
      own.append((fit.outcome.own, fit.ownOverlap))
      before.append((fit.outcome.before, fit.beforeOverlap))
    }
    let phi = test.whitening == .none ? nil : model.phi
    return LagResult(
      own: test.result(own, list, phi: phi), before: test.result(before, list, phi: phi),
      slots: rows.count)
  }
}

/// Both coefficients of one assignment, and those of the observed arms under it.
private struct LagFit {
  let outcome: (own: Double, before: Double)
  let ownOverlap: Double
  let beforeOverlap: Double
}

/// The normal equations of two columns.
private struct LagSolver {
  private let first: Double
  private let mixed: Double
  private let second: Double
  private let determinant: Double

  /// `nil` where the columns cannot be told apart.
  init?(_ first: Double, _ mixed: Double, _ second: Double) {
    determinant = first * second - mixed * mixed
    guard first > 1e-9, second > 1e-9, determinant > 1e-9 * first * second else { return nil }
    (self.first, self.mixed, self.second) = (first, mixed, second)
  }

  func solution(_ one: Double, _ two: Double) -> (own: Double, before: Double) {
    (
      (second * one - mixed * two) / determinant, (first * two - mixed * one) / determinant
    )
  }
}

/// Scalar products under P without a matrix: what a filter and a basis of the columns leave.
struct AdjustedProduct {
  private let own: [Double]
  private let before: [Double]
  private let basis: [[Double]]

  init(_ model: AdjustmentModel) {
    let phi = model.phi
    var (own, before) = ([Double](), [Double]())
    for (index, gap) in model.gaps.enumerated() {
      if index == 0 {
        own.append(((1 - phi) * (1 + phi)).squareRoot())
        before.append(0)
      } else {
        let (power, variance) = AR1Fit.step(phi, gap)
        own.append(1 / variance.squareRoot())
        before.append(power / variance.squareRoot())
      }
    }
    (self.own, self.before) = (own, before)
    basis = AdjustmentModel.independent(
      [], model.columns.map { AdjustedProduct.filtered($0, own, before) })
  }

  private static func filtered(_ series: [Double], _ own: [Double], _ before: [Double]) -> [Double]
  {
    series.indices.map {
      own[$0] * series[$0] - ($0 > 0 ? before[$0] * series[$0 - 1] : 0)
    }
  }

  static func dot(_ left: [Double], _ right: [Double]) -> Double {
    var sum = 0.0
    for index in left.indices { sum += left[index] * right[index] }
    return sum
  }

  /// The filtered series without its parts along the columns.
  func rest(_ series: [Double]) -> [Double] {
    var rest = AdjustedProduct.filtered(series, own, before)
    for column in basis {
      let share = AdjustedProduct.dot(rest, column)
      for index in rest.indices { rest[index] -= share * column[index] }
    }
    return rest
  }
}
