import RealModule

/// How the degrees of freedom of a contrast are found.
public enum DegreesMethod: String, Hashable, Sendable, CaseIterable {
  /// Satterthwaite's: the variance is taken for a multiple of χ² with the same mean and variance
  /// (Giesbrecht and Burns 1985; Fai and Cornelius 1996).
  case satterthwaite
  /// Kenward and Roger's (1997): the standard error grows by what the estimated variances add, and
  /// the expected information takes the place of the observed one. For the restricted likelihood.
  case kenwardRoger
}

/// A combination of coefficients with its t-test.
public struct MixedContrast: Hashable, Sendable {
  /// The estimate.
  public let estimate: Double
  /// Its standard error.
  public let standardError: Double
  /// The degrees of freedom of t.
  public let degrees: Double
  /// The level of the interval.
  public let level: Double
  /// The limits of the interval.
  public let lower, upper: Double

  /// The estimate over its standard error.
  public var t: Double { estimate / standardError }

  /// The two-sided p-value of no difference.
  public var p: Double { 2 * student.probability(above: t.magnitude) }

  private var student: StudentDistribution { StudentDistribution(unchecked: degrees) }

  init(estimate: Double, variance: Double, degrees: Double, level: Double) {
    self.estimate = estimate
    self.level = level
    standardError = variance.squareRoot()
    self.degrees = min(1e8, degrees)
    let student = StudentDistribution(unchecked: self.degrees)
    let reach = student.quantile(above: (1 - level) / 2) * standardError
    lower = estimate - reach
    upper = estimate + reach
  }
}

extension RandomInterceptModel {
  /// The contrast Σ weight · coefficient.
  ///
  /// - Parameters:
  ///   - weights: one per coefficient, the intercept first.
  ///   - degrees: how the degrees of freedom are found; least squares have N − k whichever is asked.
  /// - Throws: `MixedModelError.contrastUnfit`, `.levelOutOfRange`; `.degreesUndefined` where the rows
  ///   are too few.
  public func contrast(
    _ weights: [Double], degrees: DegreesMethod = .satterthwaite, level: Double = 0.95
  ) throws(MixedModelError) -> MixedContrast {
    guard level > 0, level < 1 else { throw .levelOutOfRange }
    guard weights.count == coefficients.count, weights.allSatisfy(\.isFinite),
      weights.contains(where: { $0 != 0 })
    else { throw .contrastUnfit(found: weights.count, expected: coefficients.count) }
    let estimate = zip(weights, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
    var inner = weights
    design.triangle.divide(&inner)
    let answer =
      method == .ordinary || degrees == .satterthwaite
      ? satterthwaite(inner) : kenwardRoger(inner)
    // Below a fiftieth of a degree the limits of an interval leave the range of numbers.
    guard answer.variance > 0, answer.degrees >= 0.02, answer.degrees.isFinite else {
      throw .degreesUndefined
    }
    return MixedContrast(
      estimate: estimate, variance: answer.variance * design.scale * design.scale,
      degrees: answer.degrees, level: level)
  }

  /// The contrast of one coefficient.
  public func contrast(
    of name: String, degrees: DegreesMethod = .satterthwaite, level: Double = 0.95
  ) throws(MixedModelError) -> MixedContrast {
    try contrast(weights(of: name), degrees: degrees, level: level)
  }

  /// The variance of a'g and its degrees of freedom 2V² / Var(V).
  ///
  /// V(λ, σ²) = σ² a'A⁻¹a; the variance of V is by the delta method, with twice the inverse Hessian
  /// of the deviance in (λ, σ²), all derivatives exact. The result is the same in any other
  /// parameters of an inner minimum. At λ = 0 only σ² is free (in τ / σ the slope of V is 0 there), so
  /// that N − k is left, as of least squares.
  private func satterthwaite(_ a: [Double]) -> (variance: Double, degrees: Double) {
    let variance = profile.variance
    let u = profile.factor.solve(a)
    let size = zip(a, u).reduce(0) { $0 + $1.0 * $1.1 }
    guard profile.ratio > 0 else { return (variance * size, profile.freedom) }
    var fall = 0.0
    for row in u.indices {
      for column in u.indices { fall += u[row] * profile.slope[row, column] * u[column] }
    }
    let byRatio = -variance * fall
    let byVariance = size
    let first = profile.residualBend / variance + profile.logarithmBend
    let mixed = -profile.residualSlope / (variance * variance)
    let second = profile.freedom / (variance * variance)
    let determinant = first * second - mixed * mixed
    let spread =
      2
      * (byRatio * byRatio * second - 2 * byRatio * byVariance * mixed
        + byVariance * byVariance * first) / determinant
    let total = variance * size
    return (total, 2 * total * total / spread)
  }
}
