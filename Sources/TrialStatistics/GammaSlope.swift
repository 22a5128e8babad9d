import RealModule

/// The density of a gamma variable with rate 1, times its point: xᵃ e⁻ˣ / Γ(a).
///
/// That is the slope of its probability over the logarithm of the point. What does not depend on the
/// point is worked out once.
struct GammaSlope {
  private let shape: Double
  private let logConstant: Double

  /// - Parameter shape: a, more than 0.
  init(_ shape: Double) {
    self.shape = shape
    logConstant = 0.5 * Double.log(shape / (2 * Double.pi)) - StirlingTerms.error(shape)
  }

  /// The logarithm of the slope at x, more than 0.
  ///
  /// - Parameter logarithm: ln x, which may be known where `x` is too small to be held.
  func logarithm(at x: Double, logarithm: Double) -> Double {
    logConstant
      - StirlingTerms.deviance(shape, x, difference: shape - x, logarithm: logarithm)
  }

  /// The logarithm of the slope at x, more than 0.
  func logarithm(at x: Double) -> Double { logarithm(at: x, logarithm: Double.log(x)) }
}
