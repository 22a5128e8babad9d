import RealModule

/// A linear mixed model with one random intercept for each person: y = Xβ + b + ε, the b of persons
/// normal with variance τ², the ε of rows with variance σ².
///
/// Coefficients and variances are those of the (restricted) likelihood, found over λ = τ² / σ² alone
/// from exact derivatives; a variance of 0 is a result, not an error. Rows of persons with one row
/// take part. Source: Laird and Ware 1982; Patterson and Thompson 1971 for the restricted likelihood.
public struct RandomInterceptModel: Sendable {
  /// How the variances are estimated.
  public enum Method: String, Hashable, Sendable, CaseIterable {
    /// By the restricted likelihood (REML).
    case restricted
    /// By the full likelihood (ML): variances are biased downwards.
    case full
    /// Without a random intercept: ordinary least squares, for data with one row per person.
    case ordinary
  }

  /// The columns, and what was counted.
  public let design: MixedDesign
  /// How the variances were estimated.
  public let method: Method
  /// The variance between persons, τ²; 0 with least squares.
  public let personVariance: Double
  /// The variance of rows of one person, σ².
  public let residualVariance: Double
  /// −2 ln of the (restricted) likelihood, with all constants.
  public let deviance: Double
  /// One coefficient per column, the intercept first.
  public let coefficients: [Double]

  /// The sums at the estimate, and what is known there.
  let sums: MixedSums
  let profile: MixedProfile

  /// Fits the model.
  ///
  /// - Throws: `MixedModelError.everyPersonOnce`, `.personsExplained`, `.noVariationWithin` where the
  ///   two variances cannot be told apart; least squares throw none of them.
  public init(_ design: MixedDesign, method: Method = .restricted) throws(MixedModelError) {
    let sums = design.sums.total()
    let likelihood: MixedSums.Likelihood = method == .full ? .full : .restricted
    if method == .ordinary {
      guard let profile = sums.profile(0, .restricted) else { throw .noVariation }
      self.init(design, method, sums, profile)
      return
    }
    guard design.single < design.persons else { throw .everyPersonOnce(persons: design.persons) }
    let search = VarianceSearch(sums: sums, likelihood: likelihood)
    let found = Result { () throws(VarianceSearch.Failure) in try search.deepest() }
    switch found {
    case .success(let profile): self.init(design, method, sums, profile)
    case .failure(.unbounded): throw .noVariationWithin
    case .failure(.flat), .failure(.singular): throw .personsExplained
    }
  }

  private init(
    _ design: MixedDesign, _ method: Method, _ sums: MixedSums, _ profile: MixedProfile
  ) {
    self.design = design
    self.method = method
    self.sums = sums
    self.profile = profile
    let square = design.scale * design.scale
    residualVariance = profile.variance * square
    personVariance = profile.ratio * profile.variance * square
    coefficients = design.coefficients(profile.coefficients)
    // The determinant of X'V⁻¹X is that of A times the square of R's, over powers of σ².
    var constants = profile.freedom * (1 + Double.log(2 * .pi * square / profile.freedom))
    if method != .full {
      for column in design.names.indices {
        constants += 2 * Double.log(design.triangle[column, column].magnitude)
      }
    }
    deviance = profile.deviance + constants
  }

  /// Whether the variance between persons is 0: persons do not differ more than rows do.
  public var isAtBoundary: Bool { method != .ordinary && profile.ratio == 0 }

  /// The share of the variance that is between persons: the correlation of two rows of one person.
  public var intraclassCorrelation: Double { profile.ratio / (1 + profile.ratio) }

  /// The weights of a single coefficient, as a contrast.
  public func weights(of name: String) -> [Double] {
    design.names.map { $0 == name ? 1 : 0 }
  }
}

extension MixedDesign {
  /// The coefficients of the columns, from those in Q of what least squares leave, in units of its
  /// length.
  func coefficients(_ inner: [Double]) -> [Double] {
    var values = zip(fitted, inner).map { $0 + scale * $1 }
    triangle.divideTransposed(&values)
    return values
  }
}
