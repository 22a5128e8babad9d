import RealModule

/// The standard deviation by which a difference of means is divided.
public enum Standardiser: String, Hashable, Sendable, CaseIterable {
  /// The pooled standard deviation of both arms (Cohen's d).
  case pooled
  /// The standard deviation of the reference arm alone (Glass's delta), which a treatment that
  /// changes the spread does not touch.
  case reference
  /// The standard deviation of the paired differences (Cohen's d_z). It is not on the scale of the
  /// others: the closer the pairs, the larger it makes the same difference.
  case differences

  /// What a report calls it.
  public var name: String {
    switch self {
    case .pooled: "pooled standard deviation of both arms"
    case .reference: "standard deviation of the reference arm"
    case .differences: "standard deviation of the paired differences"
    }
  }
}

/// A difference of means in standard deviations, with and without the correction for small samples.
///
/// Intervals take the values as independent and normal.
public struct StandardizedDifference: Hashable, Sendable {
  /// By what the difference is divided.
  public let standardiser: Standardiser
  /// The standard deviation itself.
  public let scale: Double
  /// Its degrees of freedom.
  public let degrees: Double
  /// The difference over the standard deviation, uncorrected.
  public let d: Double
  /// Hedges's exact correction, Γ(ν/2) / (√(ν/2) Γ((ν − 1)/2)); 0 with one degree of freedom, where
  /// the mean of d does not exist.
  public let correction: Double
  /// The corrected difference: Hedges's g where the standardiser is pooled.
  public let g: Double
  /// What the sampling of the means contributes to the variance of d.
  private let meanVariance: Double

  /// The difference of two independent samples; the standardiser is pooled or of the reference.
  ///
  /// - Throws: `SampleError`: an arm with fewer than two values, a value that is not finite, a
  ///   standardiser of 0. With `.differences` the lists are read as pairs.
  public init(active: [Double], reference: [Double], standardiser: Standardiser)
    throws(SampleError)
  {
    if standardiser == .differences {
      let pairs = try Sample(pairs: active, reference)
      try self.init(
        standardiser, pairs.mean, pairs.variance, Double(pairs.count - 1), "differences"
      ) { _ in 1 / Double(pairs.count) }
      return
    }
    let active = try Sample(active, "active arm", atLeast: 2)
    let reference = try Sample(reference, "reference arm", atLeast: 2)
    let m = Double(reference.count)
    let n = Double(active.count)
    let difference = active.mean - reference.mean
    if standardiser == .reference {
      try self.init(standardiser, difference, reference.variance, m - 1, "reference arm") {
        1 / m + active.variance / (n * $0)
      }
    } else {
      let degrees = m + n - 2
      let pooled = ((m - 1) * reference.variance + (n - 1) * active.variance) / degrees
      try self.init(standardiser, difference, pooled, degrees, "both arms") { _ in 1 / m + 1 / n }
    }
  }

  private init(
    _ standardiser: Standardiser, _ difference: Double, _ variance: Double, _ degrees: Double,
    _ name: String, _ meanVariance: (Double) -> Double
  ) throws(SampleError) {
    guard variance > 0 else { throw .noVariation(sample: name) }
    self.standardiser = standardiser
    scale = variance.squareRoot()
    self.degrees = degrees
    d = difference / scale
    correction = StandardizedDifference.correction(degrees: degrees)
    g = correction * d
    self.meanVariance = meanVariance(variance)
  }

  /// Hedges's correction of small samples, exact (Hedges 1981).
  ///
  /// Γ(h) / Γ(h − ½) from the errors of Stirling's formula, so that no large numbers cancel.
  public static func correction(degrees: Double) -> Double {
    let h = degrees / 2 - 0.5
    guard h > 0 else { return 0 }
    let errors = StirlingTerms.error(h + 0.5) - StirlingTerms.error(h)
    let exponent = h * Double.log(onePlus: 0.5 / h) - 0.5 + errors
    return (h / (h + 0.5)).squareRoot() * Double.exp(exponent)
  }

  /// The standard error of d, √(v + d² / 2ν), where v is 1/m + 1/n (pooled),
  /// 1/m + s²ₐ / (n s²ᵣ) (reference arm, with its size m) or 1/n (pairs).
  ///
  /// Source: Hedges and Olkin 1985; for the reference arm Pustejovsky, as in SingleCaseES.
  public var standardErrorOfD: Double { standardError(at: d) }

  /// The standard error of g: the correction times the standard error of d taken at g.
  public var standardErrorOfG: Double { correction * standardError(at: g) }

  /// The normal interval of g.
  public func interval(level: Double = 0.95) throws(SampleError) -> (lower: Double, upper: Double) {
    try SampleError.check(level: level)
    let width = NormalDistribution().quantile(above: (1 - level) / 2) * standardErrorOfG
    return (g - width, g + width)
  }

  /// The exact interval of the population's d, by inverting the noncentral t distribution.
  ///
  /// Source: Steiger and Fouladi 1997. Relative error of the limits about 10⁻¹⁰.
  ///
  /// - Returns: `nil` for the standardiser of the reference arm, where d is no noncentral t unless
  ///   the arms have the same variance.
  public func exactInterval(level: Double = 0.95) throws(SampleError)
    -> (lower: Double, upper: Double)?
  {
    try SampleError.check(level: level)
    guard standardiser != .reference else { return nil }
    let unit = meanVariance.squareRoot()
    let tail = (1 - level) / 2
    let distribution = NoncentralT(degrees: degrees)
    return (
      distribution.noncentrality(at: d / unit, upper: tail) * unit,
      distribution.noncentrality(at: d / unit, upper: 1 - tail) * unit
    )
  }

  private func standardError(at value: Double) -> Double {
    (meanVariance + value * value / (2 * degrees)).squareRoot()
  }
}
