/// The profiled deviance of a random-intercept model as a function of λ = τ² / σ² alone.
///
/// With w_n = 1 / (1 + nλ) for persons with n rows, X'V⁻¹X σ² is W + Σ w_n S_n, W the products within
/// persons and S_n those of the means of persons with n rows, times n. So a value of λ costs k² per
/// distinct number of rows, however many rows there are; and its derivatives are sums of the same
/// kind, since dw/dλ = −n w² and d²w/dλ² = 2n² w³. Bates and others (2015) profile the same deviance
/// for any random effects.
struct MixedSums: Sendable {
  /// The number of columns, the outcome last.
  let width: Int
  /// The distinct numbers of rows, and the persons with so many.
  let sizes, persons: [Double]
  /// W, as a lower triangle row by row.
  let within: [Double]
  /// S_n, one lower triangle after another.
  let between: [Double]

  /// The rows of all persons.
  var rows: Double { zip(sizes, persons).reduce(0) { $0 + $1.0 * $1.1 } }

  /// Which deviance is minimised.
  enum Likelihood: Sendable {
    /// Of the residuals' contrasts: variances lose no degrees of freedom to the coefficients.
    case restricted
    /// Of the outcome.
    case full
  }

  /// The lower triangle of W · share + Σ S_n · weight(n).
  func combined(within share: Double, _ weight: (Double) -> Double) -> [Double] {
    var result = within.map { share * $0 }
    for (place, size) in sizes.enumerated() where persons[place] > 0 {
      let factor = weight(size)
      let from = place * result.count
      for element in result.indices { result[element] += factor * between[from + element] }
    }
    return result
  }

  /// The deviance at one λ without its constants, or `nil` where the columns cannot be told apart.
  func profile(_ ratio: Double, _ likelihood: Likelihood) -> MixedProfile? {
    MixedProfile(self, ratio, likelihood)
  }
}
