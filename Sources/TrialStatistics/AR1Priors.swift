/// What is believed before the data about the effect and about the autocorrelation.
public struct AR1Priors: Hashable, Sendable {
  /// The prior of the effect, around 0.
  public enum Effect: Hashable, Sendable {
    /// The same everywhere; it has no Bayes factor.
    case flat
    /// Normal with the given standard deviation, in the outcome's unit.
    case normal(sd: Double)
    /// Student's t with the given degrees of freedom, times `scale` in the outcome's unit.
    case student(degrees: Double, scale: Double)

    /// Cauchy's distribution: Student's with one degree of freedom.
    public static func cauchy(scale: Double) -> Effect { .student(degrees: 1, scale: scale) }
  }

  /// The prior density of the autocorrelation φ on (−1, 1).
  public enum Autocorrelation: String, Hashable, Sendable, CaseIterable {
    /// The same everywhere, ½.
    case uniform
    /// 1 / (π √(1 − φ²)), the reference prior [Berger and Yang 1994].
    case reference
  }

  /// The prior of the effect.
  public var effect: Effect
  /// The prior of the autocorrelation.
  public var autocorrelation: Autocorrelation

  /// Flat and uniform where nothing is said.
  public init(effect: Effect = .flat, autocorrelation: Autocorrelation = .uniform) {
    self.effect = effect
    self.autocorrelation = autocorrelation
  }
}
